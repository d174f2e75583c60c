//! `/api/apps/{id}/messages`.

use axum::Json;
use axum::extract::State;
use protocol::app::{Message, Role, TurnState};
use protocol::error::ErrorCode;

use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::openapi::{self, Route};
use crate::state::AppState;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::get("/api/apps/{id}/messages", list).says(
            "listMessages",
            "The conversation about an app, oldest first",
        ),
        openapi::put("/api/apps/{id}/messages/{message}", put)
            .says(
                "putMessage",
                "Adds a message, or replaces the one with the same id",
            )
            .explains("The id in the address and the one in the body are the same.")
            .refuses(&[ErrorCode::InvalidInput])
            .example(&Message {
                id: "first".to_owned(),
                role: Role::User,
                content: "Count the glasses of water that I drink".to_owned(),
                files: Vec::new(),
                state: TurnState::Done,
                created_ms: 1_790_000_000_000,
            }),
    ]
}

async fn list(
    State(state): State<AppState>,
    ApiPath(app_id): ApiPath<String>,
) -> Result<Json<Vec<Message>>, Failure> {
    Ok(Json(state.messages.list(&app_id).await?))
}

async fn put(
    State(state): State<AppState>,
    ApiPath((app_id, message_id)): ApiPath<(String, String)>,
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
