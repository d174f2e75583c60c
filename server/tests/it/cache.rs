//! Answers that are given again.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{HandClock, Reply, Sse, TestApp, Upstream, ollama_lines, read_events};

async fn ask(app: &TestApp, body: &Value) -> Vec<Sse> {
    let answer = app.post("/api/generate", body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    read_events(&answer.body)
}

fn is_cached(events: &[Sse]) -> bool {
    events[0].data["cached"] == true
}

#[tokio::test]
async fn the_same_again_is_answered_from_before() {
    let chat = |reason| Reply::ndjson().pieces(&ollama_lines(reason), 64);
    let upstream = Upstream::ollama(vec![("/api/chat", chat("stop"))]).await;
    let time = HandClock::new();
    let app = TestApp::with_upstreams(&[&upstream], |parts| {
        parts.clock = Arc::new(time.clone());
    })
    .await;
    let asked = || upstream.received("/api/chat").len();
    let body = json!({ "prompt": "a clock" });
    let first = ask(&app, &body).await;
    let second = ask(&app, &body).await;
    assert!(!is_cached(&first) && is_cached(&second));
    assert_ne!(first[0].data["generation"], second[0].data["generation"]);
    let rest = |events: &[Sse]| {
        let rest = events[1..].iter().map(|event| event.data.clone());
        rest.collect::<Vec<_>>()
    };
    assert_eq!(rest(&first), rest(&second));
    assert_eq!(asked(), 1);

    for other in [
        json!({ "prompt": "a watch" }),
        json!({ "prompt": "a clock", "model": "other" }),
        json!({ "prompt": "a clock", "files": { "src/App.tsx": "" } }),
        json!({ "prompt": "a clock", "images": ["data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="] }),
        json!({ "prompt": "a clock", "fresh": true }),
    ] {
        assert!(!is_cached(&ask(&app, &other).await), "{other}");
    }
    assert_eq!(asked(), 6);
    assert!(is_cached(&ask(&app, &body).await));
    time.advance(Duration::from_hours(24));
    assert!(!is_cached(&ask(&app, &body).await), "it is a day old");
}

#[tokio::test]
async fn what_is_not_whole_is_asked_again() {
    let lines = ollama_lines("stop");
    for reply in [
        Reply::ndjson().pieces(&ollama_lines("length"), 64),
        Reply::ndjson().chunk(&lines.as_bytes()[..lines.len() / 2]),
    ] {
        let upstream = Upstream::ollama(vec![("/api/chat", reply)]).await;
        let app = TestApp::with_upstream(&upstream).await;
        let events = ask(&app, &json!({ "prompt": "a clock" })).await;
        assert!(!is_cached(&events));
        // An answer that is cut is asked to go on, too.
        let asked = upstream.received("/api/chat").len();
        let events = ask(&app, &json!({ "prompt": "a clock" })).await;
        assert!(!is_cached(&events));
        assert!(upstream.received("/api/chat").len() > asked);
    }
}

#[tokio::test]
async fn a_fresh_answer_replaces_the_one_from_before() {
    let other = ollama_lines("stop").replace("één", "two");
    let upstream = Upstream::ollama(vec![
        (
            "/api/chat",
            Reply::ndjson().pieces(&ollama_lines("stop"), 64),
        ),
        ("/api/chat", Reply::ndjson().pieces(&other, 64)),
    ])
    .await;
    let app = TestApp::with_upstream(&upstream).await;
    ask(&app, &json!({ "prompt": "a clock" })).await;
    let fresh = ask(&app, &json!({ "prompt": "a clock", "fresh": true })).await;
    let again = ask(&app, &json!({ "prompt": "a clock" })).await;
    assert!(is_cached(&again));
    assert_eq!(fresh.last().unwrap().data, again.last().unwrap().data);
    let files = |events: &[Sse]| {
        let files = events.iter().filter(|event| event.name == "file");
        files.map(|event| event.data.clone()).collect::<Vec<_>>()
    };
    assert_eq!(files(&fresh), files(&again));
}
