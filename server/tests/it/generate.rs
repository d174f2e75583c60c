//! `POST /api/generate`: both dialects, whole, cut, wrong, slow; shutting down.

use std::time::Duration;

use cumulet_server::llm::Timeouts;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::{
    ANSWER, FILE, HANGING, Reply, Sse, TestApp, Upstream, hanging, ollama_lines, open,
    openai_events, read_events,
};

/// A picture of one pixel.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB";

async fn ollama(chat: Reply) -> Upstream {
    let show = json!({
        "model_info": { "qwen3.context_length": 40_960 }, "details": { "parameter_size": "30.5B" },
    });
    Upstream::ollama(vec![
        ("/api/show", Reply::json("200 OK", &show)),
        ("/api/chat", chat),
    ])
    .await
}

async fn openai(chat: Reply) -> Upstream {
    Upstream::openai(vec![("/v1/chat/completions", chat)]).await
}

/// Asks for a clock and gives the whole stream, checked for what always holds.
async fn generate(app: &TestApp) -> Vec<Sse> {
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

#[track_caller]
fn check(body: &str, request_id: &str) -> Vec<Sse> {
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

fn last_error(events: &[Sse]) -> (String, String) {
    let error = &events.last().unwrap().data["error"];
    (
        error["code"].as_str().unwrap_or_default().to_owned(),
        error["message"].to_string(),
    )
}

#[track_caller]
fn assert_clock(events: &[Sse]) {
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

#[tokio::test]
async fn both_dialects_give_the_same_however_the_bytes_are_split() {
    for size in [1, 3, 64, 100_000] {
        let upstream = ollama(Reply::ndjson().pieces(&ollama_lines("stop"), size)).await;
        assert_clock(&generate(&TestApp::with_upstream(&upstream).await).await);
        let upstream = openai(Reply::sse().pieces(&openai_events(), size)).await;
        assert_clock(&generate(&TestApp::with_upstream(&upstream).await).await);
    }
}

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
async fn a_stream_that_ends_in_the_middle_is_interrupted() {
    let (lines, events) = (ollama_lines("stop"), openai_events());
    let (half_lines, half_events) = (&lines[..lines.len() / 2], &events[..events.len() / 2]);
    // Between two pieces nothing looks broken: only the end is missing.
    let whole_lines = &half_lines[..=half_lines.rfind('\n').unwrap()];
    let whole_events = &half_events[..half_events.rfind("\r\n\r\n").unwrap() + 4];
    for upstream in [
        ollama(Reply::ndjson().chunk(half_lines.as_bytes()).cut()).await,
        ollama(Reply::ndjson().chunk(half_lines.as_bytes())).await,
        openai(Reply::sse().chunk(half_events.as_bytes()).cut()).await,
        openai(Reply::sse().chunk(half_events.as_bytes())).await,
        ollama(Reply::ndjson().chunk(whole_lines.as_bytes())).await,
        openai(Reply::sse().chunk(whole_events.as_bytes())).await,
    ] {
        let events = generate(&TestApp::with_upstream(&upstream).await).await;
        assert!(events.iter().any(|event| event.name == "chunk"));
        assert_eq!(
            last_error(&events).0,
            "provider_interrupted",
            "{:?}",
            events.last()
        );
        assert!(
            !events.iter().any(|event| event.data["complete"] == true),
            "half a file is no file"
        );
    }
}

#[tokio::test]
async fn what_is_no_answer_is_named() {
    let error = |status, text: &str| Reply::json(status, &json!({ "error": text }));
    let html = || Reply::new("200 OK", "text/html").chunk(b"<html></html>");
    for (reply, code, text) in [
        (
            error("500 Internal Server Error", "llama runner terminated"),
            "provider_failed",
            "llama runner terminated",
        ),
        (
            error("404 Not Found", "model 'coder:30b' not found"),
            "model_not_found",
            "coder:30b",
        ),
        (html(), "provider_invalid_response", "web page"),
        (
            Reply::nothing(),
            "provider_invalid_response",
            "closed the connection",
        ),
        (Reply::ndjson(), "provider_invalid_response", "nothing"),
        (
            Reply::ndjson().chunk(b"{]\n"),
            "provider_invalid_response",
            "not as the Ollama API",
        ),
        (
            Reply::ndjson().chunk(b"{\"a\":1}\n"),
            "provider_invalid_response",
            "not as the Ollama API",
        ),
        (
            Reply::ndjson().chunk(b"{\"error\":\"out of memory\"}\n"),
            "provider_failed",
            "out of memory",
        ),
        (
            Reply::ndjson().chunk(b"{\"message\":{},\"done\":true}\n"),
            "provider_invalid_response",
            "without writing",
        ),
    ] {
        let upstream = ollama(reply).await;
        let (found, message) =
            last_error(&generate(&TestApp::with_upstream(&upstream).await).await);
        assert_eq!(found, code, "{message}");
        assert!(message.contains(text), "{message}");
    }
    for (reply, code, text) in [
        (
            error("401 Unauthorized", "sk-secret is wrong"),
            "provider_unauthorized",
            "refused the key",
        ),
        (
            error("402 Payment Required", "none left"),
            "provider_failed",
            "credit",
        ),
        (
            error("429 Too Many Requests", "slow down").header("retry-after: 9"),
            "rate_limited",
            "slow down",
        ),
        (
            error("400 Bad Request", "coder is not a valid model ID"),
            "model_not_found",
            "coder",
        ),
        (
            error("400 Bad Request", "maximum context length is 4096 tokens"),
            "context_too_large",
            "4096",
        ),
        (html(), "provider_invalid_response", "web page"),
        (Reply::sse(), "provider_invalid_response", "nothing"),
        (
            Reply::sse().chunk(b"<!doctype html>\n"),
            "provider_invalid_response",
            "web page",
        ),
        (
            Reply::sse().chunk(b"data: {]\n\n"),
            "provider_invalid_response",
            "not as the",
        ),
        (
            Reply::sse().chunk(b"data: {\"error\":{\"message\":\"overloaded\"}}\n\n"),
            "provider_failed",
            "overloaded",
        ),
    ] {
        let upstream = openai(reply).await;
        let (found, message) =
            last_error(&generate(&TestApp::with_upstream(&upstream).await).await);
        assert_eq!(found, code, "{message}");
        assert!(
            message.contains(text) && !message.contains("sk-secret"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn other_good_endings_are_taken() {
    let truncated = |events: &[Sse]| events.last().unwrap().data["truncated"].clone();
    let upstream = ollama(Reply::ndjson().pieces(&ollama_lines("length"), 64)).await;
    assert_eq!(
        truncated(&generate(&TestApp::with_upstream(&upstream).await).await),
        true
    );
    // No `[DONE]`, and no empty line after the last event.
    let without_done = openai_events().replace("data: [DONE]\r\n\r\n", "");
    let upstream = openai(Reply::sse().chunk(without_done.trim_end().as_bytes())).await;
    assert_clock(&generate(&TestApp::with_upstream(&upstream).await).await);
    // A server that ignores `stream`.
    let whole = json!({
        "choices": [{ "message": { "role": "assistant", "content": ANSWER }, "finish_reason": "length" }],
    });
    let upstream = openai(Reply::json("200 OK", &whole)).await;
    let events = generate(&TestApp::with_upstream(&upstream).await).await;
    assert_eq!(
        (truncated(&events), &events.last().unwrap().data["files"]),
        (json!(true), &json!(["src/App.tsx"]))
    );
}

#[tokio::test]
async fn thoughts_are_no_answer() {
    let thought = json!({ "message": { "content": "", "thinking": "```tsx path=src/Wrong.tsx" }, "done": false });
    let lines = format!("{thought}\n{}", ollama_lines("stop"));
    let upstream = ollama(Reply::ndjson().pieces(&lines, 50)).await;
    let events = generate(&TestApp::with_upstream(&upstream).await).await;
    assert_clock(&events);
    assert!(
        events
            .iter()
            .any(|event| event.data["message"] == "coder:30b is thinking")
    );
}

#[tokio::test]
async fn silence_has_an_end() {
    let short = Timeouts {
        first_token: Duration::from_millis(200),
        between_tokens: Duration::from_millis(200),
        ..Timeouts::default()
    };
    let begun = ollama_lines("stop").lines().next().unwrap().to_owned() + "\n";
    for (reply, text) in [
        (Reply::ndjson().hang(), "has not begun to answer"),
        (
            Reply::ndjson().chunk(begun.as_bytes()).hang(),
            "went silent",
        ),
    ] {
        let upstream = ollama(reply).await;
        let app = TestApp::with_timeouts(&upstream, short).await;
        let (code, message) = last_error(&generate(&app).await);
        assert_eq!(code, "provider_interrupted");
        assert!(message.contains(text), "{message}");
        timeout(HANGING, upstream.client_gone())
            .await
            .expect("the provider is let go");
    }
}

#[tokio::test]
async fn shutting_down_ends_open_streams_with_a_word() {
    let upstream = ollama(hanging()).await;
    let app = TestApp::with_upstream(&upstream).await;
    let (mut text, response) = open(&app).await;
    let request_id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    app.shutdown.cancel();
    let mut rest = response.bytes_stream();
    while let Some(chunk) = timeout(HANGING, rest.next())
        .await
        .expect("the stream ends")
    {
        text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
    }
    assert_eq!(last_error(&check(&text, &request_id)).0, "shutting_down");
    timeout(HANGING, upstream.client_gone())
        .await
        .expect("the model is stopped");
    timeout(HANGING, app.serving)
        .await
        .expect("the server ends")
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn requests_beyond_a_limit_are_refused_before_the_stream() {
    let upstream = ollama(Reply::ndjson()).await;
    let app = TestApp::with_upstream(&upstream).await;
    for (body, status, code) in [
        (json!({ "prompt": " " }), 422, "invalid_input"),
        (json!({ "prompt": "x".repeat(40_000) }), 413, "too_large"),
        (
            json!({ "prompt": "x", "files": { "../x": "" } }),
            422,
            "invalid_input",
        ),
        (
            json!({ "prompt": "x", "files": { "a": "x".repeat(2_000_000) } }),
            413,
            "too_large",
        ),
        (
            json!({ "prompt": "x", "history": [{ "role": "user", "content": "x".repeat(300_000) }] }),
            413,
            "too_large",
        ),
        (json!({ "promt": "x" }), 422, "invalid_body"),
        (
            json!({ "prompt": "x", "context": ["x".repeat(300_000)] }),
            413,
            "too_large",
        ),
        (
            json!({ "prompt": "x", "images": vec![PIXEL; 5] }),
            413,
            "too_large",
        ),
        (
            json!({ "prompt": "x", "images": [format!("{PIXEL}{}", "A".repeat(1_500_000))] }),
            413,
            "too_large",
        ),
        (
            json!({ "prompt": "x", "images": [PIXEL, PIXEL.replace("png", "webp")] }),
            422,
            "invalid_input",
        ),
        (
            json!({ "prompt": "x", "images": ["https://a.example/x.png"] }),
            422,
            "invalid_input",
        ),
        (
            json!({ "prompt": "x", "images": [format!("{PIXEL}<")] }),
            422,
            "invalid_input",
        ),
        (
            json!({ "prompt": "x", "provider": "nobody" }),
            422,
            "invalid_input",
        ),
        (
            json!({ "prompt": "x", "provider": "x".repeat(9_000) }),
            422,
            "invalid_input",
        ),
        (
            json!({ "prompt": "x", "model": "x".repeat(9_000) }),
            422,
            "invalid_input",
        ),
    ] {
        app.post("/api/generate", &body).await.failure(status, code);
    }
    assert!(upstream.received("/api/").is_empty());
    let quota = app.get("/api/settings/models").await.json()["quota"].clone();
    assert_eq!(quota["used"], 0, "what is refused doesn't count");
}

#[tokio::test]
async fn pictures_of_all_four_types_are_taken() {
    let images = [
        PIXEL,
        "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQAB",
        "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP",
        "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAv",
    ];
    let upstream = ollama(Reply::ndjson().pieces(&ollama_lines("stop"), 64)).await;
    let app = TestApp::with_upstream(&upstream).await;
    let body = json!({ "prompt": "x", "images": images, "context": ["the picked button"] });
    assert_eq!(app.post("/api/generate", &body).await.status, 200);
}

#[tokio::test]
async fn a_model_with_too_little_context_is_named() {
    let show = json!({ "model_info": { "tiny.context_length": 600 } });
    let upstream = Upstream::ollama(vec![("/api/show", Reply::json("200 OK", &show))]).await;
    let app = TestApp::with_upstream(&upstream).await;
    let (code, message) = last_error(&generate(&app).await);
    assert_eq!(code, "context_too_large");
    assert!(message.contains("can take 600"), "{message}");
}

#[tokio::test]
async fn a_site_without_manifest_is_named() {
    let upstream = ollama(Reply::ndjson()).await;
    let app = TestApp::with_upstream(&upstream).await;
    std::fs::remove_file(app.folder.path().join("site/deps/manifest.json")).unwrap();
    let answer = app.post("/api/generate", &json!({ "prompt": "x" })).await;
    assert!(
        answer
            .failure(500, "internal")
            .contains("deps/manifest.json")
    );
    let body: Value = answer.json();
    assert!(body["help"].as_str().unwrap().contains("cargo xtask deps"));
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
