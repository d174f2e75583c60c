//! The HTTP surface: the order of the layers around the routes.

mod answers;
mod documents;
mod error;
mod extract;
mod layers;
mod openapi;
mod routes;
mod static_files;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use protocol::limits::MAX_BODY_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use self::error::Failure;
use self::layers::{guard, policies, request};
use self::openapi::Route;
use crate::state::AppState;

/// Every address that the server answers.
pub fn router(state: AppState) -> Router {
    // Compression would hold events back until its buffer is full.
    let (streams, whole): (Vec<_>, Vec<_>) =
        routes::all().into_iter().partition(|route| route.streams);
    let whole = together(whole).layer(CompressionLayer::new());

    // Later layers wrap earlier ones: a request meets them from the last to the first.
    whole
        .merge(together(streams))
        .fallback(static_files::serve)
        .method_not_allowed_fallback(async || static_files::method_not_allowed())
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn_with_state(state.clone(), guard::layer))
        .layer(CatchPanicLayer::custom(on_panic))
        // Outside the guard: refusals carry the policies too.
        .layer(from_fn_with_state(state.clone(), policies::layer))
        // Outermost: every failure gets its body and the request's id.
        .layer(from_fn_with_state(state.clone(), request::layer))
        .with_state(state)
}

fn together(routes: Vec<Route>) -> Router<AppState> {
    let routes = routes.into_iter();
    routes.fold(Router::new(), |router, route| {
        router.route(route.path, route.answered_by)
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that the layer asks for"
)]
fn on_panic(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    Failure::internal(format!("panic: {text}")).into_response()
}
