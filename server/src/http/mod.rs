//! The HTTP surface: the route table and the order of the layers.

mod documents;
mod error;
mod extract;
mod layers;
mod routes;
mod static_files;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use protocol::limits::MAX_BODY_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use self::error::Failure;
use self::layers::{guard, policies, request};
use self::routes::{apps, data, generate, health, messages, outside, settings};
use crate::state::AppState;

/// Every address that the server answers.
pub fn router(state: AppState) -> Router {
    let json = Router::new()
        .route("/api/health", get(health::get))
        .route("/api/apps", get(apps::list).post(apps::create))
        .route(
            "/api/apps/{id}",
            get(apps::get).patch(apps::rename).delete(apps::delete),
        )
        .route("/api/apps/{id}/restore", post(apps::restore))
        .route("/api/apps/{id}/changes", post(apps::change))
        .route("/api/apps/{id}/revisions", get(apps::revisions))
        .route("/api/apps/{id}/revisions/{revision}", get(apps::files_at))
        .route("/api/apps/{id}/data", post(data::post))
        .route("/api/apps/{id}/fetch", post(outside::post))
        .route("/api/apps/{id}/messages", get(messages::list))
        .route("/api/apps/{id}/messages/{message_id}", put(messages::put))
        .route("/api/ask", post(generate::ask))
        .route(
            "/api/settings/models",
            get(settings::get).put(settings::choose),
        )
        .route("/api/settings/models/health", get(settings::health))
        .route(
            "/api/settings/models/{id}",
            put(settings::save).delete(settings::delete),
        )
        .route("/api/settings/models/{id}/test", post(settings::test))
        .layer(CompressionLayer::new());
    // Compression would hold events back until its buffer is full.
    let streams = Router::new()
        .route("/api/generate", post(generate::post))
        .route(
            "/api/generate/{generation}",
            get(generate::resume).delete(generate::stop),
        );

    // Later layers wrap earlier ones: a request meets them from the last to the first.
    json.merge(streams)
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
