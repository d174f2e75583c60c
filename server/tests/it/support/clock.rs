//! A request for a clock, a model that answers it, and what must come of it.

use serde_json::json;

use super::{FILE, Reply, Sse, TestApp, Upstream, read_events};

/// A model by Ollama's API that gives this answer.
pub(crate) async fn ollama(chat: Reply) -> Upstream {
    let show = json!({
        "model_info": { "qwen3.context_length": 40_960 }, "details": { "parameter_size": "30.5B" },
    });
    Upstream::ollama(vec![
        ("/api/show", Reply::json("200 OK", &show)),
        ("/api/chat", chat),
    ])
    .await
}

/// A model by the chat completions API that gives this answer.
pub(crate) async fn openai(chat: Reply) -> Upstream {
    Upstream::openai(vec![("/v1/chat/completions", chat)]).await
}

/// Asks for a clock and gives the whole stream, checked for what always holds.
pub(crate) async fn generate(app: &TestApp) -> Vec<Sse> {
    let answer = app
        .post("/api/generate", &json!({ "prompt": "a clock" }))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), "text/event-stream");
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(
        answer.header("content-security-policy"),
        "default-src 'self'; frame-src 'self'"
    );
    check(&answer.body, answer.header("x-request-id"))
}

/// The events of a stream, checked for what always holds.
#[track_caller]
pub(crate) fn check(body: &str, request_id: &str) -> Vec<Sse> {
    let events = read_events(body);
    for (index, event) in events.iter().enumerate() {
        assert_eq!(event.id, (index + 1).to_string());
        assert_eq!(event.data["type"], event.name.as_str());
    }
    let (last, before) = events.split_last().expect("at least one event");
    assert!(
        ["complete", "error"].contains(&last.name.as_str()),
        "{last:?}"
    );
    assert!(
        before
            .iter()
            .all(|event| event.name != "complete" && event.name != "error")
    );
    if last.name == "error" {
        assert_eq!(last.data["error"]["requestId"], request_id);
        assert!(last.data["error"]["help"].is_string(), "{last:?}");
    }
    events
}

/// Code and words of the failure that a stream ended with.
pub(crate) fn last_error(events: &[Sse]) -> (String, String) {
    let error = &events.last().unwrap().data["error"];
    (
        error["code"].as_str().unwrap_or_default().to_owned(),
        error["message"].to_string(),
    )
}

/// Whether a stream brought the clock of [`ANSWER`].
#[track_caller]
pub(crate) fn assert_clock(events: &[Sse]) {
    let named = |name: &str| {
        events
            .iter()
            .filter(|event| event.name == name)
            .map(|event| &event.data)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named("file"),
        [
            &json!({ "type": "file", "filename": "src/App.tsx", "content": "", "complete": false }),
            &json!({ "type": "file", "filename": "src/App.tsx", "content": FILE, "complete": true }),
        ]
    );
    let streamed: String = named("chunk")
        .iter()
        .filter(|chunk| chunk["filename"] == "src/App.tsx")
        .map(|chunk| chunk["content"].as_str().unwrap())
        .collect();
    assert_eq!(streamed, FILE);
    assert_eq!(
        named("usage").last(),
        Some(&&json!({ "type": "usage", "promptTokens": 900, "completionTokens": 42 }))
    );
    let complete = &events.last().unwrap().data;
    assert_eq!(
        (&complete["files"], &complete["notes"]),
        (&json!(["src/App.tsx"]), &json!([]))
    );
}
