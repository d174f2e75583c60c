//! `POST /api/generate`: both dialects, whole, cut, wrong, slow; shutting down.

use std::time::Duration;

use cumulet_server::llm::Timeouts;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::{
    ANSWER, HANGING, Reply, Sse, TestApp, Upstream, assert_clock, check, generate, hanging,
    last_error, ollama, ollama_lines, open, openai, openai_events,
};

/// A picture of one pixel.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB";

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
