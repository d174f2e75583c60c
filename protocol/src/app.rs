//! Apps, their files, revisions and conversations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::limits::MAX_ID_BYTES;
#[cfg(feature = "schema")]
use crate::limits::{MAX_APP_NAME_CHARS, MAX_FILES, MAX_MESSAGE_BYTES};
#[cfg(feature = "schema")]
use crate::schema;

/// Files of an app: project path to text; [`crate::asset`] says which texts are binary files.
pub type Files = BTreeMap<String, String>;

/// One app in a list. `GET /api/apps` answers with `Vec<AppSummary>`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AppSummary {
    /// Unique, chosen by the client or the server: lower-case letters, digits, `-`; at most 40 bytes.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Id"))]
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Id of the template it began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Id>"))]
    pub template: Option<String>,
    /// Rises by one with every accepted change of files; 1 at creation.
    pub revision: u64,
    /// Creation time, milliseconds since the Unix epoch.
    pub created_ms: u64,
    /// Last change, milliseconds since the Unix epoch.
    pub updated_ms: u64,
}

/// A whole app. `GET /api/apps/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Everything but the files.
    #[serde(flatten)]
    pub summary: AppSummary,
    /// Current files.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Files"))]
    pub files: Files,
}

/// `POST /api/apps`; answers 201 with [`App`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateApp {
    /// The client's own id, so that an app made offline keeps it. The server makes one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Id>"))]
    pub id: Option<String>,
    /// Shown to people.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_APP_NAME_CHARS)))]
    pub name: String,
    /// Id of the template it begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Id>"))]
    pub template: Option<String>,
    /// First files; may be empty.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "schema::Files"))]
    pub files: Files,
}

/// `PATCH /api/apps/{id}`; answers with [`AppSummary`]. `DELETE /api/apps/{id}`
/// answers 204; for 30 days, and until its id is used again,
/// `POST /api/apps/{id}/restore` brings the app back and answers with [`AppSummary`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenameApp {
    /// The new name.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_APP_NAME_CHARS)))]
    pub name: String,
}

/// Who made a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Typed by a person.
    Person,
    /// Written by a language model.
    Model,
    /// Copied from a template.
    Template,
}

/// `POST /api/apps/{id}/changes`: changes files against a known revision.
/// Answers [`Changed`], or 409 `conflict` when `base_revision` is not the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeFiles {
    /// The revision that the client saw.
    pub base_revision: u64,
    /// Path to new text; `null` deletes the file.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Changes"))]
    pub changes: BTreeMap<String, Option<String>>,
    /// Who made the change.
    pub author: Author,
    /// One line for the history.
    #[serde(default)]
    pub message: String,
}

/// Answer to [`ChangeFiles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// The app's revision now.
    pub revision: u64,
    /// Milliseconds since the Unix epoch.
    pub updated_ms: u64,
}

/// One entry of the history. `GET /api/apps/{id}/revisions` answers with
/// `Vec<RevisionSummary>`, newest first; `GET /api/apps/{id}/revisions/{n}`
/// with the [`Files`] of that revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RevisionSummary {
    /// Number of the revision.
    pub revision: u64,
    /// Who made it.
    pub author: Author,
    /// One line.
    pub message: String,
    /// Paths that it changed.
    pub paths: Vec<String>,
    /// Milliseconds since the Unix epoch.
    pub created_ms: u64,
}

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person.
    User,
    /// The language model.
    Assistant,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TurnState {
    /// Complete.
    Done,
    /// Ended by the person.
    Stopped,
    /// Ended by an error, which the content names.
    Failed,
}

/// One message. `GET /api/apps/{id}/messages` answers with `Vec<Message>`,
/// oldest first; `PUT /api/apps/{id}/messages/{message_id}` writes one
/// (idempotent: the same id replaces).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Message {
    /// Chosen by the client; same rules as an app's id.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Id"))]
    pub id: String,
    /// Who speaks.
    pub role: Role,
    /// Text in Markdown; for the model, its prose without the files.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_MESSAGE_BYTES)))]
    pub content: String,
    /// Paths that this turn wrote.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<schema::FilePath>", length(max = MAX_FILES)))]
    pub files: Vec<String>,
    /// How the turn ended.
    pub state: TurnState,
    /// Milliseconds since the Unix epoch.
    pub created_ms: u64,
}

/// `GET /api/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Always `ok`; a server that can't reach its database answers 503 with an [`crate::error::ApiError`].
    pub status: String,
    /// Version of the server.
    pub version: String,
}

/// Checks an id: 1 to [`MAX_ID_BYTES`] lower-case letters, digits and `-`.
pub fn is_valid_id(id: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
