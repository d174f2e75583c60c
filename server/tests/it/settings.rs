//! Settings of language models, and the test of a connection.

use cumulet_server::llm::Timeouts;
use cumulet_server::provider::Source;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Reply, TestApp, Upstream, nobody};

const MODELS: &str = "/api/settings/models";
const PROVIDER: &str = "/api/settings/models/mine";
const TEST: &str = "/api/settings/models/mine/test";

fn save(kind: &str, base_url: &str, api_key: Option<&str>) -> Value {
    let mut body = json!({
        "name": "Mine", "kind": kind, "baseUrl": base_url, "model": "m", "enabled": true,
    });
    if let Some(api_key) = api_key {
        body["apiKey"] = json!(api_key);
    }
    body
}

/// The provider of this id in an answer.
#[track_caller]
fn provider(settings: &Value, id: &str) -> Value {
    let providers = settings["providers"].as_array().unwrap();
    let found = providers.iter().find(|provider| provider["id"] == id);
    found.cloned().unwrap_or_default()
}

fn ids(settings: &Value) -> Vec<&str> {
    let providers = settings["providers"].as_array().unwrap();
    providers
        .iter()
        .map(|provider| provider["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn nothing_is_set_up_at_first() {
    let app = TestApp::start().await;
    assert_eq!(
        app.get(MODELS).await.json(),
        json!({ "providers": [], "fallback": true, "quota": { "perHour": 10, "used": 0 } })
    );
    let answer = app
        .post("/api/generate", &json!({ "prompt": "a clock" }))
        .await;
    answer.failure(422, "provider_not_configured");
    let health = app.get("/api/settings/models/health").await.json();
    assert_eq!(health, json!({ "providers": [], "calls": [] }));
}

/// An app whose Ollama nobody has set up, at this address.
async fn assumed(address: &str) -> TestApp {
    let address = address.to_owned();
    let variables = [("OLLAMA_SMALL_MODEL", "qwen3:4b")];
    TestApp::build(
        TempDir::new().unwrap(),
        &variables,
        Timeouts::default(),
        move |parts| {
            let ollama = &mut parts.config.models.providers[0];
            assert_eq!(ollama.source, Source::Assumed);
            ollama.config.base_url = address;
        },
    )
    .await
}

#[tokio::test]
async fn an_ollama_that_nobody_has_set_up_is_there_when_it_answers() {
    let app = assumed(&nobody().await).await;
    assert!(ids(&app.get(MODELS).await.json()).is_empty());
    let answer = app.post("/api/generate", &json!({ "prompt": "x" })).await;
    answer.failure(422, "provider_not_configured");

    let tags = Reply::json("200 OK", &json!({ "models": [{ "name": "qwen3:8b" }] }));
    let upstream = Upstream::ollama(vec![("/api/tags", tags)]).await;
    let app = assumed(upstream.url()).await;
    let settings = app.get(MODELS).await.json();
    assert_eq!(
        provider(&settings, "ollama"),
        json!({
            "id": "ollama", "name": "Ollama", "kind": "ollama", "baseUrl": upstream.url(),
            "model": "qwen3-coder:30b", "smallModel": "qwen3:4b", "enabled": true,
            "hasKey": false, "fromEnvironment": true,
        })
    );
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
        "id": "mine", "name": "Mine", "kind": "openai", "baseUrl": "https://a.example/v1",
        "model": "m", "smallModel": "", "enabled": true, "hasKey": true, "fromEnvironment": false,
    });
    assert_eq!(provider(&saved.json(), "mine"), expected);
    assert_eq!(provider(&app.get(MODELS).await.json(), "mine"), expected);
    assert!(!saved.body.contains("sk-1"));

    for (address, key, has_key) in [
        ("https://a.example/v2", None, true),
        ("https://b.example/v1", None, false),
        // Forgotten once the address has changed.
        ("https://a.example/v1", None, false),
        ("https://a.example/v1", Some("sk-2"), true),
        ("https://a.example/v1", Some(""), false),
    ] {
        let saved = app.put(PROVIDER, &save("openai", address, key)).await;
        assert_eq!(
            provider(&saved.json(), "mine")["hasKey"],
            has_key,
            "{address} {key:?}"
        );
    }
}

#[tokio::test]
async fn what_is_saved_counts_more_than_the_environment() {
    let environment = [
        ("OLLAMA_API_URL", "http://localhost:2"),
        ("OPENROUTER_API_KEY", "sk-env"),
        ("OPENROUTER_MODEL", "a/b"),
        ("LLM_PROVIDER", "openrouter"),
        ("LLM_FALLBACK_ENABLED", "false"),
        ("GENERATIONS_PER_HOUR", "3"),
    ];
    let app = TestApp::with(TempDir::new().unwrap(), &environment, Timeouts::default()).await;
    let settings = app.get(MODELS).await.json();
    assert_eq!(ids(&settings), ["ollama", "openrouter"]);
    assert_eq!(
        (
            &settings["preferred"],
            &settings["fallback"],
            &settings["quota"]["perHour"]
        ),
        (&json!("openrouter"), &json!(false), &json!(3))
    );

    let route = "/api/settings/models/openrouter";
    let mut body = save("openai", "https://openrouter.ai/api/v1", None);
    body["enabled"] = json!(false);
    let saved = app.put(route, &body).await.json();
    let openrouter = provider(&saved, "openrouter");
    assert_eq!(
        (&openrouter["hasKey"], &openrouter["fromEnvironment"]),
        (&json!(true), &json!(false)),
        "the environment's key goes along"
    );
    let near = save("openai", "http://localhost:9/v1", None);
    let settings = app.put(PROVIDER, &near).await.json();
    assert_eq!(ids(&settings), ["ollama", "mine", "openrouter"]);
    let chosen = app
        .put(MODELS, &json!({ "preferred": "mine", "fallback": true }))
        .await
        .json();
    assert_eq!(
        (&chosen["preferred"], &chosen["fallback"]),
        (&json!("mine"), &json!(true))
    );
    app.put(MODELS, &json!({ "preferred": "other", "fallback": true }))
        .await
        .failure(422, "invalid_input");

    app.shutdown.cancel();
    app.serving.await.unwrap().unwrap();
    let app = TestApp::with(app.folder, &environment, Timeouts::default()).await;
    assert_eq!(app.get(MODELS).await.json()["preferred"], "mine");
    let settings = app.delete(route).await.json();
    let openrouter = provider(&settings, "openrouter");
    assert_eq!(
        (&openrouter["model"], &openrouter["fromEnvironment"]),
        (&json!("a/b"), &json!(true)),
        "the environment's is back"
    );
    let settings = app.delete(PROVIDER).await.json();
    assert_eq!(settings["preferred"], Value::Null, "it is gone");
    app.delete(PROVIDER).await.failure(404, "not_found");
}

#[tokio::test]
async fn ids_and_names_that_are_none_are_refused() {
    let app = TestApp::start().await;
    let good = save("ollama", "localhost:1", None);
    for id in ["health", "Mine", "a%20b", &"x".repeat(41)] {
        let answer = app.put(&format!("{MODELS}/{id}"), &good).await;
        assert!([405, 422].contains(&answer.status.as_u16()), "{answer:?}");
    }
    for name in ["", " ", "two\nlines", &"x".repeat(81)] {
        let mut body = good.clone();
        body["name"] = json!(name);
        app.put(PROVIDER, &body).await.failure(422, "invalid_input");
    }
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
    assert_eq!(
        answer.json()["models"],
        json!([{ "name": "llama3:8b" }, { "name": "qwen3:8b" }])
    );

    let models = json!({ "data": [{ "id": "gpt" }] });
    let openai = Upstream::openai(vec![("/v1/models", Reply::json("200 OK", &models))]).await;
    let body = save("openai", &format!("{}/v1", openai.url()), Some("sk-1"));
    assert_eq!(
        app.post(TEST, &body).await.json()["models"],
        json!([{ "name": "gpt" }])
    );
    assert!(
        openai.received("/v1/models")[0]
            .head
            .contains("authorization: Bearer sk-1")
    );
    assert!(
        ids(&app.get(MODELS).await.json()).is_empty(),
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
    assert_eq!(answer.json()["retryAfterS"], 17);
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
    let answer = app.post(TEST, &save("ollama", &nobody().await, None)).await;
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
