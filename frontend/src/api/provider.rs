//! Language models: their settings, and how they fare.

use protocol::provider::{ModelHealth, ModelSettings, ProviderTest, SaveModels, SaveProvider};

use super::client::{Method, send};
use super::error::Result;

const ADDRESS: &str = "/api/settings/models";

/// `GET /api/settings/models`.
pub(crate) async fn get_models() -> Result<ModelSettings> {
    send(Method::Get, ADDRESS, None::<&()>, None).await
}

/// `PUT /api/settings/models`.
pub(crate) async fn save_models(body: &SaveModels) -> Result<ModelSettings> {
    send(Method::Put, ADDRESS, Some(body), None).await
}

/// `PUT /api/settings/models/{id}`.
pub(crate) async fn save_provider(id: &str, body: &SaveProvider) -> Result<ModelSettings> {
    let address = format!("{ADDRESS}/{id}");
    send(Method::Put, &address, Some(body), None).await
}

/// `DELETE /api/settings/models/{id}`.
pub(crate) async fn delete_provider(id: &str) -> Result<ModelSettings> {
    let address = format!("{ADDRESS}/{id}");
    send(Method::Delete, &address, None::<&()>, None).await
}

/// `POST /api/settings/models/{id}/test`.
pub(crate) async fn test_provider(id: &str, body: &SaveProvider) -> Result<ProviderTest> {
    let address = format!("{ADDRESS}/{id}/test");
    send(Method::Post, &address, Some(body), None).await
}

/// `GET /api/settings/models/health`.
pub(crate) async fn get_model_health() -> Result<ModelHealth> {
    let address = format!("{ADDRESS}/health");
    send(Method::Get, &address, None::<&()>, None).await
}
