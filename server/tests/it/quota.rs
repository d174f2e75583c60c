//! Generations of a sliding hour.

use std::sync::Arc;
use std::time::Duration;

use cumulet_server::llm::Timeouts;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, HandClock, Reply, TestApp, Upstream, nobody, ollama_lines};

async fn upstream() -> Upstream {
    let chat = Reply::ndjson().pieces(&ollama_lines("stop"), 64);
    Upstream::ollama(vec![("/api/chat", chat)]).await
}

async fn start(folder: TempDir, address: &str, per_hour: &str, time: &HandClock) -> TestApp {
    let variables = [
        ("OLLAMA_API_URL", address),
        ("OLLAMA_MODEL", "m"),
        ("GENERATIONS_PER_HOUR", per_hour),
    ];
    TestApp::build(folder, &variables, Timeouts::default(), |parts| {
        parts.clock = Arc::new(time.clone());
    })
    .await
}

async fn generate(app: &TestApp, prompt: &str) -> Answer {
    app.post("/api/generate", &json!({ "prompt": prompt }))
        .await
}

async fn quota(app: &TestApp) -> Value {
    app.get("/api/settings/models").await.json()["quota"].clone()
}

#[tokio::test]
async fn an_hour_has_so_many_and_a_restart_changes_nothing() {
    let upstream = upstream().await;
    let time = HandClock::new();
    let app = start(TempDir::new().unwrap(), upstream.url(), "2", &time).await;
    assert_eq!(quota(&app).await, json!({ "perHour": 2, "used": 0 }));
    assert_eq!(generate(&app, "one").await.status, 200);
    time.advance(Duration::from_mins(20));
    assert_eq!(generate(&app, "two").await.status, 200);
    time.advance(Duration::from_secs(30));

    let refused = generate(&app, "three").await;
    let message = refused.failure(429, "rate_limited");
    assert!(
        message.contains("2 generations") && message.contains("in 40 minutes"),
        "{message}"
    );
    assert_eq!(refused.header("retry-after"), "2370");
    assert_eq!(refused.json()["retryAfterS"], 2370);
    let expected = json!({ "perHour": 2, "used": 2, "nextMs": 1_000_000 + 3_600_000 });
    assert_eq!(quota(&app).await, expected);
    assert_eq!(
        generate(&app, "one").await.status,
        200,
        "what was answered before costs nothing"
    );

    app.shutdown.cancel();
    app.serving.await.unwrap().unwrap();
    let app = start(app.folder, upstream.url(), "2", &time).await;
    generate(&app, "three").await.failure(429, "rate_limited");
    time.advance(Duration::from_secs(2370));
    assert_eq!(generate(&app, "three").await.status, 200, "the hour slides");
    generate(&app, "four").await.failure(429, "rate_limited");
}

#[tokio::test]
async fn what_no_model_answers_is_given_back() {
    let time = HandClock::new();
    let app = start(TempDir::new().unwrap(), &nobody().await, "1", &time).await;
    for _ in 0..2 {
        assert_eq!(generate(&app, "one").await.status, 200);
        assert_eq!(quota(&app).await["used"], 0);
    }
}

#[tokio::test]
async fn no_limit_is_no_limit() {
    let upstream = upstream().await;
    let app = start(
        TempDir::new().unwrap(),
        upstream.url(),
        "0",
        &HandClock::new(),
    )
    .await;
    for number in 0..12 {
        assert_eq!(generate(&app, &number.to_string()).await.status, 200);
    }
    assert_eq!(quota(&app).await, json!({ "perHour": 0, "used": 12 }));
}
