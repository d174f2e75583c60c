//! `/api/apps/{id}/messages`.

use axum::Json;
use axum::extract::{Path, State};
use protocol::app::Message;
use protocol::error::ErrorCode;

use crate::http::error::Failure;
use crate::http::extract::ApiJson;
use crate::state::AppState;

pub(crate) async fn list(
    State(state): State<AppState>,
    Path(app_id): Path<String>,
) -> Result<Json<Vec<Message>>, Failure> {
    Ok(Json(state.messages.list(&app_id).await?))
}

pub(crate) async fn put(
    State(state): State<AppState>,
    Path((app_id, message_id)): Path<(String, String)>,
    ApiJson(message): ApiJson<Message>,
) -> Result<Json<Message>, Failure> {
    if message.id != message_id {
        return Err(Failure::new(
            ErrorCode::InvalidInput,
            "the message's id differs from the one in the address",
            "Send the same id in both places.",
        ));
    }
    Ok(Json(state.messages.put(&app_id, message).await?))
}
