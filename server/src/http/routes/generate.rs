//! `/api/generate` and `/api/ask`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use futures_util::StreamExt as _;
use protocol::ask::{AskAnswer, AskRequest};
use protocol::error::ErrorCode;
use protocol::generate::{GenerateEvent, GenerateRequest};

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::http::layers::request::{RequestId, log};
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

pub(crate) async fn post(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ApiJson(request): ApiJson<GenerateRequest>,
) -> Result<Response, Failure> {
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
    Ok(answer(started))
}

pub(crate) async fn ask(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<AskRequest>,
) -> Result<Json<AskAnswer>, Failure> {
    let answer = state.generation.ask(&UserId::local(), &request).await?;
    Ok(Json(answer))
}

pub(crate) async fn resume(
    State(state): State<AppState>,
    Path(generation): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let last = match headers.get(LAST_EVENT_ID) {
        None => 0,
        Some(id) => id
            .to_str()
            .ok()
            .and_then(|id| id.trim().parse().ok())
            .unwrap_or(usize::MAX),
    };
    let started = state.generation.resume(&generation, last)?;
    Ok(answer(started.ok_or_else(|| {
        Failure::new(
            ErrorCode::InvalidInput,
            "the header `Last-Event-ID` names no event of this generation",
            "Send the id of the last event that came, or leave the header out.",
        )
        .with_status(StatusCode::BAD_REQUEST)
    })?))
}

pub(crate) async fn stop(
    State(state): State<AppState>,
    Path(generation): Path<String>,
) -> StatusCode {
    state.generation.stop(&generation);
    StatusCode::NO_CONTENT
}

fn answer(started: Started) -> Response {
    let stream = Sse::new(
        started
            .events
            .map(|event| Ok::<_, Infallible>(to_sse(event))),
    );
    let mut headers = HeaderMap::from_iter([NO_BUFFERING]);
    if let Ok(id) = HeaderValue::from_str(&started.id) {
        headers.insert(GENERATION, id);
    }
    (
        headers,
        stream.keep_alive(KeepAlive::new().interval(KEEP_ALIVE)),
    )
        .into_response()
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
