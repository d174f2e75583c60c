//! Policy headers from the site's `headers.json`, on every response.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::documents::SHELL;
use crate::http::error::Failure;
use crate::site::Header;
use crate::state::AppState;

pub(crate) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (is_shell, is_api) = (path == SHELL, path.starts_with("/api/"));
    // Scripts, and with them workers, ask no models.
    let asks_models = state.direct_models && !is_api && !path.starts_with("/assets/");
    let apart =
        (state.app_origins.as_ref()).is_some_and(|origins| origins.is_asked(request.headers()));
    let mut response = next.run(request).await;
    // Without its policies the shell must not be served at all.
    let policies = match state.site.headers() {
        Ok(policies) => policies,
        Err(reason) => return Failure::internal(reason).into_response(),
    };
    let host = if asks_models {
        &policies.direct
    } else {
        &policies.host
    };
    let group = match &state.app_origins {
        // Under the names of apps, refusals too.
        Some(origins) if apart => filled(&policies.subdomain, |header| origins.for_app(header)),
        Some(origins) if !is_shell => filled(host, |header| origins.for_studio(header)),
        _ if is_shell => Some(policies.shell.clone()),
        _ => Some(host.clone()),
    };
    let Some(group) = group else {
        return Failure::internal("a policy can't be filled in").into_response();
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
        headers.insert(name, value);
    }
    response
}

/// All of them or none: a policy must not be lost.
fn filled(group: &[Header], fill: impl Fn(&Header) -> Option<Header>) -> Option<Vec<Header>> {
    group.iter().map(fill).collect()
}
