//! Who may talk to the server, and what a body must be.

use protocol::limits::MAX_BODY_BYTES;
use reqwest::Method;
use serde_json::json;

use crate::support::{STUDIO_POLICY, TestApp};

#[tokio::test]
async fn another_host_name_is_refused_even_for_reading() {
    let app = TestApp::start().await;
    let request = app
        .request(Method::GET, "/api/apps")
        .header("host", "evil.example");
    let answer = app.send(request).await;
    answer.failure(403, "forbidden_origin");
    // Refusals carry the policies too.
    assert_eq!(answer.header("content-security-policy"), STUDIO_POLICY);
}

#[tokio::test]
async fn another_site_can_change_nothing() {
    let app = TestApp::start().await;
    let client = reqwest::Client::builder().build().unwrap();
    let url = format!("http://{}/api/apps", app.address);
    for headers in [
        vec![],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("sec-fetch-site", "cross-site")],
    ] {
        let mut request = client.post(&url).json(&json!({ "name": "x" }));
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        app.send(request).await.failure(403, "forbidden_origin");
    }
    assert_eq!(app.get("/api/apps").await.json(), json!([]));
}

#[tokio::test]
async fn a_body_must_be_declared_as_json() {
    let app = TestApp::start().await;
    let request = app
        .request(Method::POST, "/api/apps")
        .header("content-type", "text/plain")
        .body(r#"{"name":"x"}"#);
    app.send(request).await.failure(415, "invalid_body");
}

#[tokio::test]
async fn a_body_that_can_not_be_read_says_where() {
    let app = TestApp::start().await;
    for (body, expected) in [
        (&b"{\"name\":"[..], "EOF"),
        (b"{\"name\":\"\xff\xfe\"}", "line 1"),
        (b"{\"name\":7}", "name"),
        (b"{\"name\":\"x\",\"nmae\":1}", "nmae"),
    ] {
        let request = app
            .request(Method::POST, "/api/apps")
            .header("content-type", "application/json")
            .body(body.to_vec());
        let answer = app.send(request).await;
        let status = if expected.starts_with("na") || expected == "nmae" {
            422
        } else {
            400
        };
        let message = answer.failure(status, "invalid_body");
        assert!(message.contains(expected), "{message}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let app = TestApp::start().await;
    let files = json!({ "a.txt": "x".repeat(MAX_BODY_BYTES) });
    let answer = app
        .post("/api/apps", &json!({ "name": "x", "files": files }))
        .await;
    assert!(answer.failure(413, "too_large").contains("12 MB"));
}

#[tokio::test]
async fn unknown_addresses_and_methods_have_the_same_envelope() {
    let app = TestApp::start().await;
    app.get("/api/nothing").await.failure(404, "not_found");
    app.delete("/api/apps").await.failure(405, "not_found");
    app.post("/index.html", &json!({}))
        .await
        .failure(405, "not_found");
}

#[tokio::test]
async fn health_answers() {
    let app = TestApp::start().await;
    let answer = app.get("/api/health").await;
    assert_eq!(
        answer.json(),
        json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") })
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-request-id"), "id-1");
}
