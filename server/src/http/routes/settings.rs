//! `/api/settings`.

use axum::Json;
use axum::extract::State;
use protocol::provider::{ProviderSettings, ProviderTest, SaveProvider};

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::state::AppState;

pub(crate) async fn get(
    State(state): State<AppState>,
) -> Result<Json<Option<ProviderSettings>>, Failure> {
    let provider = state.providers.get().await?;
    Ok(Json(provider.map(|provider| provider.to_settings())))
}

pub(crate) async fn save(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<SaveProvider>,
) -> Result<Json<ProviderSettings>, Failure> {
    Ok(Json(state.providers.save(request).await?.to_settings()))
}

pub(crate) async fn test(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<SaveProvider>,
) -> Result<Json<ProviderTest>, Failure> {
    Ok(Json(state.providers.test(request).await?))
}
