//! `/api/apps`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::app::{
    App, AppSummary, ChangeFiles, Changed, CreateApp, Files, RenameApp, RevisionSummary,
};
use protocol::error::ErrorCode;

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::state::AppState;

pub(crate) async fn list(State(state): State<AppState>) -> Result<Json<Vec<AppSummary>>, Failure> {
    Ok(Json(state.apps.list().await?))
}

pub(crate) async fn create(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<CreateApp>,
) -> Result<(StatusCode, Json<App>), Failure> {
    Ok((StatusCode::CREATED, Json(state.apps.create(request).await?)))
}

pub(crate) async fn get(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<App>, Failure> {
    Ok(Json(state.apps.get(&id).await?))
}

pub(crate) async fn rename(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<RenameApp>,
) -> Result<Json<AppSummary>, Failure> {
    Ok(Json(state.apps.rename(&id, &request.name).await?))
}

pub(crate) async fn delete(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    state.apps.delete(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn restore(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<AppSummary>, Failure> {
    Ok(Json(state.apps.restore(&id).await?))
}

pub(crate) async fn change(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<ChangeFiles>,
) -> Result<Json<Changed>, Failure> {
    Ok(Json(state.apps.change(&id, request).await?))
}

pub(crate) async fn revisions(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Vec<RevisionSummary>>, Failure> {
    Ok(Json(state.apps.revisions(&id).await?))
}

pub(crate) async fn files_at(
    State(state): State<AppState>,
    Path((id, revision)): Path<(String, String)>,
) -> Result<Json<Files>, Failure> {
    let revision = revision.parse().map_err(|_| {
        Failure::new(
            ErrorCode::InvalidInput,
            format!("`{revision}` is no revision"),
            "Revisions are whole numbers from 1.",
        )
    })?;
    Ok(Json(state.apps.files_at(&id, revision).await?))
}
