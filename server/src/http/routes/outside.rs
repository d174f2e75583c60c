//! `/api/apps/{id}/fetch`.

use axum::Json;
use axum::extract::{Path, State};
use protocol::sandbox::{FetchOutside, FetchedOutside};

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::state::AppState;

pub(crate) async fn post(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<FetchOutside>,
) -> Result<Json<FetchedOutside>, Failure> {
    Ok(Json(state.requests.send(&id, &request).await?))
}
