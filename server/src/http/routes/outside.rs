//! `/api/apps/{id}/fetch`.

use axum::Json;
use axum::extract::State;
use protocol::error::ErrorCode;
use protocol::sandbox::{FetchOutside, FetchedOutside, OutsideRequest};

use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::openapi::{self, Route};
use crate::state::AppState;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::post("/api/apps/{id}/fetch", post)
            .says("fetchOutside", "Sends a request of an app to the outside")
            .explains("Private addresses are refused, but for those of `--fetch-host`. A redirect to a host that isn't in `hosts` is told and not followed.")
            .refuses(&[
                ErrorCode::InvalidInput,
                ErrorCode::ForbiddenAddress,
                ErrorCode::RateLimited,
                ErrorCode::OutsideUnreachable,
            ])
            .example(&FetchOutside {
                request: OutsideRequest {
                    url: "https://api.example.org/rates?base=EUR".to_owned(),
                    method: "GET".to_owned(),
                    headers: vec![("accept".to_owned(), "application/json".to_owned())],
                    body: None,
                },
                hosts: vec!["api.example.org".to_owned()],
                is_picture: false,
            }),
    ]
}

async fn post(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<FetchOutside>,
) -> Result<Json<FetchedOutside>, Failure> {
    Ok(Json(state.requests.send(&id, &request).await?))
}
