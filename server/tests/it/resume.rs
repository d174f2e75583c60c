//! Generations outlive their readers: resuming, stopping, grace, holding back.

use std::time::Duration;

use cumulet_server::config::Keep;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::support::{
    Answer, HANGING, Reply, Sse, TestApp, Upstream, hanging, ollama_lines, open, read_events,
    read_until,
};

async fn ollama(chat: Reply) -> Upstream {
    Upstream::ollama(vec![("/api/chat", chat)]).await
}

/// A server that keeps generations for these times.
async fn keeping(upstream: &Upstream, unread: Duration, ended: Duration) -> TestApp {
    TestApp::with_upstreams(&[upstream], |parts| {
        parts.config.keep = Keep { unread, ended };
    })
    .await
}

fn id_of(response: &Response) -> String {
    response.headers()["x-generation-id"]
        .to_str()
        .unwrap()
        .to_owned()
}

async fn resume(app: &TestApp, id: &str, last: &str) -> Answer {
    let request = app.request(Method::GET, &format!("/api/generate/{id}"));
    app.send(request.header("last-event-id", last)).await
}

fn plain(events: &[Sse]) -> Vec<(&str, &Value)> {
    let plain = events.iter().map(|event| (event.id.as_str(), &event.data));
    plain.collect()
}

async fn outcome(app: &TestApp) -> Value {
    let health = app.get("/api/settings/models/health").await.json();
    health["calls"][0]["outcome"].clone()
}

#[tokio::test]
async fn every_event_is_a_place_to_go_on_from() {
    let upstream = ollama(Reply::ndjson().pieces(&ollama_lines("stop"), 50)).await;
    let app = TestApp::with_upstream(&upstream).await;
    let whole = app
        .post("/api/generate", &json!({ "prompt": "a clock" }))
        .await;
    let id = whole.header("x-generation-id");
    let events = read_events(&whole.body);
    assert_eq!(events[0].data["generation"], id);
    for last in 0..=events.len() {
        let rest = resume(&app, id, &last.to_string()).await;
        assert_eq!(rest.status, 200);
        assert_eq!(rest.header("content-type"), "text/event-stream");
        assert_eq!(plain(&read_events(&rest.body)), plain(&events[last..]));
    }
    let all = app.get(&format!("/api/generate/{id}")).await;
    assert_eq!(plain(&read_events(&all.body)), plain(&events));
    for bad in ["x", "-1", "1.5", &(events.len() + 1).to_string()] {
        resume(&app, id, bad).await.failure(400, "invalid_input");
    }
    resume(&app, "nothing", "0").await.failure(404, "not_found");
}

#[tokio::test]
async fn a_reader_that_drops_goes_on_with_what_it_lacks() {
    let lines = ollama_lines("stop");
    let at = lines.len() / 2;
    // The second half comes when somebody reads again.
    let upstream = ollama(
        Reply::ndjson()
            .chunk(&lines.as_bytes()[..at])
            .wait()
            .chunk(&lines.as_bytes()[at..]),
    )
    .await;
    let app = TestApp::with_upstream(&upstream).await;
    let (text, response) = open(&app).await;
    let id = id_of(&response);
    drop(response);
    let had = read_events(&text);
    let last = had.last().unwrap().id.clone();
    let request = app.request(Method::GET, &format!("/api/generate/{id}"));
    let mut response = request.header("last-event-id", &last).send().await.unwrap();
    upstream.go_on();
    let mut rest = String::new();
    read_until(&mut response, &mut rest, "event: complete").await;
    read_until(&mut response, &mut rest, "truncated").await;
    let mut events = had;
    events.extend(read_events(&format!("{rest}\n\n")));
    let ids: Vec<_> = events.iter().map(|event| event.id.clone()).collect();
    let expected: Vec<_> = (1..=events.len()).map(|id| id.to_string()).collect();
    assert_eq!(ids, expected, "none is missing and none comes twice");
    assert_eq!(events.last().unwrap().data["files"], json!(["src/App.tsx"]));
    assert_eq!(upstream.received("/api/chat").len(), 1);
}

#[tokio::test]
async fn stopping_lets_the_provider_go_at_once() {
    let upstream = ollama(hanging()).await;
    let app = keeping(&upstream, HANGING * 9, HANGING * 9).await;
    let (mut text, mut response) = open(&app).await;
    let route = format!("/api/generate/{}", id_of(&response));
    assert_eq!(app.delete(&route).await.status, 204);
    timeout(HANGING, upstream.client_gone())
        .await
        .expect("the model is stopped");
    read_until(&mut response, &mut text, "event: error").await;
    read_until(&mut response, &mut text, "requestId").await;
    let error = read_events(&format!("{text}\n\n")).pop().unwrap().data["error"].clone();
    assert_eq!(error["message"], "the generation was stopped");
    assert_eq!(app.delete(&route).await.status, 204, "once more");
    assert_eq!(app.delete("/api/generate/nothing").await.status, 204);
    assert_eq!(outcome(&app).await, "cancelled");
}

#[tokio::test]
async fn stopping_works_before_the_first_event() {
    let upstream = Upstream::ollama(vec![("/api/show", Reply::ndjson().hang())]).await;
    let app = keeping(&upstream, HANGING * 9, HANGING * 9).await;
    let request = app.request(Method::POST, "/api/generate");
    let request = request.json(&json!({ "prompt": "a clock" }));
    let mut response = request.send().await.unwrap();
    let route = format!("/api/generate/{}", id_of(&response));
    timeout(HANGING, async {
        while upstream.received("/api/show").is_empty() {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the provider is asked about its model");
    assert_eq!(app.delete(&route).await.status, 204);
    timeout(HANGING, upstream.client_gone())
        .await
        .expect("the provider is let go");
    let mut text = String::new();
    read_until(&mut response, &mut text, "requestId").await;
    let events = read_events(&format!("{text}\n\n"));
    assert_eq!(events.len(), 1, "{text}");
    assert_eq!(
        events[0].data["error"]["message"],
        "the generation was stopped"
    );
    assert_eq!(outcome(&app).await, "cancelled");
}

#[tokio::test]
async fn a_generation_that_nobody_reads_is_stopped_after_a_while() {
    let upstream = ollama(hanging()).await;
    let app = keeping(&upstream, Duration::from_millis(300), HANGING).await;
    let (_, response) = open(&app).await;
    let id = id_of(&response);
    drop(response);
    // Who comes back in time keeps it alive.
    let request = app.request(Method::GET, &format!("/api/generate/{id}"));
    let mut response = request.send().await.unwrap();
    read_until(&mut response, &mut String::new(), "event: chunk").await;
    assert!(
        timeout(Duration::from_millis(900), upstream.client_gone())
            .await
            .is_err(),
        "it lives as long as somebody reads"
    );
    drop(response);
    timeout(HANGING, upstream.client_gone())
        .await
        .expect("the model is stopped");
    let rest = app.get(&format!("/api/generate/{id}")).await;
    assert_eq!(read_events(&rest.body).pop().unwrap().name, "error");
    assert_eq!(outcome(&app).await, "cancelled");
}

#[tokio::test]
async fn what_has_ended_is_forgotten_after_a_while() {
    let upstream = ollama(Reply::ndjson().pieces(&ollama_lines("stop"), 50)).await;
    let app = keeping(&upstream, HANGING, Duration::from_millis(50)).await;
    let whole = app
        .post("/api/generate", &json!({ "prompt": "a clock" }))
        .await;
    let route = format!("/api/generate/{}", whole.header("x-generation-id"));
    timeout(HANGING, async {
        while app.get(&route).await.status == 200 {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("it is forgotten");
    app.get(&route).await.failure(404, "not_found");
}

#[tokio::test]
async fn a_reader_that_does_not_read_holds_the_model_back() {
    let line = json!({ "message": { "content": "word ".repeat(400) }, "done": false });
    let reply = Reply::ndjson()
        .chunk(format!("{line}\n").as_bytes())
        .flood();
    let upstream = ollama(reply).await;
    let app = TestApp::with_upstream(&upstream).await;
    let (mut text, mut response) = open(&app).await;
    let stalled = timeout(HANGING, async {
        let mut before = 0;
        loop {
            sleep(Duration::from_millis(500)).await;
            let now = upstream.flooded();
            if now > 0 && now == before {
                return now;
            }
            before = now;
        }
    })
    .await
    .expect("what the model writes is held back");
    timeout(HANGING, async {
        while upstream.flooded() == stalled {
            text.push_str(&String::from_utf8_lossy(
                &response.chunk().await.unwrap().unwrap(),
            ));
        }
    })
    .await
    .expect("it goes on when somebody reads");
    let route = format!("/api/generate/{}", id_of(&response));
    assert_eq!(app.delete(&route).await.status, 204);
    timeout(HANGING, upstream.client_gone())
        .await
        .expect("the model is stopped");
}
