//! Conversations.

use protocol::limits::MAX_MESSAGE_BYTES;
use serde_json::{Value, json};

use crate::support::TestApp;

fn message(id: &str, content: &str, created_ms: u64) -> Value {
    json!({
        "id": id, "role": "assistant", "content": content, "files": ["src/App.tsx"],
        "state": "stopped", "createdMs": created_ms,
    })
}

#[tokio::test]
async fn messages_are_kept_in_order_and_replaced_by_id() {
    let app = TestApp::start().await;
    let path = format!("{}/messages", app.create("a").await);
    for (id, content, created_ms) in [
        ("m-2", "second", 20),
        ("m-1", "first", 10),
        ("m-3", "also", 20),
    ] {
        let message = message(id, content, created_ms);
        let answer = app.put(&format!("{path}/{id}"), &message).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, message));
    }
    app.put(&format!("{path}/m-2"), &message("m-2", "changed", 20))
        .await;
    assert_eq!(
        app.get(&path).await.json(),
        json!([
            message("m-1", "first", 10),
            message("m-2", "changed", 20),
            message("m-3", "also", 20)
        ])
    );
}

#[tokio::test]
async fn wrong_messages_are_refused() {
    let app = TestApp::start().await;
    let path = format!("{}/messages", app.create("a").await);
    let long = "x".repeat(MAX_MESSAGE_BYTES + 1);
    app.put(&format!("{path}/m"), &message("m", &long, 1))
        .await
        .failure(413, "too_large");
    app.put(&format!("{path}/m"), &message("other", "x", 1))
        .await
        .failure(422, "invalid_input");
    app.put(&format!("{path}/M"), &message("M", "x", 1))
        .await
        .failure(422, "invalid_input");
    let mut bad = message("m", "x", 1);
    bad["files"] = json!(["../x"]);
    app.put(&format!("{path}/m"), &bad)
        .await
        .failure(422, "invalid_input");
    bad["role"] = json!("system");
    app.put(&format!("{path}/m"), &bad)
        .await
        .failure(422, "invalid_body");
    app.put("/api/apps/none/messages/m", &message("m", "x", 1))
        .await
        .failure(404, "not_found");
    assert_eq!(app.get(&path).await.json(), json!([]));
}
