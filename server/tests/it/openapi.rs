//! The API's document: its copy in `docs`, and whether the router keeps it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use reqwest::Method;
use serde_json::{Map, Value};

use crate::support::{Answer, KnownNames, TestApp};

const DOCUMENT: &str = "/api/openapi.json";
const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

struct Operation {
    method: Method,
    path: String,
    entry: Value,
}

impl Operation {
    /// Asks for it as the document says; `body` replaces the example.
    async fn send(&self, app: &TestApp) -> Answer {
        let mut request = app.request(self.method.clone(), &self.path);
        if let Some(example) = self.example() {
            request = request.json(example);
        }
        app.send(request).await
    }

    fn example(&self) -> Option<&Value> {
        self.entry
            .pointer("/requestBody/content/application~1json/example")
    }
}

fn paths(document: &Value) -> &Map<String, Value> {
    document["paths"].as_object().unwrap()
}

/// A real address: what stands in it is there, or may be made.
fn filled(path: &str) -> String {
    path.replace("{id}", "board")
        .replace("{message}", "first")
        .replace("{revision}", "1")
        .replace("{provider}", "ollama")
        .replace("{generation}", "id-none")
}

fn operations(document: &Value) -> Vec<Operation> {
    let each = paths(document).iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(|(method, entry)| Operation {
            method: method.to_uppercase().parse().unwrap(),
            path: filled(path),
            entry: entry.clone(),
        })
    });
    each.collect()
}

/// Run with `UPDATE_DOCS=1` to write the file.
#[tokio::test]
async fn the_copy_is_up_to_date() {
    let answer = TestApp::start().await.get(DOCUMENT).await;
    assert_eq!(answer.header("content-type"), "application/json");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, answer.body.clone() + "\n").unwrap();
    }
    let copy = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        serde_json::from_str::<Value>(&copy).ok() == Some(answer.json()),
        "docs/openapi.json is out of date: run the tests of cumulet-server with UPDATE_DOCS=1"
    );
}

#[tokio::test]
async fn the_router_answers_just_what_the_document_says() {
    // Without names, nothing is sent elsewhere.
    let app = TestApp::with_outside(&[], KnownNames(HashMap::new())).await;
    app.create("board").await;
    let document = app.get(DOCUMENT).await.json();
    for operation in operations(&document) {
        let answer = operation.send(&app).await;
        let status = answer.status.as_u16();
        let documented = &operation.entry["responses"][status.to_string()];
        let what = format!("{} {}: {answer:?}", operation.method, operation.path);
        assert!(documented.is_object(), "{what}");
        // Not the router's own "there is nothing at this address".
        assert!(!answer.body.contains("there is nothing at"), "{what}");
        if operation.path.ends_with("/api/apps/board") && operation.method == Method::DELETE {
            app.create("board").await;
        }
    }
    for (path, documented) in paths(&document) {
        for method in METHODS {
            let is_there = documented.get(method.as_str().to_lowercase()).is_some();
            if !is_there {
                let request = app.request(method.clone(), &filled(path));
                app.send(request).await.failure(405, "not_found");
            }
        }
    }
}

/// A route that is added elsewhere would be missing from the document.
#[test]
fn routes_come_from_one_place() {
    fn calls(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let found = entries.flat_map(|path| {
            if path.is_dir() {
                return calls(&path);
            }
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter(|line| line.contains(".route("));
            lines.map(|line| line.trim().to_owned()).collect()
        });
        found.collect()
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(
        calls(&source),
        ["router.route(route.path, route.answered_by)"]
    );
}

#[tokio::test]
async fn every_example_is_a_body_that_the_route_takes() {
    let app = TestApp::start().await;
    app.create("board").await;
    let document = app.get(DOCUMENT).await.json();
    let mut examples = 0;
    for operation in operations(&document) {
        let has_body = operation.entry.get("requestBody").is_some();
        assert_eq!(
            operation.example().is_some(),
            has_body,
            "{}",
            operation.path
        );
        // What goes elsewhere must not depend on what answers there.
        if has_body && !operation.path.ends_with("/test") && !operation.path.ends_with("/fetch") {
            let answer = operation.send(&app).await;
            let is_taken = answer.status.is_success()
                || ["provider_not_configured", "conflict"]
                    .contains(&answer.json()["code"].as_str().unwrap());
            assert!(
                is_taken,
                "{} {}: {answer:?}",
                operation.method, operation.path
            );
            examples += 1;
        }
    }
    assert!(examples > 8, "{examples}");
}

#[tokio::test]
async fn every_event_of_a_stream_is_described() {
    let document = TestApp::start().await.get(DOCUMENT).await.json();
    let schemas = &document["components"]["schemas"];
    let kinds = schemas["GenerateEvent"]["oneOf"].as_array().unwrap();
    let kinds: Vec<_> = kinds
        .iter()
        .map(|kind| kind["properties"]["type"]["const"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "start", "restart", "status", "chunk", "file", "usage", "complete", "error"
        ]
    );
}

#[tokio::test]
async fn an_address_that_is_no_text_names_nothing() {
    let app = TestApp::start().await;
    for path in ["/api/apps/%FF", "/api/generate/%C3%28"] {
        app.get(path).await.failure(404, "not_found");
    }
    app.put("/api/settings/models/%FF", &serde_json::json!({}))
        .await
        .failure(404, "not_found");
}
