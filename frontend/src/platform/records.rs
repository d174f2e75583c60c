//! What the browser keeps of each app, and how it is written.
//!
//! An app is local first: these records are the truth while [`AppRecord::is_dirty`],
//! the server's copy otherwise.

use std::collections::{BTreeMap, BTreeSet};

use protocol::app::{AppSummary, Author, Files, Message};
use serde::{Deserialize, Serialize};

use super::idb::{Database, Error, StoreName, Write};

/// Key of a [`BeforeRecord`] below its app's.
const BEFORE: &str = "before";

/// An app without its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AppRecord {
    /// Name, times, template.
    pub(crate) summary: AppSummary,
    /// Revision that the server gave last; 0 while it doesn't know the app.
    #[serde(default)]
    pub(crate) server_revision: u64,
    /// Paths that changed since.
    #[serde(default)]
    pub(crate) dirty_paths: BTreeSet<String>,
    /// Whether the name changed since.
    #[serde(default)]
    pub(crate) dirty_name: bool,
    /// Ids of messages that the server lacks.
    #[serde(default)]
    pub(crate) dirty_messages: BTreeSet<String>,
    /// Files of packages that the last good build needed.
    #[serde(default)]
    pub(crate) packages: Option<BTreeSet<String>>,
    /// Who changed files last.
    #[serde(default)]
    pub(crate) author: Option<Author>,
    /// Deleted by the person; goes when the server knows.
    #[serde(default)]
    pub(crate) deleted: bool,
    /// Known from the server's list only: the browser holds none of its files.
    #[serde(skip)]
    pub(crate) remote: bool,
}

impl AppRecord {
    /// A new app that the server doesn't know.
    pub(crate) fn new(summary: AppSummary) -> Self {
        Self {
            summary,
            server_revision: 0,
            dirty_paths: BTreeSet::new(),
            dirty_name: false,
            dirty_messages: BTreeSet::new(),
            packages: None,
            author: None,
            deleted: false,
            remote: false,
        }
    }

    /// An app that only the server has.
    pub(crate) fn remote(summary: AppSummary) -> Self {
        Self {
            server_revision: summary.revision,
            remote: true,
            ..Self::new(summary)
        }
    }

    /// Whether the server lacks something.
    pub(crate) fn is_dirty(&self) -> bool {
        self.server_revision == 0
            || self.dirty_name
            || !self.dirty_paths.is_empty()
            || !self.dirty_messages.is_empty()
    }

    /// The write that keeps this record.
    pub(crate) fn write(&self) -> Write {
        put(StoreName::Apps, self.summary.id.clone(), self)
    }
}

/// A turn that is being streamed, so that a crash of the tab loses no token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StreamRecord {
    /// What the person asked for.
    pub(crate) prompt: String,
    /// Pictures that are sent along, while they aren't yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) images: Vec<String>,
    /// Problems that are sent along.
    #[serde(default)]
    pub(crate) problems: Vec<String>,
    /// Whether the request was sent; `false` for an app that was made from a
    /// prompt and not yet opened.
    #[serde(default)]
    pub(crate) started: bool,
    /// Prose so far.
    #[serde(default)]
    pub(crate) prose: String,
    /// Files that were complete.
    #[serde(default)]
    pub(crate) complete: Vec<String>,
    /// Files that were begun, with the text so far.
    #[serde(default)]
    pub(crate) partial: BTreeMap<String, String>,
    /// Id of the person's message.
    #[serde(default)]
    pub(crate) message_id: String,
    /// The server's name for it, by which it is gone on with.
    #[serde(default)]
    pub(crate) generation: String,
    /// Number of the last event that is part of this.
    #[serde(default)]
    pub(crate) last_event: u64,
    /// The model repairs what it wrote; this is no request of the person's.
    #[serde(default)]
    pub(crate) repair: bool,
    /// The turn has ended; what is left is its unfinished text.
    #[serde(default)]
    pub(crate) over: bool,
}

/// Files as they were before the model changed them: path to text, or to
/// nothing for a file that wasn't there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BeforeRecord {
    /// Before the person's request, repairs included.
    pub(crate) turn: BTreeMap<String, Option<String>>,
    /// Before the answer that runs.
    pub(crate) answer: BTreeMap<String, Option<String>>,
}

/// Everything kept of one app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The record.
    pub(crate) record: AppRecord,
    /// Its files.
    pub(crate) files: Files,
    /// Its conversation, oldest first.
    pub(crate) messages: Vec<Message>,
    /// The turn that a crash interrupted.
    pub(crate) stream: Option<StreamRecord>,
    /// Files before the last turn.
    pub(crate) before: BeforeRecord,
    /// What the person lets it do.
    pub(crate) permissions: PermissionsRecord,
}

/// Something that an app may do when the person lets it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Permission {
    /// Requests to a host.
    Host {
        /// Host, with a port that isn't the scheme's own.
        host: String,
    },
    /// Showing pictures of a host.
    Pictures {
        /// As above.
        host: String,
    },
    /// Opening pages of a host.
    Link {
        /// As above.
        host: String,
    },
    /// Saving files.
    Download,
    /// Reading the clipboard.
    ClipboardRead,
}

/// What the person of this browser lets an app do. Never sent anywhere, and not part of a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PermissionsRecord {
    /// What the app knows of the person: random, another one for every app.
    #[serde(default)]
    pub(crate) viewer: String,
    /// Allowed until revoked.
    #[serde(default)]
    pub(crate) allowed: BTreeSet<Permission>,
}

/// A write of any record as JSON.
pub(crate) fn put<T: Serialize>(store: StoreName, key: String, value: &T) -> Write {
    // These types have string keys only, so that serde_json can't fail; an
    // empty text would be ignored when read.
    Write::Put(store, key, serde_json::to_string(value).unwrap_or_default())
}

/// The write that keeps a file, or drops it.
pub(crate) fn write_file(app: &str, path: &str, text: Option<&str>) -> Write {
    let key = format!("{app}/{path}");
    match text {
        Some(text) => Write::Put(StoreName::Files, key, text.to_owned()),
        None => Write::Delete(StoreName::Files, key),
    }
}

/// The write that keeps a message.
pub(crate) fn write_message(app: &str, message: &Message) -> Write {
    put(
        StoreName::Messages,
        format!("{app}/{}", message.id),
        message,
    )
}

/// The write that keeps, or drops, what the last turn changed.
pub(crate) fn write_before(app: &str, before: &BeforeRecord) -> Write {
    let key = format!("{app}/{BEFORE}");
    if before.turn.is_empty() {
        Write::Delete(StoreName::Streams, key)
    } else {
        put(StoreName::Streams, key, before)
    }
}

/// The writes that drop an app whole.
pub(crate) fn erase(app: &str) -> Vec<Write> {
    vec![
        Write::Delete(StoreName::Apps, app.to_owned()),
        Write::DeletePrefix(StoreName::Files, app.to_owned()),
        Write::DeletePrefix(StoreName::Messages, app.to_owned()),
        Write::Delete(StoreName::Streams, app.to_owned()),
        Write::DeletePrefix(StoreName::Streams, app.to_owned()),
        Write::Delete(StoreName::Permissions, app.to_owned()),
    ]
}

/// Records of all apps, deleted ones too.
pub(crate) async fn list(database: &Database) -> Result<Vec<AppRecord>, Error> {
    let texts = database.all(StoreName::Apps).await?;
    Ok(texts.iter().filter_map(|text| parse(text)).collect())
}

/// The record of one app.
pub(crate) async fn record(database: &Database, app: &str) -> Result<Option<AppRecord>, Error> {
    let text = database.get(StoreName::Apps, app).await?;
    Ok(text.and_then(|text| parse(&text)))
}

/// The files of one app.
pub(crate) async fn files(database: &Database, app: &str) -> Result<Files, Error> {
    let rows = database.below(StoreName::Files, app).await?;
    Ok(rows.into_iter().collect())
}

/// Everything of one app; `None` when the browser doesn't have it.
pub(crate) async fn load(database: &Database, app: &str) -> Result<Option<Kept>, Error> {
    let Some(record) = record(database, app).await? else {
        return Ok(None);
    };
    let files = files(database, app).await?;
    let mut messages: Vec<Message> = database
        .below(StoreName::Messages, app)
        .await?
        .iter()
        .filter_map(|(_, text)| parse(text))
        .collect();
    messages.sort_by_key(|message| message.created_ms);
    let stream = database.get(StoreName::Streams, app).await?;
    let before = format!("{app}/{BEFORE}");
    let before = database.get(StoreName::Streams, &before).await?;
    let permissions = database.get(StoreName::Permissions, app).await?;
    Ok(Some(Kept {
        record,
        files,
        messages,
        stream: stream.and_then(|text| parse(&text)),
        before: before.and_then(|text| parse(&text)).unwrap_or_default(),
        permissions: permissions
            .and_then(|text| parse(&text))
            .unwrap_or_default(),
    }))
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
