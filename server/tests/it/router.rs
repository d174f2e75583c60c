//! Who is asked: order, fallback, restarts, resting, health, and the history of calls.

use std::sync::Arc;
use std::time::Duration;

use cumulet_server::llm::Timeouts;
use cumulet_server::state::Parts;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    FILE, HandClock, Reply, Sse, TestApp, Upstream, hanging, nobody, ollama_lines, openai_events,
    read_events,
};

const HEALTH: &str = "/api/settings/models/health";

async fn ollama(chat: Vec<Reply>) -> Upstream {
    let show = json!({ "model_info": { "qwen3.context_length": 40_960 } });
    let mut routes = vec![("/api/show", Reply::json("200 OK", &show))];
    routes.extend(chat.into_iter().map(|reply| ("/api/chat", reply)));
    Upstream::ollama(routes).await
}

async fn openai(chat: Reply) -> Upstream {
    Upstream::openai(vec![("/v1/chat/completions", chat)]).await
}

fn good_lines() -> Reply {
    Reply::ndjson().pieces(&ollama_lines("stop"), 64)
}

fn good_events() -> Reply {
    Reply::sse().pieces(&openai_events(), 64)
}

fn failing() -> Reply {
    Reply::json(
        "500 Internal Server Error",
        &json!({ "error": "no memory" }),
    )
}

async fn ask(app: &TestApp, body: Value) -> Vec<Sse> {
    let answer = app.post("/api/generate", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    read_events(&answer.body)
}

async fn clock(app: &TestApp) -> Vec<Sse> {
    ask(app, json!({ "prompt": "a clock" })).await
}

fn named<'a>(events: &'a [Sse], name: &str) -> Vec<&'a Value> {
    let named = events.iter().filter(|event| event.name == name);
    named.map(|event| &event.data).collect()
}

/// Names of the providers that were asked, in turn.
fn started(events: &[Sse]) -> Vec<&str> {
    let starts = named(events, "start");
    let names = starts.iter().map(|start| start["provider"].as_str());
    names.map(Option::unwrap).collect()
}

#[track_caller]
fn assert_file(events: &[Sse]) {
    let last = &events.last().unwrap().data;
    assert_eq!(last["files"], json!(["src/App.tsx"]), "{last}");
    let file = named(events, "file").pop().unwrap();
    assert_eq!(file["content"], FILE);
}

fn short() -> Timeouts {
    Timeouts {
        first_token: Duration::from_millis(200),
        between_tokens: Duration::from_millis(200),
        ..Timeouts::default()
    }
}

async fn calls(app: &TestApp) -> Vec<Value> {
    let health = app.get(HEALTH).await.json();
    health["calls"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_start_says_who_is_asked() {
    let upstream = ollama(vec![good_lines()]).await;
    let app = TestApp::with_upstream(&upstream).await;
    let events = clock(&app).await;
    let start = &events[0].data;
    assert_eq!(
        (&start["provider"], &start["model"], &start["cached"]),
        (&json!("Ollama"), &json!("coder:30b"), &json!(false))
    );
    let num_ctx = &upstream.received("/api/chat")[0].body["options"]["num_ctx"];
    assert_eq!(&start["contextTokens"], num_ctx);
    assert!(start["promptTokens"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn before_the_first_token_the_next_one_is_asked() {
    let slow = Reply::json("429 Too Many Requests", &json!({ "error": "slow" }));
    for (reply, words) in [
        (Reply::nothing(), "Ollama failed"),
        (failing(), "Ollama failed"),
        (slow, "Ollama wants fewer requests"),
        (Reply::ndjson().hang(), "Ollama doesn't answer"),
        (
            Reply::json("404 Not Found", &json!({ "error": "model not found" })),
            "Ollama doesn't have coder:30b",
        ),
        (
            Reply::json(
                "400 Bad Request",
                &json!({ "error": "maximum context is 9" }),
            ),
            "The request is too long for coder:30b",
        ),
    ] {
        let first = ollama(vec![reply]).await;
        // Without a known context it counts as one that is not longer.
        let models = json!({ "data": [{ "id": "coder", "context_length": 60_000 }] });
        let second = Upstream::openai(vec![
            ("/v1/models", Reply::json("200 OK", &models)),
            ("/v1/chat/completions", good_events()),
        ])
        .await;
        let app = TestApp::with_upstreams(&[&first, &second], |parts| {
            parts.config.timeouts = short();
        })
        .await;
        let events = clock(&app).await;
        assert_file(&events);
        assert_eq!(started(&events), ["Ollama", "OpenAI"]);
        let said = format!("{words}; asking OpenAI (coder)");
        assert!(
            named(&events, "status")
                .iter()
                .any(|status| status["message"] == said.as_str()),
            "{said}: {events:?}"
        );
        assert!(named(&events, "restart").is_empty());
        let calls = calls(&app).await;
        let outcomes: Vec<_> = calls.iter().map(|call| &call["outcome"]).collect();
        assert_eq!(outcomes, ["done", "failed"]);
        assert_eq!(
            (&calls[0]["promptTokens"], &calls[0]["completionTokens"]),
            (&json!(900), &json!(42))
        );
        assert!(calls[1]["reason"].is_string() && calls[1]["firstTokenMs"].is_null());
    }
}

#[tokio::test]
async fn who_is_not_there_is_never_said_to_be_asked() {
    let second = openai(good_events()).await;
    let first = nobody().await;
    let app = TestApp::with_upstreams(&[&second], |parts| {
        let mut ollama = parts.config.models.providers[0].clone();
        ollama.id = "near".to_owned();
        ollama.name = "Near".to_owned();
        ollama.config.base_url = first;
        ollama.config.kind = protocol::provider::ProviderKind::Ollama;
        parts.config.models.providers.insert(0, ollama);
    })
    .await;
    let events = clock(&app).await;
    assert_file(&events);
    assert_eq!(started(&events), ["OpenAI"]);
    assert_eq!(
        events[0].data["message"],
        "Near doesn't answer; asking OpenAI (coder)"
    );
}

#[tokio::test]
async fn a_request_too_long_goes_to_a_longer_context_alone() {
    let small = json!({ "model_info": { "tiny.context_length": 600 } });
    let first = Upstream::ollama(vec![("/api/show", Reply::json("200 OK", &small))]).await;
    let models = json!({ "data": [{ "id": "coder", "context_length": 500 }] });
    let second = Upstream::openai(vec![
        ("/v1/models", Reply::json("200 OK", &models)),
        ("/v1/chat/completions", good_events()),
    ])
    .await;
    let app = TestApp::with_upstreams(&[&first, &second], |_| {}).await;
    let events = clock(&app).await;
    let error = &events.last().unwrap().data["error"];
    assert_eq!(error["code"], "context_too_large");
    assert!(error["message"].as_str().unwrap().contains("can take 600"));
    assert!(second.received("/v1/chat").is_empty());
}

#[tokio::test]
async fn after_the_first_token_the_next_one_begins_anew() {
    let lines = ollama_lines("stop");
    let half = &lines[..lines.len() / 2];
    for reply in [
        Reply::ndjson().chunk(half.as_bytes()).cut(),
        Reply::ndjson().chunk(half.as_bytes()),
        hanging(),
    ] {
        let first = ollama(vec![reply]).await;
        let second = openai(good_events()).await;
        let app = TestApp::with_upstreams(&[&first, &second], |parts| {
            parts.config.timeouts = short();
        })
        .await;
        let events = clock(&app).await;
        let at = events.iter().position(|event| event.name == "restart");
        let (before, after) = events.split_at(at.unwrap());
        assert!(!named(before, "chunk").is_empty());
        assert_eq!(
            after[0].data["message"],
            "Ollama stopped in the middle; OpenAI (coder) begins anew"
        );
        assert_eq!(after[1].name, "start");
        assert_file(after);
    }
}

#[tokio::test]
async fn a_restart_that_never_begins_leaves_what_there_is() {
    let lines = ollama_lines("stop");
    let cut = Reply::ndjson()
        .chunk(&lines.as_bytes()[..lines.len() / 2])
        .cut();
    let first = ollama(vec![cut]).await;
    let second = openai(failing()).await;
    let app = TestApp::with_upstreams(&[&first, &second], |_| {}).await;
    let events = clock(&app).await;
    assert!(named(&events, "restart").is_empty());
    assert_eq!(started(&events), ["Ollama"]);
    assert_eq!(events.last().unwrap().name, "error");
}

#[tokio::test]
async fn without_fallback_nobody_else_is_asked() {
    let first = ollama(vec![failing()]).await;
    let second = openai(good_events()).await;
    let app = TestApp::with_upstreams(&[&first, &second], |parts| {
        parts.config.models.fallback = false;
    })
    .await;
    let events = clock(&app).await;
    assert_eq!(
        events.last().unwrap().data["error"]["code"],
        "provider_failed"
    );
    assert!(second.received("/v1/").is_empty());
}

#[tokio::test]
async fn a_request_chooses_its_provider_and_model() {
    let first = ollama(vec![good_lines()]).await;
    let second = openai(good_events()).await;
    let app = TestApp::with_upstreams(&[&first, &second], |_| {}).await;
    let body = json!({ "prompt": "a clock", "provider": "openai", "model": "other" });
    assert_eq!(started(&ask(&app, body).await), ["OpenAI"]);
    assert_eq!(
        second.received("/v1/chat/completions")[0].body["model"],
        "other"
    );
    let body = json!({ "prompt": "a clock", "model": "small:1b" });
    assert_eq!(started(&ask(&app, body).await), ["Ollama"]);
    assert_eq!(first.received("/api/chat")[0].body["model"], "small:1b");
    app.put(
        "/api/settings/models",
        &json!({ "preferred": "openai", "fallback": true }),
    )
    .await;
    assert_eq!(started(&clock(&app).await), ["OpenAI"]);

    let off = json!({
        "name": "OpenAI", "kind": "openai", "baseUrl": second.url(), "model": "m", "enabled": false,
    });
    app.put("/api/settings/models/openai", &off).await;
    let fresh = json!({ "prompt": "a clock", "fresh": true });
    assert_eq!(started(&ask(&app, fresh).await), ["Ollama"]);
    let body = json!({ "prompt": "a clock", "provider": "openai" });
    let refused = app.post("/api/generate", &body).await;
    assert!(refused.failure(422, "invalid_input").contains("off"));
}

#[tokio::test]
async fn a_chosen_provider_is_left_before_its_first_token_alone() {
    let body = || json!({ "prompt": "a clock", "provider": "ollama" });
    let lines = ollama_lines("stop");
    let cut = Reply::ndjson()
        .chunk(&lines.as_bytes()[..lines.len() / 2])
        .cut();
    let first = ollama(vec![failing(), cut]).await;
    let second = openai(good_events()).await;
    let app = TestApp::with_upstreams(&[&first, &second], |_| {}).await;
    assert_eq!(started(&ask(&app, body()).await), ["Ollama", "OpenAI"]);
    let events = ask(&app, body()).await;
    assert_eq!(started(&events), ["Ollama"]);
    assert_eq!(
        events.last().unwrap().data["error"]["code"],
        "provider_interrupted"
    );
}

fn circuit(health: &Value) -> &str {
    health["providers"][0]["circuit"].as_str().unwrap()
}

#[tokio::test]
async fn a_provider_that_keeps_failing_rests_and_is_tried_again() {
    let chat = vec![failing(), failing(), failing(), failing(), good_lines()];
    let upstream = ollama(chat).await;
    let time = HandClock::new();
    let app = TestApp::with_upstreams(&[&upstream], |parts: &mut Parts| {
        parts.clock = Arc::new(time.clone());
    })
    .await;
    let asked = || upstream.received("/api/chat").len();
    let error = async || clock(&app).await.pop().unwrap().data["error"].clone();
    for _ in 0..3 {
        assert_eq!(error().await["code"], "provider_failed");
    }
    assert_eq!(circuit(&app.get(HEALTH).await.json()), "open");
    let resting = error().await;
    assert_eq!(resting["retryAfterS"], 30);
    let message = resting["message"].as_str().unwrap();
    assert!(message.contains("several times") && message.contains("no memory"));
    assert_eq!(asked(), 3, "it isn't asked while it rests");

    time.advance(Duration::from_secs(30));
    assert_eq!(circuit(&app.get(HEALTH).await.json()), "half_open");
    error().await;
    assert_eq!(asked(), 4);
    assert_eq!(error().await["retryAfterS"], 60, "twice as long");
    time.advance(Duration::from_mins(1));
    assert_file(&clock(&app).await);
    assert_eq!(circuit(&app.get(HEALTH).await.json()), "closed");
    assert_eq!(asked(), 5);
}

#[tokio::test]
async fn who_saves_a_provider_ends_its_rest() {
    let upstream = ollama(vec![failing(), failing(), failing(), good_lines()]).await;
    let app = TestApp::with_upstream(&upstream).await;
    for _ in 0..3 {
        clock(&app).await;
    }
    let body = json!({
        "name": "Ollama", "kind": "ollama", "baseUrl": upstream.url(), "model": "coder:30b", "enabled": true,
    });
    app.put("/api/settings/models/ollama", &body).await;
    assert_file(&clock(&app).await);
}

#[tokio::test]
async fn health_is_looked_at_once_in_half_a_minute() {
    let tags = json!({ "models": [{ "name": "coder:30b" }] });
    let upstream = Upstream::ollama(vec![
        ("/api/tags", Reply::json("200 OK", &tags)),
        ("/api/tags", failing()),
    ])
    .await;
    let time = HandClock::new();
    let app = TestApp::with_upstreams(&[&upstream], |parts| {
        parts.clock = Arc::new(time.clone());
    })
    .await;
    let answers = join_all((0..5).map(|_| app.get(HEALTH))).await;
    for answer in answers {
        let provider = &answer.json()["providers"][0];
        assert_eq!(
            (&provider["id"], &provider["checkedMs"], &provider["error"]),
            (&json!("ollama"), &json!(1_000_000), &Value::Null)
        );
        assert!(provider["latencyMs"].is_number());
    }
    assert_eq!(upstream.received("/api/tags").len(), 1);
    time.advance(Duration::from_secs(30));
    let provider = app.get(HEALTH).await.json()["providers"][0].clone();
    assert_eq!(provider["error"]["code"], "provider_failed");
    assert_eq!(provider["latencyMs"], Value::Null);
    assert_eq!(upstream.received("/api/tags").len(), 2);
}

#[tokio::test]
async fn the_history_is_written_newest_first() {
    let upstream = ollama(vec![good_lines(), failing()]).await;
    let app = TestApp::with_upstream(&upstream).await;
    clock(&app).await;
    clock(&app).await;
    ask(&app, json!({ "prompt": "a clock", "fresh": true })).await;
    let calls = calls(&app).await;
    let outcomes: Vec<_> = calls.iter().map(|call| &call["outcome"]).collect();
    assert_eq!(outcomes, ["failed", "cached", "done"]);
    let done = &calls[2];
    assert_eq!(
        (&done["provider"], &done["model"]),
        (&json!("ollama"), &json!("coder:30b"))
    );
    assert!(done["firstTokenMs"].as_u64() <= done["durationMs"].as_u64());
}
