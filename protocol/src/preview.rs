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
    /// The browser has drawn what [`FromFrame::Ready`] told of. Not sent while the page is hidden.
    Painted {
        /// Revision.
        revision: u64,
        /// Time from the committed change until it was drawn, in milliseconds.
        paint_ms: f64,
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
        /// How it is drawn.
        form: ConsoleForm,
        /// Groups that it stands in, at most [`crate::limits::CONSOLE_MAX_GROUPS`].
        indent: u32,
        /// Arguments, bounded.
        args: Vec<ConsoleValue>,
        /// Where it was called.
        #[serde(default)]
        location: Option<StackFrame>,
    },
    /// The policies stopped requests; equal ones come together.
    Blocked {
        /// At most [`crate::limits::BLOCKED_MAX_ATTEMPTS`].
        attempts: Vec<BlockedAttempt>,
    },
    /// The app's address changed, or what lies before and behind it.
    Location {
        /// Path, query and hash; ASCII without spaces.
        path: String,
        /// Whether there is an entry before it.
        can_go_back: bool,
        /// Whether there is one behind it.
        can_go_forward: bool,
    },
    /// The person picked an element, which ends the picking.
    Picked {
        /// Names of the components that it is in, innermost first.
        components: Vec<String>,
        /// Where the element and those around it are written, innermost first; compiled positions.
        places: Vec<StackFrame>,
    },
    /// The person left the picking.
    PickEnded,
    /// A picture of what the app shows, drawn by the app's own frame. From the frame it comes with
    /// the picture itself; the bridge worker looks at it and gives the page an address of it.
    Captured {
        /// `blob:` address of a PNG of at most [`crate::limits::CAPTURE_MAX_BYTES`], which the
        /// bridge worker made; `None` when there is no such picture.
        url: Option<String>,
        /// What the picture lacks.
        missing: Vec<Missing>,
    },
    /// The app asks for something; [`ToBridge::Answer`] follows.
    Request {
        /// Rises with every request of a session.
        id: u32,
        /// What for.
        call: Call,
    },
}

/// A request that the policies stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlockedAttempt {
    /// Directive of the policy: `connect-src`, `img-src`, …
    pub directive: String,
    /// Address, at most [`crate::limits::FETCH_MAX_URL_CHARS`].
    pub url: String,
    /// How often.
    pub count: u32,
}

/// What a picture of an app may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Frames in the app.
    Frames,
    /// Videos.
    Videos,
    /// Canvases that can't be read.
    Canvases,
    /// Pictures from the web.
    Pictures,
}

/// Where an error of the app came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// A dependency file or a module threw while it was run first.
    Load,
    /// React caught it while rendering.
    Render,
    /// A window `error` event: a timer or a callback threw.
    Uncaught,
    /// The same while the browser told of what the person did: a handler threw.
    Event,
    /// An unhandled rejection.
    Promise,
    /// A worker that the app made threw, or its script couldn't be loaded.
    Worker,
    /// The app stores more than its limit.
    Storage,
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

/// How a console call is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsoleForm {
    /// Its values, one after the other.
    Line,
    /// Its first value as rows and columns: `console.table`.
    Table,
    /// Heads the entries of a higher indent that follow: `console.group`.
    Group,
    /// The same, closed at first: `console.groupCollapsed`.
    ClosedGroup,
    /// Takes away what was there: `console.clear`.
    Clear,
}

/// One argument of a console call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ConsoleValue {
    /// A text, as it is.
    Text(String),
    /// Any other value.
    Node(ConsoleNode),
}

/// A value and what is in it. All nodes of a call together are at most
/// [`crate::limits::CONSOLE_MAX_NODES`], [`crate::limits::CONSOLE_MAX_DEPTH`] deep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsoleNode {
    /// What it is.
    pub kind: ValueKind,
    /// The value in short.
    pub text: String,
    /// Names and values of what is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<(String, ConsoleNode)>,
    /// There is more in it than `entries`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_cut: bool,
}

/// What a value is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A text, in quotation marks.
    String,
    /// A number.
    Number,
    /// `true`, `null`, `undefined`, a symbol; and what can't be looked at.
    Keyword,
    /// A function or a class.
    Function,
    /// Anything with properties, entries or elements.
    Object,
    /// An error.
    Error,
    /// A node of the document.
    Element,
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
