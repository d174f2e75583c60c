//! Messages between the studio and the app in its frame.
//!
//! They travel over one transferred `MessagePort` whose host end lives in the
//! bridge worker; the page talks to the bridge worker with [`ToBridge`] and
//! hears [`FromBridge`]. The app is hostile: everything in [`FromFrame`] is
//! checked by the bridge worker before the page sees it.

use serde::{Deserialize, Serialize};

use crate::bundle::{Entry, NeededFile};
use crate::sandbox::{Answer, Call};

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

/// A message as it travels over the port, frame to bridge worker.
///
/// It carries no signature: a key in the frame would lie beside the hostile code that it should
/// tell apart. The transferred port is the capability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Envelope {
    /// [`crate::limits::BRIDGE_VERSION`].
    pub version: u32,
    /// Session that the frame was told with its first message; a message of another one is dropped.
    pub session: u64,
    /// From 1, one more with every message; a message that was there already is refused.
    pub seq: u64,
    /// The message.
    pub message: FromFrame,
}

/// Frame to bridge worker, in an [`Envelope`], as the page hears of it. What an
/// app keeps goes no further than the bridge and has no part here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum FromFrame {
    /// Boot script runs, policies hold.
    Booted,
    /// Policies don't hold; nothing of the app was run.
    Unsafe {
        /// Which check failed.
        reason: String,
    },
    /// Every [`crate::limits::HEARTBEAT_MS`].
    Heartbeat,
    /// The app is on the screen: something was rendered, or a replacement was applied.
    Ready {
        /// Revision it shows.
        revision: u64,
        /// Whether state was kept (a replacement in place) rather than the app started anew.
        kept_state: bool,
        /// Time in the frame from receipt to the committed change, in milliseconds.
        elapsed_ms: f64,
    },
    /// A build could not be applied in place; the page makes a new frame.
    ReloadNeeded {
        /// Revision.
        revision: u64,
        /// Why, one sentence.
        reason: String,
    },
    /// The app ran, but nothing is visible after [`crate::limits`]' time.
    NothingRendered {
        /// Revision.
        revision: u64,
        /// What was found: no element in `#root`, `null` rendered, …
        reason: String,
    },
    /// Something was thrown.
    Error {
        /// Where it came from.
        kind: ErrorKind,
        /// Name and message, cut at 8 KB.
        message: String,
        /// Frames in project modules, innermost first, compiled positions.
        stack: Vec<StackFrame>,
        /// React's component stack, names only, innermost first.
        components: Vec<String>,
        /// Revision that was running.
        revision: u64,
    },
    /// A console call.
    Console {
        /// Severity.
        level: ConsoleLevel,
        /// Arguments as text, bounded.
        args: Vec<String>,
        /// Where it was called.
        #[serde(default)]
        location: Option<StackFrame>,
    },
    /// The app asks for something; [`ToBridge::Answer`] follows.
    Request {
        /// Rises with every request of a session.
        id: u32,
        /// What for.
        call: Call,
    },
}

/// Where an error of the app came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// A dependency file or a module threw while it was run first.
    Load,
    /// React caught it while rendering.
    Render,
    /// A window `error` event.
    Uncaught,
    /// An unhandled rejection.
    Promise,
}

/// Severity of a console call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsoleLevel {
    /// `console.debug`
    Debug,
    /// `console.log`
    Log,
    /// `console.info`
    Info,
    /// `console.warn`
    Warn,
    /// `console.error`
    Error,
}

/// A place in a compiled module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StackFrame {
    /// Function name; empty when unknown.
    pub function: String,
    /// Module id.
    pub file: String,
    /// Line, from 1, in the compiled module.
    pub line: u32,
    /// Column, from 1, in the compiled module.
    pub column: u32,
}
