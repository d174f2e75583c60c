//! Reads the answer of `POST /api/generate`.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::TestApp;

/// Far beyond what anything takes: reaching it means hanging.
pub(crate) const HANGING: Duration = Duration::from_secs(20);

/// One Server-Sent Event.
#[derive(Debug, Clone)]
pub(crate) struct Sse {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) data: Value,
}

/// The events of a whole body; comments are skipped.
pub(crate) fn read_events(body: &str) -> Vec<Sse> {
    let field = |block: &str, name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(|value| value.trim().to_owned())
    };
    body.split("\n\n")
        .filter_map(|block| {
            Some(Sse {
                id: field(block, "id:")?,
                name: field(block, "event:")?,
                data: serde_json::from_str(&field(block, "data:")?).unwrap(),
            })
        })
        .collect()
}

/// Reads until the text contains this.
pub(crate) async fn read_until(response: &mut Response, text: &mut String, part: &str) {
    while !text.contains(part) {
        let chunk = timeout(HANGING, response.chunk())
            .await
            .expect("events come at once");
        text.push_str(std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap());
    }
}

/// Opens a stream whose model has begun and hangs, and reads until it has begun.
pub(crate) async fn open(app: &TestApp) -> (String, Response) {
    let request = app
        .request(Method::POST, "/api/generate")
        .json(&json!({ "prompt": "a clock" }));
    let mut response = request.send().await.unwrap();
    let mut text = String::new();
    read_until(&mut response, &mut text, "event: chunk").await;
    (text, response)
}
