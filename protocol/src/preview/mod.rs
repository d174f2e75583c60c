//! Messages between the studio and the app in its frame.
//!
//! They travel over one transferred `MessagePort` whose host end lives in the
//! bridge worker; the page talks to the bridge worker with [`ToBridge`] and
//! hears [`FromBridge`]. The app is hostile: everything in [`FromFrame`] is
//! checked by the bridge worker before the page sees it.

mod console;
mod frame;

use serde::{Deserialize, Serialize};

use crate::bundle::{Entry, Module, NeededFile};
use crate::data::{Exchange, Exchanged};
use crate::sandbox::Answer;

pub use console::{ConsoleForm, ConsoleLevel, ConsoleNode, ConsoleValue, ValueKind};
pub use frame::{BlockedAttempt, Envelope, ErrorKind, FromFrame, Missing, StackFrame};

/// A script as the frame runs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// Module id or dependency file name.
    pub id: String,
    /// Text of the classic script.
    pub code: String,
    /// Ids of the modules that run before it does, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_imports: Vec<String>,
}

impl From<&Module> for Script {
    fn from(module: &Module) -> Self {
        Self {
            id: module.id.clone(),
            code: module.code.clone(),
            static_imports: module.static_imports.clone(),
        }
    }
}

/// Page to bridge worker. The frame's port is transferred with `Connect`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ToBridge {
    /// A new frame: its port comes with this message. Ends the session before.
    Connect {
        /// Rises with every frame; echoed in all that the frame sends.
        session: u64,
        /// Id of the app: what the port's frame keeps belongs to it.
        app: String,
        /// Address of the folder with the dependency files, with a slash at its end.
        deps_url: String,
        /// `light` or `dark`.
        theme: String,
        /// What the app knows of the person: the same for this app in this browser, another one
        /// for every other app.
        viewer: String,
        /// Where the app starts: path, query and hash.
        path: String,
    },
    /// Give the frame a build. The first one of a session starts the app, the
    /// later ones replace modules in place.
    Load {
        /// Session it is meant for.
        session: u64,
        /// The build's revision.
        revision: u64,
        /// New or changed modules; all of them in the first of a session.
        modules: Vec<Script>,
        /// Ids that no longer exist.
        removed: Vec<String>,
        /// How the app starts.
        entry: Entry,
        /// CSS of the whole app.
        css: String,
        /// Dependency files in loading order; the bridge fetches those that the frame lacks.
        dependency_files: Vec<NeededFile>,
    },
    /// What became of a [`FromFrame::Request`]. The first one for an id counts.
    Answer {
        /// Session that the request came with; the answer for an older one is dropped.
        session: u64,
        /// The request's id.
        id: u32,
        /// The answer.
        answer: Answer,
    },
    /// Go to an address of the app, as the person wrote it.
    Navigate {
        /// Session it is meant for.
        session: u64,
        /// Path, query and hash.
        to: String,
    },
    /// Go back or forward in the app's own history.
    Traverse {
        /// Session it is meant for.
        session: u64,
        /// Entries; backwards below zero.
        delta: i32,
    },
    /// Let the person pick an element of the app, or end that.
    Pick {
        /// Session it is meant for.
        session: u64,
        /// Whether it begins.
        active: bool,
        /// The project's files: an element written elsewhere stands for the one that it is in.
        files: Vec<String>,
    },
    /// Take a picture of what the app shows; answered by [`FromFrame::Captured`].
    Capture {
        /// Session it is meant for.
        session: u64,
    },
    /// Close the port; the frame is going away.
    Disconnect,
    /// Tell what an app keeps; answered by [`FromBridge::Data`].
    ReadData {
        /// Rises with every question; echoed in the answer.
        request: u64,
        /// Id of the app.
        app: String,
    },
    /// Give all that an app keeps; answered by [`FromBridge::DataExported`].
    ExportData {
        /// Rises with every question; echoed in the answer.
        request: u64,
        /// Id of the app.
        app: String,
    },
    /// Delete what an app keeps, but hold it for [`ToBridge::RestoreData`]
    /// while the page is there. Ends the app's session; answered by
    /// [`FromBridge::DataDone`].
    ClearData {
        /// Rises with every question; echoed in the answer.
        request: u64,
        /// Id of the app.
        app: String,
    },
    /// Put back what was cleared last, in place of what is kept now. Ends the
    /// app's session; answered by [`FromBridge::DataDone`].
    RestoreData {
        /// Rises with every question; echoed in the answer.
        request: u64,
        /// Id of the app.
        app: String,
    },
    /// The app is gone: delete what it keeps.
    ForgetData {
        /// Id of the app.
        app: String,
    },
    /// Tell which documents the server lacks; answered by [`FromBridge::Unsent`].
    ReadUnsent {
        /// Id of the app.
        app: String,
    },
    /// What the server said to them; answered by [`FromBridge::Merged`].
    Merge {
        /// Id of the app.
        app: String,
        /// The server's answer.
        answer: Exchanged,
    },
}

/// Bridge worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FromBridge {
    /// Progress of dependency files, for a first load that takes longer than 300 ms.
    Fetching {
        /// Session.
        session: u64,
        /// Files there.
        loaded: u32,
        /// Files needed.
        total: u32,
    },
    /// A dependency file could not be had.
    DependencyFailed {
        /// Session.
        session: u64,
        /// File name.
        file: String,
        /// Why: network, status, or integrity.
        message: String,
    },
    /// A checked message of the frame.
    Frame {
        /// Session.
        session: u64,
        /// The message.
        message: FromFrame,
    },
    /// The frame has been silent for this long; sent once a second from two
    /// seconds on, and once with 0 when it is back.
    Silent {
        /// Session.
        session: u64,
        /// Milliseconds since the last heartbeat.
        silent_ms: u32,
    },
    /// The frame broke a limit repeatedly; the bridge has closed its port.
    Expelled {
        /// Session.
        session: u64,
        /// Which limit.
        reason: String,
    },
    /// What an app keeps.
    Data {
        /// Of the question.
        request: u64,
        /// Names and sizes.
        summary: DataSummary,
    },
    /// All that an app keeps.
    DataExported {
        /// Of the question.
        request: u64,
        /// JSON, the text of one file.
        text: String,
    },
    /// It was cleared, or put back.
    DataDone {
        /// Of the question.
        request: u64,
    },
    /// Documents of collections changed here, and the server lacks them.
    DocumentsChanged {
        /// Id of the app.
        app: String,
    },
    /// What the server lacks of an app's documents.
    Unsent {
        /// Id of the app.
        app: String,
        /// For the server; no changes when this browser has none.
        exchange: Exchange,
    },
    /// What the server said is part of what the app keeps.
    Merged {
        /// Id of the app.
        app: String,
        /// There is more to send or to hear.
        again: bool,
    },
    /// Neither could be read or written, in the browser's words.
    MergeFailed {
        /// Id of the app.
        app: String,
        /// Why.
        reason: String,
    },
    /// A question about an app's data came to nothing.
    DataFailed {
        /// Of the question.
        request: u64,
        /// Why, in the browser's words.
        reason: String,
    },
}

/// What an app keeps, in names and sizes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSummary {
    /// `localStorage`.
    pub items: Vec<DataItem>,
    /// Its IndexedDB.
    pub databases: Vec<DataDatabase>,
    /// Of `useAppData`.
    pub collections: Vec<DataTable>,
    /// Documents that changed since the server was told last.
    pub unsent: u64,
}

/// One key of `localStorage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataItem {
    /// The key.
    pub name: String,
    /// Size of key and value.
    pub bytes: u64,
}

/// One database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataDatabase {
    /// Its name.
    pub name: String,
    /// Its object stores.
    pub stores: Vec<DataTable>,
}

/// An object store or a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTable {
    /// Its name.
    pub name: String,
    /// Records or documents in it.
    pub count: u64,
    /// Their size.
    pub bytes: u64,
}
