//! `/api/settings/models`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::error::ErrorCode;
use protocol::provider::{
    ModelHealth, ModelSettings, ProviderKind, ProviderTest, SaveModels, SaveProvider,
};

use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::openapi::{self, Route};
use crate::http::routes::PROVIDER_FAILURES;
use crate::services::quota::UserId;
use crate::state::AppState;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::get("/api/settings/models", get).says(
            "getModels",
            "Providers of language models, and how many generations are left",
        ),
        openapi::put("/api/settings/models", choose)
            .says(
                "chooseModels",
                "Says which provider is asked first, and whether others follow",
            )
            .refuses(&[ErrorCode::InvalidInput])
            .example(&SaveModels {
                preferred: None,
                fallback: true,
            }),
        openapi::get("/api/settings/models/health", health)
            .says(
                "getModelHealth",
                "How the providers fare, and the last requests to models",
            )
            .explains("Each provider is asked for its models, at most once in half a minute."),
        // 405 for the provider `health`: that address is another one's.
        openapi::put("/api/settings/models/{provider}", save)
            .says("saveProvider", "Makes or replaces a provider")
            .answers_failure(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::NotFound)
            .refuses(&[ErrorCode::InvalidInput])
            .example(&example()),
        openapi::delete("/api/settings/models/{provider}", delete)
            .says("deleteProvider", "Forgets a saved provider")
            .explains("One of the server's environment with the same id is back then.")
            .answers_failure(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::NotFound),
        openapi::post("/api/settings/models/{provider}/test", test)
            .says(
                "testProvider",
                "Asks a provider for its models, and saves nothing",
            )
            .refuses(&PROVIDER_FAILURES)
            .example(&example()),
    ]
}

fn example() -> SaveProvider {
    SaveProvider {
        name: "Ollama".to_owned(),
        kind: ProviderKind::Ollama,
        base_url: "http://localhost:11434".to_owned(),
        model: "qwen3-coder:30b".to_owned(),
        small_model: String::new(),
        enabled: true,
        api_key: None,
    }
}

async fn get(State(state): State<AppState>) -> Result<Json<ModelSettings>, Failure> {
    Ok(Json(state.providers.settings(&UserId::local()).await?))
}

async fn choose(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<SaveModels>,
) -> Result<Json<ModelSettings>, Failure> {
    state.providers.choose(request).await?;
    get(State(state)).await
}

async fn save(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<SaveProvider>,
) -> Result<Json<ModelSettings>, Failure> {
    state.providers.save(&id, request).await?;
    get(State(state)).await
}

async fn delete(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
) -> Result<Json<ModelSettings>, Failure> {
    state.providers.delete(&id).await?;
    get(State(state)).await
}

async fn test(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<SaveProvider>,
) -> Result<Json<ProviderTest>, Failure> {
    Ok(Json(state.providers.test(&id, request).await?))
}

async fn health(State(state): State<AppState>) -> Result<Json<ModelHealth>, Failure> {
    Ok(Json(state.providers.health().await?))
}
