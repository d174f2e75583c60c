//! Documents of an app's collections on their way between a browser and the
//! server's copy: the body of `POST /api/apps/{id}/data` and its answer.
//!
//! Every change of a document at the server gets the next number of its app, the
//! document's revision. A browser names the revision that its change was made
//! on; where the server has another one, it keeps its own and gives it back, and
//! the browser puts the two together and tries again.

use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::limits::{DATA_MAX_NAME_CHARS, DOCUMENT_MAX_ID_CHARS, EXCHANGE_MAX_DOCUMENTS};

/// What a browser has that the server may lack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exchange {
    /// [`Exchanged::epoch`] of the answer before, 0 for the first.
    pub epoch: u64,
    /// [`Exchanged::since`] of the answer before, 0 for the first.
    pub since: u64,
    /// At most [`crate::limits::EXCHANGE_MAX_DOCUMENTS`]. Those of another epoch
    /// are left aside: they were made on documents that are gone.
    #[cfg_attr(feature = "schema", schemars(length(max = EXCHANGE_MAX_DOCUMENTS)))]
    pub changes: Vec<DocumentVersion>,
}

/// A document, or that it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocumentVersion {
    /// Name of its collection.
    #[cfg_attr(feature = "schema", schemars(length(max = DATA_MAX_NAME_CHARS)))]
    pub collection: String,
    /// Its id in the collection.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = DOCUMENT_MAX_ID_CHARS)))]
    pub id: String,
    /// At the server: its revision, 0 when there never was such a document. In
    /// an [`Exchange`]: the revision that the change was made on.
    pub revision: u64,
    /// Its JSON; `None` when it was removed.
    pub text: Option<String>,
}

/// What the server says to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Exchanged {
    /// Tells one copy of the app at the server from the next one under the same id.
    pub epoch: u64,
    /// All that the server had up to this number is in this answer or in one before.
    pub since: u64,
    /// What has changed at the server, and what stands in the way of a change.
    pub documents: Vec<DocumentVersion>,
    /// Changes that were taken, with the revisions that they have now.
    pub taken: Vec<DocumentRevision>,
    /// Changes that were not taken: over a limit, or no documents.
    pub refused: Vec<DocumentRevision>,
    /// There is more: ask again.
    pub more: bool,
}

/// Names a document of an [`Exchange`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocumentRevision {
    /// Name of its collection.
    pub collection: String,
    /// Its id in the collection.
    pub id: String,
    /// Its revision at the server.
    pub revision: u64,
}
