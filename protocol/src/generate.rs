//! `POST /api/generate`: request, and the Server-Sent Events of its answer.
//!
//! The event `start` names the generation. `GET /api/generate/{generation}`
//! with the header `Last-Event-ID` goes on with the events after that one, while
//! the server has them; `DELETE` stops it.

use serde::{Deserialize, Serialize};

use crate::app::{Files, Role};
use crate::error::ApiError;
#[cfg(feature = "schema")]
use crate::limits::{MAX_IMAGE_BYTES, MAX_IMAGES, MAX_MESSAGE_BYTES, MAX_PROMPT_BYTES};
#[cfg(feature = "schema")]
use crate::schema;

/// One earlier turn that the model sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Turn {
    /// Who spoke.
    pub role: Role,
    /// Prose, without files.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_MESSAGE_BYTES)))]
    pub content: String,
}

/// Body of `POST /api/generate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenerateRequest {
    /// What the person asks for.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_PROMPT_BYTES)))]
    pub prompt: String,
    /// Current files; empty for a new app.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "schema::Files"))]
    pub files: Files,
    /// Earlier turns, oldest first.
    #[serde(default)]
    pub history: Vec<Turn>,
    /// Problems to repair, as text: diagnostics and runtime errors with frames.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(inner(length(max = MAX_MESSAGE_BYTES))))]
    pub problems: Vec<String>,
    /// What the request is about, as text: the picked element, lines of the console.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(inner(length(max = MAX_MESSAGE_BYTES))))]
    pub context: Vec<String>,
    /// Pictures for models that see, as data URLs of PNG, JPEG, WebP or GIF.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_IMAGES), inner(length(max = MAX_IMAGE_BYTES))))]
    pub images: Vec<String>,
    /// Provider to ask instead of the preferred one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::ProviderId>"))]
    pub provider: Option<String>,
    /// Its model to ask instead of the one in the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether the model is asked even if the same was answered before.
    #[serde(default)]
    pub fresh: bool,
}

/// One event. The SSE event name is the tag, the data its JSON with the tag
/// inside; the id counts from 1.
///
/// The counts of `Usage` are of the whole generation so far: the last one counts.
/// A file arrives as `File { complete: false }`, then `Chunk`s with its
/// `filename`, then `File { complete: true }` with its whole content. A stream
/// always ends with `Complete` or `Error`. A file that begins and is never
/// completed (cut, a patch, a placeholder for code) must not be used: the app
/// keeps what it had. A file completed twice counts as last completed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum GenerateEvent {
    /// A model is asked. Comes again after [`GenerateEvent::Restart`].
    Start {
        /// Names this generation for resuming and stopping; empty where nothing can.
        generation: String,
        /// The provider's name.
        provider: String,
        /// The model's name.
        model: String,
        /// Estimated tokens of the prompt.
        prompt_tokens: u64,
        /// Tokens that prompt and answer may take together.
        context_tokens: u64,
        /// The answer is one from before.
        cached: bool,
    },
    /// The model failed in mid-answer and another one begins anew: everything
    /// since the beginning is void, complete files too.
    Restart {
        /// What happened and who goes on, one sentence.
        message: String,
    },
    /// What is going on, before and between files.
    Status {
        /// One short sentence: "Waiting for qwen3-coder:30b".
        message: String,
    },
    /// Text as the model writes it: of the named file, or prose when `filename` is absent.
    Chunk {
        /// File that is being written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
        /// The text to append.
        content: String,
    },
    /// A file begins (`complete: false`, empty content), is done, or is deleted.
    File {
        /// Project path.
        filename: String,
        /// Whole text when complete; `None` when the model deletes the file.
        content: Option<String>,
        /// Whether the model has finished it.
        complete: bool,
    },
    /// Token counts, when the provider tells; the last one counts.
    Usage {
        /// Tokens of the prompt.
        prompt_tokens: u64,
        /// Tokens of the answer.
        completion_tokens: u64,
        /// Millionths of a US dollar, where the provider tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cost_micro_usd: Option<u64>,
    },
    /// The end: everything arrived.
    Complete {
        /// Paths written, in order.
        files: Vec<String>,
        /// Paths deleted, in order.
        deleted: Vec<String>,
        /// Things the reader had to guess or drop, one sentence each.
        notes: Vec<String>,
        /// Whether the provider stopped because of its length limit.
        truncated: bool,
    },
    /// The end: it failed. Complete files before it stay valid.
    Error {
        /// Cause and next step.
        error: ApiError,
    },
}
