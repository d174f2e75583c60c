//! What the document says of one method at one address.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use protocol::error::{ApiError, ErrorCode};
use protocol::schema::{Id, ProviderId};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// An operation.
pub(crate) struct Operation {
    method: &'static str,
    path: &'static str,
    pub(super) tag: &'static str,
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) description: &'static str,
    pub(super) example: Option<Value>,
    /// Operation, what stands in its address, and where the answer has that.
    pub(super) links: Vec<(&'static str, &'static str, &'static str)>,
    parameters: Vec<Value>,
    body: Option<Value>,
    success: Option<(u16, Value)>,
    failures: BTreeMap<u16, BTreeSet<String>>,
}

impl Operation {
    pub(super) fn new(method: &'static str, path: &'static str) -> Self {
        let mut operation = Self {
            method,
            path,
            tag: "",
            id: "",
            summary: "",
            description: "",
            example: None,
            links: Vec::new(),
            parameters: Vec::new(),
            body: None,
            success: None,
            failures: BTreeMap::new(),
        };
        // The guard, and whatever goes wrong at the server.
        operation.fails(StatusCode::FORBIDDEN, ErrorCode::ForbiddenOrigin);
        operation.fails(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal);
        operation
    }

    pub(super) fn method(&self) -> &'static str {
        self.method
    }

    /// It may fail like this.
    pub(crate) fn fails(&mut self, status: StatusCode, code: ErrorCode) {
        let code = serde_json::to_value(code).unwrap_or_default();
        let codes = self.failures.entry(status.as_u16()).or_default();
        codes.extend(code.as_str().map(str::to_owned));
    }

    /// It answers with JSON.
    pub(crate) fn answers(&mut self, status: u16, schema: &Value) {
        let content = json!({ "application/json": { "schema": schema } });
        self.success = Some((status, json!({ "content": content })));
    }

    /// It answers with something else, or with nothing.
    pub(crate) fn answers_with(&mut self, status: u16, response: Value) {
        self.success = Some((status, response));
    }

    /// It takes a JSON body.
    pub(crate) fn takes_body(&mut self, schema: Value) {
        self.body = Some(schema);
    }

    /// It looks at a header.
    pub(crate) fn takes_header(&mut self, name: &str, schema: &Value, description: &str) {
        self.parameters.push(json!({
            "name": name, "in": "header", "required": false,
            "description": description, "schema": schema,
        }));
    }

    /// It takes what stands at `{name}` in its address.
    pub(crate) fn takes_segments(&mut self, schemas: &mut SchemaGenerator) {
        let names = self.path.split(['{', '}']).skip(1).step_by(2);
        let segments = names.map(|name| {
            json!({
                "name": name, "in": "path", "required": true, "schema": segment(name, schemas),
            })
        });
        self.parameters.extend(segments);
    }

    /// Its entry in the document.
    pub(super) fn finish(self) -> Value {
        let mut entry = json!({
            "tags": [self.tag],
            "operationId": self.id,
            "summary": self.summary,
        });
        let mut put = |name: &str, value: Value| {
            if let Some(fields) = entry.as_object_mut() {
                fields.insert(name.to_owned(), value);
            }
        };
        if !self.description.is_empty() {
            put("description", json!(self.description));
        }
        if !self.parameters.is_empty() {
            put("parameters", json!(self.parameters));
        }
        if let Some(schema) = self.body {
            let mut content = json!({ "schema": schema });
            if let (Some(example), Some(content)) = (self.example, content.as_object_mut()) {
                content.insert("example".to_owned(), example);
            }
            let content = json!({ "application/json": content });
            put(
                "requestBody",
                json!({ "required": true, "content": content }),
            );
        }
        if self.method != "get" {
            put("security", json!([{ "origin": [] }, { "fetchSite": [] }]));
        }
        let mut responses: Map<String, Value> = self
            .failures
            .iter()
            .map(|(status, codes)| (status.to_string(), failure(*status, codes)))
            .collect();
        if let Some((status, mut response)) = self.success {
            let links = self
                .links
                .into_iter()
                .map(|(operation, segment, found_at)| {
                    let parameters = json!({ segment: found_at });
                    let link = json!({ "operationId": operation, "parameters": parameters });
                    (operation.to_owned(), link)
                });
            let links: Map<String, Value> = links.collect();
            complete(&mut response, status, &[]);
            if let Some(fields) = response.as_object_mut().filter(|_| !links.is_empty()) {
                fields.insert("links".to_owned(), Value::Object(links));
            }
            responses.insert(status.to_string(), response);
        }
        put("responses", Value::Object(responses));
        entry
    }
}

/// What stands for `{name}` in an address.
fn segment(name: &str, schemas: &mut SchemaGenerator) -> Value {
    match name {
        "provider" => schema_of::<ProviderId>(schemas),
        "revision" => json!({ "type": "integer", "minimum": 1 }),
        "generation" => json!({ "type": "string", "minLength": 1 }),
        _ => schema_of::<Id>(schemas),
    }
}

/// The schema of a type, by its name where it has one in the document.
pub(super) fn schema_of<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().into()
}

fn failure(status: u16, codes: &BTreeSet<String>) -> Value {
    let body = format!("#{}/{}", super::SCHEMAS, ApiError::schema_name());
    let mut response = json!({
        "content": { "application/json": { "schema": {
            "allOf": [{ "$ref": body }, { "properties": { "code": { "enum": codes } } }],
        } } },
    });
    let headers: &[_] = match status {
        429 => &[("Retry-After", "RetryAfter")],
        _ => &[],
    };
    complete(&mut response, status, headers);
    response
}

/// Adds what every response has.
fn complete(response: &mut Value, status: u16, headers: &[(&str, &str)]) {
    let Some(fields) = response.as_object_mut() else {
        return;
    };
    let reason = StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    fields
        .entry("description")
        .or_insert_with(|| json!(reason.unwrap_or_default()));
    let all = fields.entry("headers").or_insert_with(|| json!({}));
    if let Some(all) = all.as_object_mut() {
        for (name, component) in headers.iter().chain(&[("x-request-id", "RequestId")]) {
            let reference = format!("#/components/headers/{component}");
            all.insert((*name).to_owned(), json!({ "$ref": reference }));
        }
    }
}
