//! The outermost layer: gives a request its id and its span, writes the body
//! of a failure, and logs each failure once.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use crate::http::error::Failure;
use crate::state::AppState;

/// Carries the request's id to the client.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The request's id, as an extension for routes that put it into events.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

pub(crate) async fn layer(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = state.ids.next_id();
    // Neither query nor headers nor body: they may hold what people wrote.
    let span = tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        path = request.uri().path(),
    );
    request.extensions_mut().insert(RequestId(id.clone()));
    async {
        let mut response = next.run(request).await;
        if let Some(failure) = response.extensions_mut().remove::<Failure>() {
            log(&failure);
            response = write_body(response, failure, &id);
        }
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        tracing::debug!(status = response.status().as_u16(), "answered");
        response
    }
    .instrument(span)
    .await
}

/// Logs a failure where it is handled.
pub(crate) fn log(failure: &Failure) {
    let status = failure.status.as_u16();
    let message = failure.error.message.as_str();
    match &failure.cause {
        Some(cause) => tracing::error!(status, cause, "request failed: {message}"),
        None if status >= 500 => tracing::warn!(status, "request failed: {message}"),
        None => tracing::debug!(status, "request refused: {message}"),
    }
}

/// Replaces the empty body, keeping the headers that inner layers have set.
fn write_body(response: Response, mut failure: Failure, id: &str) -> Response {
    id.clone_into(&mut failure.error.request_id);
    let retry_after_s = failure.error.retry_after_s;
    let (parts, _) = response.into_parts();
    let mut written = (failure.status, Json(failure.error)).into_response();
    for (name, value) in &parts.headers {
        if !written.headers().contains_key(name) {
            written.headers_mut().append(name.clone(), value.clone());
        }
    }
    if let Some(seconds) = retry_after_s {
        written
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    written
}
