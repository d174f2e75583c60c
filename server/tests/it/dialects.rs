//! What each provider's API is asked for, and that Anthropic's answer is read;
//! `generate` has the answers of the other two.

use serde_json::{Value, json};

use crate::support::{
    ANSWER, Reply, TestApp, Upstream, assert_clock, check, generate, ollama, ollama_lines, openai,
    openai_events,
};

#[tokio::test]
async fn the_provider_is_asked_as_its_api_wants() {
    let upstream = ollama(Reply::ndjson().pieces(&ollama_lines("stop"), 64)).await;
    generate(&TestApp::with_upstream(&upstream).await).await;
    let body = &upstream.received("/api/chat")[0].body;
    assert_eq!(
        (&body["model"], &body["stream"]),
        (&json!("coder:30b"), &json!(true))
    );
    let num_ctx = body["options"]["num_ctx"].as_u64().unwrap();
    assert!((8_192..=40_960).contains(&num_ctx), "{num_ctx}");
    assert_eq!(body["messages"][0]["role"], "system");
    assert!(
        body["messages"][0]["content"]
            .as_str()
            .unwrap()
            .contains("react")
    );
    let last = body["messages"].as_array().unwrap().last().unwrap();
    assert!(last["content"].as_str().unwrap().contains("a clock"));

    let upstream = openai(Reply::sse().pieces(&openai_events(), 64)).await;
    generate(&TestApp::with_upstream(&upstream).await).await;
    let request = &upstream.received("/v1/chat/completions")[0];
    assert!(
        request.head.contains("authorization: Bearer sk-secret"),
        "{}",
        request.head
    );
    assert_eq!(
        request.body["stream_options"],
        json!({ "include_usage": true })
    );
}

#[tokio::test]
async fn anthropics_api_is_spoken_and_pictures_go_along() {
    let event = |name: &str, data: Value| format!("event: {name}\ndata: {data}\n\n");
    let text = |text: &str| {
        event(
            "content_block_delta",
            json!({ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": text } }),
        )
    };
    let (first, second) = ANSWER.split_at(ANSWER.find("```").unwrap());
    let stream = [
        event(
            "message_start",
            json!({ "type": "message_start", "message": { "usage": { "input_tokens": 900, "output_tokens": 1 } } }),
        ),
        text(first),
        text(second),
        event(
            "message_delta",
            json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn" }, "usage": { "output_tokens": 42 } }),
        ),
        event("message_stop", json!({ "type": "message_stop" })),
    ]
    .concat();
    let upstream = Upstream::openai(vec![("/v1/messages", Reply::sse().pieces(&stream, 7))]).await;
    let app = TestApp::start().await;
    let provider = json!({
        "name": "Claude", "kind": "anthropic", "baseUrl": upstream.url(), "model": "claude",
        "smallModel": "", "enabled": true, "apiKey": "sk-ant-secret",
    });
    let saved = app.put("/api/settings/models/anthropic", &provider).await;
    assert_eq!(saved.status, 200, "{saved:?}");
    let picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA";
    let answer = app
        .post(
            "/api/generate",
            &json!({ "prompt": "a clock", "images": [picture] }),
        )
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_clock(&check(&answer.body, answer.header("x-request-id")));
    let request = &upstream.received("/v1/messages")[0];
    assert!(
        request.head.contains("x-api-key: sk-ant-secret"),
        "{}",
        request.head
    );
    assert!(request.body["system"].as_str().unwrap().contains("react"));
    let last = request.body["messages"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .to_string();
    assert!(
        last.contains("iVBORw0KGgoAAAANSUhEUgAA") && last.contains("a clock"),
        "{last}"
    );
}
