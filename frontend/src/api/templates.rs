//! Static files of the site, there without a server too: starter apps, and the
//! list of packages.

use protocol::manifest::Manifest;
use protocol::template::{Template, TemplateSummary};

use super::client::{Method, send};
use super::error::Result;

/// `/templates/index.json`.
pub(crate) async fn list_templates() -> Result<Vec<TemplateSummary>> {
    send(Method::Get, "/templates/index.json", None::<&()>, None).await
}

/// `/templates/{id}.json`.
pub(crate) async fn get_template(id: &str) -> Result<Template> {
    let address = format!("/templates/{id}.json");
    send(Method::Get, &address, None::<&()>, None).await
}

/// The list of packages, at its address.
pub(crate) async fn get_manifest(address: &str) -> Result<Manifest> {
    send(Method::Get, address, None::<&()>, None).await
}
