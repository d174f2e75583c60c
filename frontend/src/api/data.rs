//! What apps keep in collections.

use protocol::data::{Exchange, Exchanged};

use super::client::{Method, send};
use super::error::Result;

/// `POST /api/apps/{id}/data`.
pub(crate) async fn exchange_documents(id: &str, body: &Exchange) -> Result<Exchanged> {
    let address = format!("/api/apps/{id}/data");
    send(Method::Post, &address, Some(body), None).await
}
