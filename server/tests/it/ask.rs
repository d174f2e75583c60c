//! `POST /api/ask`: small tasks, by the small model.

use serde_json::{Value, json};

use crate::support::{Answer, Reply, TestApp, Upstream, nobody};

const QUESTIONS: &str = "Q: Who is it for?\n- Only me\n- A team\n";

fn says(text: &str) -> Reply {
    let line = json!({ "message": { "role": "assistant", "content": text }, "done": false });
    let end = json!({
        "message": { "role": "assistant", "content": "" }, "done": true,
        "done_reason": "stop", "prompt_eval_count": 30, "eval_count": 12,
    });
    Reply::ndjson().pieces(&format!("{line}\n{end}\n"), 16)
}

fn failing() -> Reply {
    Reply::json(
        "500 Internal Server Error",
        &json!({ "error": "no memory" }),
    )
}

async fn app(upstream: &Upstream, further: &[(&'static str, String)]) -> TestApp {
    let mut variables = upstream.environment();
    variables.push(("OLLAMA_SMALL_MODEL", "little:4b".to_owned()));
    variables.extend(further.iter().cloned());
    TestApp::with_variables(&variables).await
}

async fn ask(app: &TestApp, body: Value) -> Answer {
    app.post("/api/ask", &body).await
}

#[tokio::test]
async fn the_small_model_answers_and_is_noted() {
    let upstream = Upstream::ollama(vec![("/api/chat", says(QUESTIONS))]).await;
    let app = app(&upstream, &[]).await;
    let answer = ask(&app, json!({ "task": "questions", "prompt": "a calendar" })).await;
    assert_eq!(
        answer.json(),
        json!({ "task": "questions", "questions": [
            { "question": "Who is it for?", "options": ["Only me", "A team"], "multiple": false },
        ] })
    );
    let asked = &upstream.received("/api/chat")[0].body;
    assert_eq!(asked["model"], "little:4b");
    let calls = app.get("/api/settings/models/health").await.json()["calls"].clone();
    assert_eq!(
        (
            &calls[0]["model"],
            &calls[0]["outcome"],
            &calls[0]["completionTokens"]
        ),
        (&json!("little:4b"), &json!("done"), &json!(12))
    );
}

#[tokio::test]
async fn the_next_provider_answers_when_one_fails() {
    let broken = Upstream::ollama(vec![("/api/chat", failing())]).await;
    let good = Upstream::ollama(vec![(
        "/api/chat",
        says("- Sort by name\n- Export as CSV\n"),
    )])
    .await;
    let app = app(&broken, &[]).await;
    let body = json!({
        "name": "Second", "kind": "ollama", "baseUrl": good.url(), "model": "m", "smallModel": "",
        "enabled": true,
    });
    app.put("/api/settings/models/second", &body).await;
    let request = json!({ "task": "suggestions", "prompt": "a list" });
    let answer = ask(&app, request.clone()).await;
    assert_eq!(
        answer.json()["suggestions"],
        json!(["Sort by name", "Export as CSV"])
    );
    assert_eq!(good.received("/api/chat")[0].body["model"], "m");

    app.put("/api/settings/models", &json!({ "fallback": false }))
        .await;
    let message = ask(&app, request).await.failure(502, "provider_failed");
    assert!(message.contains("no memory"), "{message}");
}

#[tokio::test]
async fn what_cannot_be_asked_or_read_is_said() {
    let upstream = Upstream::ollama(vec![("/api/chat", says("I can't help with that."))]).await;
    let app = app(&upstream, &[]).await;
    let unusable = ask(
        &app,
        json!({ "task": "proposals", "prompt": "a list", "count": 1 }),
    )
    .await;
    let message = unusable.failure(502, "provider_invalid_response");
    assert!(message.contains("little:4b"), "{message}");
    let wrong = ask(
        &app,
        json!({ "task": "proposals", "prompt": "a list", "count": 9 }),
    )
    .await;
    wrong.failure(422, "invalid_input");
    let unknown = ask(&app, json!({ "task": "poem", "prompt": "a list" })).await;
    unknown.failure(422, "invalid_body");
    let variables = [
        ("OLLAMA_API_URL", nobody().await),
        ("OLLAMA_MODEL", "m".to_owned()),
    ];
    let gone = TestApp::with_variables(&variables).await;
    let silent = ask(&gone, json!({ "task": "questions", "prompt": "x" })).await;
    silent.failure(502, "provider_unreachable");
}

#[tokio::test]
async fn small_tasks_have_a_limit_of_their_own() {
    let upstream = Upstream::ollama(vec![("/api/chat", says("NONE"))]).await;
    let app = app(&upstream, &[("GENERATIONS_PER_HOUR", "1".to_owned())]).await;
    for _ in 0..6 {
        let answer = ask(&app, json!({ "task": "questions", "prompt": "x" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let refused = ask(&app, json!({ "task": "questions", "prompt": "x" })).await;
    let message = refused.failure(429, "rate_limited");
    assert!(message.contains("6 small tasks"), "{message}");
    let quota = app.get("/api/settings/models").await.json()["quota"].clone();
    assert_eq!(quota, json!({ "perHour": 1, "used": 0 }));
}
