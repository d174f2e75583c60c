//! Requests of the app to the outside.

use protocol::sandbox::{FetchOutside, FetchedOutside};

use super::client::{Method, send};
use super::error::Result;

/// `POST /api/apps/{id}/fetch`.
pub(crate) async fn fetch_outside(id: &str, body: &FetchOutside) -> Result<FetchedOutside> {
    let address = format!("/api/apps/{id}/fetch");
    send(Method::Post, &address, Some(body), None).await
}
