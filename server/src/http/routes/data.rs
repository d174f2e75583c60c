//! `/api/apps/{id}/data`.

use axum::Json;
use axum::extract::{Path, State};
use protocol::data::{Exchange, Exchanged};

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::state::AppState;

pub(crate) async fn post(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<Exchange>,
) -> Result<Json<Exchanged>, Failure> {
    Ok(Json(state.documents.exchange(&id, request).await?))
}
