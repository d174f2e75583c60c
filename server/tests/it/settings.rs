//! The provider's settings and the test of its connection.

use cumulet_server::llm::Timeouts;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::support::{Reply, TestApp, Upstream};

const PROVIDER: &str = "/api/settings/provider";
const TEST: &str = "/api/settings/provider/test";

fn save(kind: &str, base_url: &str, api_key: Option<&str>) -> Value {
    let mut body = json!({ "kind": kind, "baseUrl": base_url, "model": "m" });
    if let Some(api_key) = api_key {
        body["apiKey"] = json!(api_key);
    }
    body
}

#[tokio::test]
async fn nothing_is_set_up_at_first() {
    let app = TestApp::start().await;
    assert_eq!(app.get(PROVIDER).await.json(), Value::Null);
    let answer = app
        .post("/api/generate", &json!({ "prompt": "a clock" }))
        .await;
    answer.failure(422, "provider_not_configured");
}

#[tokio::test]
async fn a_key_stays_on_the_server_and_with_its_origin() {
    let app = TestApp::start().await;
    let saved = app
        .put(
            PROVIDER,
            &save("openai", "https://a.example/v1/", Some(" sk-1 ")),
        )
        .await;
    let expected = json!({
        "kind": "openai", "baseUrl": "https://a.example/v1", "model": "m", "hasKey": true,
    });
    assert_eq!(saved.json(), expected);
    assert_eq!(app.get(PROVIDER).await.json(), expected);

    let same = app
        .put(PROVIDER, &save("openai", "https://a.example/v2", None))
        .await
        .json();
    assert_eq!(same["hasKey"], true);
    let other = app
        .put(PROVIDER, &save("openai", "https://b.example/v1", None))
        .await
        .json();
    assert_eq!(other["hasKey"], false);
    let back = app
        .put(PROVIDER, &save("openai", "https://a.example/v1", None))
        .await
        .json();
    assert_eq!(
        back["hasKey"], false,
        "the key is forgotten once the address has changed"
    );
    app.put(
        PROVIDER,
        &save("openai", "https://a.example/v1", Some("sk-2")),
    )
    .await;
    let removed = app
        .put(PROVIDER, &save("openai", "https://a.example/v1", Some("")))
        .await
        .json();
    assert_eq!(removed["hasKey"], false);
}

#[tokio::test]
async fn settings_outlive_the_server() {
    let first = TestApp::start().await;
    first
        .put(PROVIDER, &save("ollama", "localhost:1", None))
        .await;
    first.shutdown.cancel();
    first.serving.await.unwrap().unwrap();
    let environment = [("OLLAMA_API_URL", "http://localhost:2")];
    let second = TestApp::with(first.folder, &environment, Timeouts::default()).await;
    assert_eq!(
        second.get(PROVIDER).await.json()["baseUrl"],
        "http://localhost:1"
    );
    let fresh = TestApp::with(TempDir::new().unwrap(), &environment, Timeouts::default()).await;
    assert_eq!(
        fresh.get(PROVIDER).await.json()["baseUrl"],
        "http://localhost:2"
    );
}

#[tokio::test]
async fn addresses_that_are_none_are_refused() {
    let app = TestApp::start().await;
    for address in ["", "ftp://x", "http://me:pw@x", "http://x/?a=b"] {
        app.put(PROVIDER, &save("ollama", address, None))
            .await
            .failure(422, "invalid_input");
    }
    app.put(PROVIDER, &save("openai", "http://x", Some("two\nlines")))
        .await
        .failure(422, "invalid_input");
}

#[tokio::test]
async fn a_good_connection_lists_the_models() {
    let app = TestApp::start().await;
    let tags = json!({ "models": [{ "name": "qwen3:8b" }, { "name": "llama3:8b" }] });
    let ollama = Upstream::ollama(vec![("/api/tags", Reply::json("200 OK", &tags))]).await;
    let answer = app.post(TEST, &save("ollama", ollama.url(), None)).await;
    assert_eq!(answer.json()["models"], json!(["llama3:8b", "qwen3:8b"]));

    let models = json!({ "data": [{ "id": "gpt" }] });
    let openai = Upstream::openai(vec![("/v1/models", Reply::json("200 OK", &models))]).await;
    let body = save("openai", &format!("{}/v1", openai.url()), Some("sk-1"));
    assert_eq!(app.post(TEST, &body).await.json()["models"], json!(["gpt"]));
    assert!(
        openai.received("/v1/models")[0]
            .head
            .contains("authorization: Bearer sk-1")
    );
    assert_eq!(
        app.get(PROVIDER).await.json(),
        Value::Null,
        "a test saves nothing"
    );
}

#[tokio::test]
async fn every_failure_names_cause_and_cure() {
    let app = TestApp::start().await;
    let html = || Reply::new("200 OK", "text/html").chunk(b"<html>router login</html>");
    let unlabelled = || Reply::new("200 OK", "text/plain").chunk(b"\n<!doctype html>");
    let error = |status, text| Reply::json(status, &json!({ "error": { "message": text } }));
    for (reply, code, message, help) in [
        (html(), "provider_invalid_response", "web page", "11434"),
        (
            unlabelled(),
            "provider_invalid_response",
            "web page",
            "11434",
        ),
        (
            Reply::nothing(),
            "provider_invalid_response",
            "closed the connection",
            "runs at",
        ),
        (
            Reply::new("200 OK", "application/json"),
            "provider_invalid_response",
            "nothing",
            "runs at",
        ),
        (
            Reply::ndjson().chunk(b"{]"),
            "provider_invalid_response",
            "not as the Ollama API",
            "11434",
        ),
        (
            Reply::ndjson().chunk(b"[]"),
            "provider_invalid_response",
            "not as the Ollama API",
            "11434",
        ),
        (
            Reply::ndjson().chunk(b"{\"models\":[]}"),
            "model_not_found",
            "no models",
            "ollama pull",
        ),
        (
            error("401 Unauthorized", "no"),
            "provider_unauthorized",
            "wants a key",
            "Enter",
        ),
        (
            error("500 Internal Server Error", "out of memory"),
            "provider_failed",
            "out of memory",
            "log",
        ),
        (
            Reply::new("404 Not Found", "text/plain"),
            "provider_invalid_response",
            "404",
            "11434",
        ),
        (
            Reply::new("302 Found", "text/plain").header("location: https://x.example/"),
            "provider_invalid_response",
            "another address",
            "final",
        ),
        (
            Reply::new("200 OK", "application/json")
                .chunk(b"{\"models\":")
                .cut(),
            "provider_interrupted",
            "broke off",
            "again",
        ),
    ] {
        let upstream = Upstream::ollama(vec![("/api/tags", reply)]).await;
        let answer = app.post(TEST, &save("ollama", upstream.url(), None)).await;
        let found = answer.failure(502, code);
        assert!(found.contains(message), "{found}");
        let found = answer.json()["help"].as_str().unwrap().to_owned();
        assert!(found.contains(help), "{found}");
    }
}

#[tokio::test]
async fn too_many_requests_say_how_long_to_wait() {
    let app = TestApp::start().await;
    let reply = Reply::json("429 Too Many Requests", &json!({ "error": "slow down" }))
        .header("retry-after: 17");
    let upstream = Upstream::openai(vec![("/models", reply)]).await;
    let answer = app.post(TEST, &save("openai", upstream.url(), None)).await;
    answer.failure(429, "rate_limited");
    assert_eq!(answer.header("retry-after"), "17");
    assert!(
        answer.json()["help"]
            .as_str()
            .unwrap()
            .contains("17 seconds")
    );
}

#[tokio::test]
async fn a_refused_key_is_never_repeated() {
    let app = TestApp::start().await;
    for status in ["401 Unauthorized", "400 Bad Request"] {
        let reply = Reply::json(status, &json!({ "error": { "message": "bad key sk-1" } }));
        let upstream = Upstream::openai(vec![("/models", reply)]).await;
        let answer = app
            .post(TEST, &save("openai", upstream.url(), Some("sk-1")))
            .await;
        assert_eq!(answer.status, 502);
        assert!(!answer.body.contains("sk-1"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_a_name_that_is_not() {
    let app = TestApp::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let free = listener.local_addr().unwrap();
    drop(listener);
    let answer = app
        .post(TEST, &save("ollama", &format!("http://{free}"), None))
        .await;
    assert!(
        answer
            .failure(502, "provider_unreachable")
            .contains("is not running")
    );
    assert!(
        answer.json()["help"]
            .as_str()
            .unwrap()
            .contains("`ollama serve`")
    );
    let answer = app
        .post(TEST, &save("ollama", "http://nowhere.invalid", None))
        .await;
    assert!(
        answer
            .failure(502, "provider_unreachable")
            .contains("host name")
    );
}
