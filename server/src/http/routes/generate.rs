//! `/api/generate` and `/api/ask`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use futures_util::StreamExt as _;
use protocol::app::Files;
use protocol::ask::{AskAnswer, AskRequest};
use protocol::error::ErrorCode;
use protocol::generate::{GenerateEvent, GenerateRequest};
use schemars::SchemaGenerator;
use serde_json::json;

use crate::http::answers::NoContent;
use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::layers::request::{RequestId, log};
use crate::http::openapi::{self, Input, Operation, Output, Route};
use crate::http::routes::PROVIDER_FAILURES;
use crate::services::generation::Started;
use crate::services::quota::UserId;
use crate::state::AppState;

/// Comments keep proxies from closing a stream whose model is still thinking.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Tells nginx and its like to pass events on at once.
const NO_BUFFERING: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);
/// Names the generation before its first event does.
const GENERATION: HeaderName = HeaderName::from_static("x-generation-id");
/// The last event that came, for going on after it.
const LAST_EVENT_ID: &str = "last-event-id";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::post("/api/generate", post)
            .says("generate", "Has a language model write or change an app")
            .explains("The generation outlives the connection. What fails once it has begun comes as the event `error`.")
            .refuses(&[
                ErrorCode::InvalidInput,
                ErrorCode::ProviderNotConfigured,
                ErrorCode::RateLimited,
            ])
            .example(&GenerateRequest {
                prompt: "Count the glasses of water that I drink".to_owned(),
                files: Files::new(),
                history: Vec::new(),
                problems: Vec::new(),
                context: Vec::new(),
                images: Vec::new(),
                provider: None,
                model: None,
                fresh: false,
            })
            .leads_to(
                &["resumeGeneration", "stopGeneration"],
                "generation",
                "$response.header.x-generation-id",
            ),
        openapi::get("/api/generate/{generation}", resume)
            .says("resumeGeneration", "Goes on reading a generation"),
        openapi::delete("/api/generate/{generation}", stop)
            .says("stopGeneration", "Stops a generation")
            .explains("One that has ended, or never was, is stopped."),
        openapi::post("/api/ask", ask)
            .says("ask", "Has a small model do a small task")
            .refuses(&PROVIDER_FAILURES)
            .refuses(&[ErrorCode::ProviderNotConfigured, ErrorCode::ShuttingDown])
            .example(&AskRequest::Questions {
                prompt: "Count the glasses of water that I drink".to_owned(),
                provider: None,
                model: None,
            }),
    ]
}

async fn post(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ApiJson(request): ApiJson<GenerateRequest>,
) -> Result<Events, Failure> {
    let describe = move |error| {
        let mut failure = Failure::from(error);
        log(&failure);
        failure.error.request_id.clone_from(&request_id);
        *failure.error
    };
    let started = state
        .generation
        .start(&UserId::local(), request, Box::new(describe))
        .await?;
    Ok(Events(started))
}

async fn ask(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<AskRequest>,
) -> Result<Json<AskAnswer>, Failure> {
    let answer = state.generation.ask(&UserId::local(), &request).await?;
    Ok(Json(answer))
}

async fn resume(
    State(state): State<AppState>,
    ApiPath(generation): ApiPath<String>,
    LastEventId(last): LastEventId,
) -> Result<Events, Failure> {
    let started = state.generation.resume(&generation, last)?;
    started.map(Events).ok_or_else(|| {
        Failure::new(
            ErrorCode::InvalidInput,
            "the header `Last-Event-ID` names no event of this generation",
            "Send the id of the last event that came, or leave the header out.",
        )
        .with_status(StatusCode::BAD_REQUEST)
    })
}

async fn stop(
    State(state): State<AppState>,
    ApiPath(generation): ApiPath<String>,
) -> Result<NoContent, Failure> {
    state.generation.stop(&generation);
    Ok(NoContent)
}

/// The number of the last event that came; 0 is none.
struct LastEventId(usize);

impl<S: Sync> FromRequestParts<S> for LastEventId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(match parts.headers.get(LAST_EVENT_ID) {
            None => 0,
            // No generation has this event, as none has one with another name.
            Some(id) => id
                .to_str()
                .ok()
                .and_then(|id| id.trim().parse().ok())
                .unwrap_or(usize::MAX),
        }))
    }
}

impl Input for LastEventId {
    fn describe(operation: &mut Operation, _: &mut SchemaGenerator) {
        operation.takes_header(
            "Last-Event-ID",
            &json!({ "type": "integer", "minimum": 0 }),
            "The last event that came: those after it follow. Without it, all do.",
        );
        operation.fails(StatusCode::BAD_REQUEST, ErrorCode::InvalidInput);
    }
}

/// The events of a generation, as they come.
struct Events(Started);

impl IntoResponse for Events {
    fn into_response(self) -> Response {
        let Self(Started { id, events }) = self;
        let stream = Sse::new(events.map(|event| Ok::<_, Infallible>(to_sse(event))));
        let mut headers = HeaderMap::from_iter([NO_BUFFERING]);
        if let Ok(id) = HeaderValue::from_str(&id) {
            headers.insert(GENERATION, id);
        }
        (
            headers,
            stream.keep_alive(KeepAlive::new().interval(KEEP_ALIVE)),
        )
            .into_response()
    }
}

impl Output for Events {
    const STREAMS: bool = true;

    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
        let event = schemas.subschema_for::<GenerateEvent>();
        operation.answers_with(
            200,
            json!({
                "description": "Server-Sent Events. The last one is `complete` or `error`. Comments keep the connection open.",
                "headers": {
                    "x-generation-id": {
                        "description": "Names the generation, for going on and stopping.",
                        "required": true,
                        "schema": { "type": "string" },
                    },
                },
                "content": { "text/event-stream": { "itemSchema": {
                    "type": "object",
                    "required": ["event", "id", "data"],
                    "properties": {
                        "event": { "type": "string", "description": "The `type` of `data`." },
                        "id": { "type": "string", "description": "Its number, from 1.", "pattern": "^[1-9][0-9]*$" },
                        "data": {
                            "type": "string",
                            "contentMediaType": "application/json",
                            "contentSchema": event,
                        },
                    },
                } } },
            }),
        );
    }
}

fn to_sse((id, event): (usize, GenerateEvent)) -> Event {
    let sse = Event::default().event(name(&event)).id(id.to_string());
    // Strings, numbers and lists always become JSON.
    sse.json_data(&event).unwrap_or_default()
}

fn name(event: &GenerateEvent) -> &'static str {
    match event {
        GenerateEvent::Start { .. } => "start",
        GenerateEvent::Restart { .. } => "restart",
        GenerateEvent::Status { .. } => "status",
        GenerateEvent::Chunk { .. } => "chunk",
        GenerateEvent::File { .. } => "file",
        GenerateEvent::Usage { .. } => "usage",
        GenerateEvent::Complete { .. } => "complete",
        GenerateEvent::Error { .. } => "error",
    }
}
