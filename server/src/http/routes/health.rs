//! `/api/health`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::app::Health;

use crate::http::error::Failure;
use crate::state::AppState;

pub(crate) async fn get(State(state): State<AppState>) -> Result<Json<Health>, Failure> {
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
