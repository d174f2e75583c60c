//! What an app asks of the studio over its port, and what it is answered: the
//! wire form of `SandboxAPI`.
//!
//! None of these names the app: who asks is known by the port alone.

use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::limits::{FETCH_MAX_HEADERS, FETCH_MAX_URL_CHARS};

/// One thing that an app asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Call {
    /// `SandboxAPI.fetch`. Answered with [`Answer::Response`].
    Fetch {
        /// What to send.
        request: OutsideRequest,
    },
    /// A picture of another host, for an element that shows it. Answered with
    /// [`Answer::Response`], whose `content-type` is the picture's own.
    Picture {
        /// Absolute `http:` or `https:` address.
        url: String,
    },
    /// `SandboxAPI.download`. From the frame it comes with the content itself as a blob; the
    /// bridge worker keeps that and gives the page an address of it. Answered with [`Answer::Done`].
    Download {
        /// Name of the file, without folders, at most [`crate::limits::DOWNLOAD_NAME_MAX_CHARS`].
        name: String,
        /// Bytes, at most [`crate::limits::DOWNLOAD_MAX_BYTES`].
        size: u64,
        /// `blob:` address of the content, which the bridge worker made.
        url: String,
    },
    /// `SandboxAPI.openExternal`, a link, `window.open`. Answered with [`Answer::Flag`]: whether
    /// it was opened.
    OpenExternal {
        /// Absolute `http:` or `https:` address.
        url: String,
    },
    /// `SandboxAPI.alert`. Answered with [`Answer::Done`].
    Alert {
        /// Text.
        text: String,
    },
    /// `SandboxAPI.confirm`. Answered with [`Answer::Flag`].
    Confirm {
        /// Question.
        text: String,
    },
    /// `SandboxAPI.prompt`. Answered with [`Answer::Text`], which is absent when it was cancelled.
    Prompt {
        /// Question.
        text: String,
        /// What the field holds at first.
        initial: String,
    },
    /// `window.print`: what the app shows, as large as its page is now. Answered with
    /// [`Answer::Flag`]: whether it was printed.
    Print {
        /// Width in CSS pixels, at most [`crate::limits::PRINT_MAX_PX`].
        width: u32,
        /// Height in CSS pixels, at most the same.
        height: u32,
    },
    /// `SandboxAPI.clipboard.writeText`. Answered with [`Answer::Done`].
    ClipboardWrite {
        /// Text.
        text: String,
    },
    /// `SandboxAPI.clipboard.readText`. Answered with [`Answer::Text`].
    ClipboardRead,
}

/// What became of a [`Call`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Answer {
    /// It was done.
    Done,
    /// Yes or no.
    Flag {
        /// Which.
        value: bool,
    },
    /// A text, or none.
    Text {
        /// The text.
        value: Option<String>,
    },
    /// What the outside answered.
    Response {
        /// The answer.
        response: OutsideResponse,
    },
    /// It wasn't done.
    Failed {
        /// For programs.
        code: CallErrorCode,
        /// What, why and the next step, in plain words.
        message: String,
    },
}

/// Why a call wasn't done, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallErrorCode {
    /// The person said no.
    Denied,
    /// [`crate::limits::BRIDGE_MAX_IN_FLIGHT`] calls are unanswered, or too many dialogs wait.
    TooMany,
    /// This needs the Cumulet server, and there is none.
    NeedsServer,
    /// The app asked for something that can't be: an address, a method, a name.
    Invalid,
    /// The address leads into a network that apps can't reach.
    ForbiddenAddress,
    /// More than [`crate::limits::FETCH_PER_MINUTE`] requests a minute, or
    /// [`crate::limits::PICTURES_PER_MINUTE`] pictures.
    RateLimited,
    /// The answer, or what is sent, is larger than its limit.
    TooLarge,
    /// The other side didn't answer, or not in time.
    Unreachable,
    /// The browser doesn't do it.
    Unavailable,
}

/// A request to the outside as an app makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutsideRequest {
    /// Absolute address.
    #[cfg_attr(feature = "schema", schemars(length(max = FETCH_MAX_URL_CHARS)))]
    pub url: String,
    /// One of [`OUTSIDE_METHODS`].
    #[cfg_attr(feature = "schema", schemars(extend("enum" = OUTSIDE_METHODS)))]
    pub method: String,
    /// Names and values in their order.
    #[cfg_attr(feature = "schema", schemars(length(max = FETCH_MAX_HEADERS)))]
    pub headers: Vec<(String, String)>,
    /// Base64 of the body, at most [`crate::limits::FETCH_MAX_REQUEST_BYTES`] of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// Methods that an app may use.
pub const OUTSIDE_METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// What the outside answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutsideResponse {
    /// Address after redirects.
    pub url: String,
    /// Status.
    pub status: u16,
    /// Headers, without cookies and those that concern the connection.
    pub headers: Vec<(String, String)>,
    /// Base64 of the body, at most [`crate::limits::FETCH_MAX_RESPONSE_BYTES`] of its own.
    pub body: String,
    /// Names of headers that the app set and that weren't sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// Body of `POST /api/apps/{id}/fetch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FetchOutside {
    /// What to send.
    pub request: OutsideRequest,
    /// Hosts (with a port when it isn't the scheme's own) that the person lets this app reach: a
    /// redirect to another one isn't followed.
    pub hosts: Vec<String>,
    /// For a picture: `GET` without headers, an answer that is one, and limits of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_picture: bool,
}

/// Answer of `POST /api/apps/{id}/fetch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FetchedOutside {
    /// The answer.
    Response {
        /// Of the last redirect, when there were any.
        response: OutsideResponse,
    },
    /// It leads to a host that isn't in [`FetchOutside::hosts`]; nothing was sent there.
    Redirected {
        /// Where to.
        url: String,
    },
}
