//! `/api/apps/{id}/data`.

use axum::Json;
use axum::extract::State;
use protocol::data::{DocumentVersion, Exchange, Exchanged};
use protocol::error::ErrorCode;

use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::openapi::{self, Route};
use crate::state::AppState;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::post("/api/apps/{id}/data", post)
            .says("exchangeDocuments", "Exchanges changes of an app's documents")
            .explains("Takes a browser's changes, and gives what changed since it asked last. A change that was made on another revision than the server's is not taken; the server's document comes back in its place.")
            .refuses(&[ErrorCode::InvalidInput])
            .example(&Exchange {
                epoch: 0,
                since: 0,
                changes: vec![DocumentVersion {
                    collection: "glasses".to_owned(),
                    id: "monday".to_owned(),
                    revision: 0,
                    text: Some(r#"{"id":"monday","count":3}"#.to_owned()),
                }],
            }),
    ]
}

async fn post(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<Exchange>,
) -> Result<Json<Exchanged>, Failure> {
    Ok(Json(state.documents.exchange(&id, request).await?))
}
