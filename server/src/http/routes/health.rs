//! `/api/health`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::app::Health;
use protocol::error::ErrorCode;

use crate::http::error::Failure;
use crate::http::openapi::{self, Route};
use crate::state::AppState;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::get("/api/health", get)
            .says("getHealth", "Whether the server works")
            .explains("503 when it can't reach its database.")
            .answers_failure(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Internal),
    ]
}

async fn get(State(state): State<AppState>) -> Result<Json<Health>, Failure> {
    state
        .store
        .check()
        .await
        .map_err(|error| Failure::from(error).with_status(StatusCode::SERVICE_UNAVAILABLE))?;
    Ok(Json(Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}
