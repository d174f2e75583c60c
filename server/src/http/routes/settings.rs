//! `/api/settings/models`.

use axum::Json;
use axum::extract::{Path, State};
use protocol::provider::{ModelHealth, ModelSettings, ProviderTest, SaveModels, SaveProvider};

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::services::quota::UserId;
use crate::state::AppState;

pub(crate) async fn get(State(state): State<AppState>) -> Result<Json<ModelSettings>, Failure> {
    Ok(Json(state.providers.settings(&UserId::local()).await?))
}

pub(crate) async fn choose(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<SaveModels>,
) -> Result<Json<ModelSettings>, Failure> {
    state.providers.choose(request).await?;
    get(State(state)).await
}

pub(crate) async fn save(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<SaveProvider>,
) -> Result<Json<ModelSettings>, Failure> {
    state.providers.save(&id, request).await?;
    get(State(state)).await
}

pub(crate) async fn delete(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<ModelSettings>, Failure> {
    state.providers.delete(&id).await?;
    get(State(state)).await
}

pub(crate) async fn test(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<SaveProvider>,
) -> Result<Json<ProviderTest>, Failure> {
    Ok(Json(state.providers.test(&id, request).await?))
}

pub(crate) async fn health(State(state): State<AppState>) -> Result<Json<ModelHealth>, Failure> {
    Ok(Json(state.providers.health().await?))
}
