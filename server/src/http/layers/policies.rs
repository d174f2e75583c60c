//! Policy headers from the site's `headers.json`, on every response.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::error::Failure;
use crate::state::AppState;

/// The one document with policies of its own.
const SHELL: &str = "/sandbox/shell.html";

pub(crate) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (is_shell, is_api) = (path == SHELL, path.starts_with("/api/"));
    let mut response = next.run(request).await;
    // Without its policies the shell must not be served at all.
    let policies = match state.site.headers() {
        Ok(policies) => policies,
        Err(reason) => return Failure::internal(reason).into_response(),
    };
    let group = if is_shell {
        &policies.shell
    } else {
        &policies.host
    };
    let headers = response.headers_mut();
    if is_api && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    for (name, value) in group {
        // How long a file may be kept follows from its address.
        if name == CACHE_CONTROL && headers.contains_key(CACHE_CONTROL) {
            continue;
        }
        headers.insert(name.clone(), value.clone());
    }
    response
}
