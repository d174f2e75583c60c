//! Settings of the language model provider.

use protocol::provider::{ProviderSettings, ProviderTest, SaveProvider};

use super::client::{Method, send};
use super::error::Result;

/// `GET /api/settings/provider`.
pub(crate) async fn get_provider() -> Result<Option<ProviderSettings>> {
    send(Method::Get, "/api/settings/provider", None::<&()>, None).await
}

/// `PUT /api/settings/provider`.
pub(crate) async fn save_provider(body: &SaveProvider) -> Result<ProviderSettings> {
    send(Method::Put, "/api/settings/provider", Some(body), None).await
}

/// `POST /api/settings/provider/test`.
pub(crate) async fn test_provider(body: &SaveProvider) -> Result<ProviderTest> {
    let address = "/api/settings/provider/test";
    send(Method::Post, address, Some(body), None).await
}
