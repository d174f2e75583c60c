//! The API's document (`OpenAPI` 3.2, the first that describes events), made
//! from the routes themselves: what a handler takes and gives is read off its
//! types, their schemas come from `protocol`, and the statuses of failures from
//! where they are chosen.
//!
//! `docs/openapi.json` is a copy, which a test compares.

mod describe;
mod operation;
mod route;

use std::sync::LazyLock;

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use protocol::error::ApiError;
use protocol::generate::GenerateEvent;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

pub(crate) use self::describe::{Described, Input, Output};
pub(crate) use self::operation::Operation;
pub(crate) use self::route::{Route, delete, get, patch, post, put};
use super::routes;

/// Where schemas stand in the document.
const SCHEMAS: &str = "/components/schemas";

const ABOUT: &str = "\
The studio's own API. Fields of an answer that aren't required may be absent; \
new fields may come with any version.

**Who may ask.** The server answers under loopback names and those of `--allowed-host` \
alone. What changes something must come from the studio's own page: with `Origin` \
naming the same host as `Host`, or `Sec-Fetch-Site: same-origin`. Anything else is \
refused with 403 `forbidden_origin`.

**Failures.** Every failure has the body `ApiError`; its `code` is for programs, \
`message` and `help` are for people. `x-request-id` is the request's name in the \
server's log.

**Lengths** are counted in bytes of UTF-8 where a limit is one of bytes, so that a text \
of other than ASCII may hold fewer characters than `maxLength` says.";

/// The document, as text.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    // Strings, lists and maps with text keys always become JSON.
    serde_json::to_string_pretty(&document(routes::all())).unwrap_or_default()
});

/// `/api/openapi.json`.
pub(super) fn routes() -> Vec<Route> {
    vec![get("/api/openapi.json", serve).says("getDocument", "This document")]
}

async fn serve() -> Document {
    Document
}

/// The answer to who asks for the document.
struct Document;

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        let json = HeaderValue::from_static("application/json");
        ([(CONTENT_TYPE, json)], DOCUMENT.as_str()).into_response()
    }
}

impl Output for Document {
    fn describe(operation: &mut Operation, _: &mut SchemaGenerator) {
        operation.answers(200, &json!({ "type": "object" }));
    }
}

fn document(routes: Vec<Route>) -> Value {
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.definitions_path = SCHEMAS.into();
            settings.meta_schema = None;
        })
        .into_generator();
    // Named in descriptions and by failures, whichever routes there are.
    schemas.subschema_for::<ApiError>();
    schemas.subschema_for::<GenerateEvent>();
    let mut paths = Map::new();
    for route in routes {
        let (path, method) = (route.path, route.operation.method());
        let operation = route.describe(&mut schemas).finish();
        let methods = paths.entry(path).or_insert_with(|| json!({}));
        if let Some(methods) = methods.as_object_mut() {
            methods.insert(method.to_owned(), operation);
        }
    }
    let mut document = json!({
        "openapi": "3.2.0",
        "info": {
            "title": "Cumulet",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "servers": [{ "url": "/", "description": "Where the studio is" }],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "origin": {
                    "type": "apiKey", "in": "header", "name": "Origin",
                    "description": "Origin of the studio: `http://` or `https://` and what `Host` says.",
                },
                "fetchSite": {
                    "type": "apiKey", "in": "header", "name": "Sec-Fetch-Site",
                    "description": "`same-origin`, as browsers set it for the studio's page.",
                },
            },
            "headers": {
                "RequestId": {
                    "description": "Finds the request in the server's log.",
                    "required": true,
                    "schema": { "type": "string" },
                },
                "RetryAfter": {
                    "description": "Seconds after which the same request may succeed, where that is known.",
                    "schema": { "type": "integer", "minimum": 0 },
                },
            },
        },
    });
    without_links(&mut document);
    document
}

/// Takes rustdoc's brackets off the names in descriptions.
fn without_links(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    Value::String(text) if name == "description" => {
                        *text = text
                            .replace("[`crate::", "`")
                            .replace("[`", "`")
                            .replace("`]", "`");
                    }
                    _ => without_links(inner),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_links),
        _ => {}
    }
}
