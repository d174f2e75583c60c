//! `/api/generate`.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _};
use protocol::generate::{GenerateEvent, GenerateRequest};

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::http::layers::request::{RequestId, log};
use crate::services;
use crate::state::AppState;

/// Comments keep proxies from closing a stream whose model is still thinking.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Tells nginx and its like to pass events on at once.
const NO_BUFFERING: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);

pub(crate) async fn post(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ApiJson(request): ApiJson<GenerateRequest>,
) -> Result<impl IntoResponse, Failure> {
    let events = state.generation.generate(request, state.shutdown).await?;
    let stream =
        Sse::new(to_sse(events, request_id)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    Ok(([NO_BUFFERING], stream))
}

/// Numbers and names the events; a failure becomes the last one.
fn to_sse(
    events: impl Stream<Item = Result<GenerateEvent, services::Error>>,
    request_id: String,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut id = 0_u64;
    events.map(move |event| {
        id += 1;
        let event = event.unwrap_or_else(|error| {
            let mut failure = Failure::from(error);
            log(&failure);
            failure.error.request_id.clone_from(&request_id);
            GenerateEvent::Error {
                error: *failure.error,
            }
        });
        let sse = Event::default().event(name(&event)).id(id.to_string());
        // Strings, numbers and lists always become JSON.
        Ok(sse.json_data(&event).unwrap_or_default())
    })
}

fn name(event: &GenerateEvent) -> &'static str {
    match event {
        GenerateEvent::Status { .. } => "status",
        GenerateEvent::Chunk { .. } => "chunk",
        GenerateEvent::File { .. } => "file",
        GenerateEvent::Usage { .. } => "usage",
        GenerateEvent::Complete { .. } => "complete",
        GenerateEvent::Error { .. } => "error",
    }
}
