//! Console calls of the app.

use serde::{Deserialize, Serialize};

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
