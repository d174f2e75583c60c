//! What the frame says over its port.

use serde::{Deserialize, Serialize};

use super::console::{ConsoleForm, ConsoleLevel, ConsoleValue};
use crate::sandbox::Call;

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
    /// The app asks for something; [`super::ToBridge::Answer`] follows.
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
