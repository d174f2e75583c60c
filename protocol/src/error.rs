//! The one shape of a failed request.

use serde::{Deserialize, Serialize};

/// What went wrong, for programs. Serialised in `snake_case`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The body is not the JSON that the route expects.
    InvalidBody,
    /// A field breaks a rule that `message` names.
    InvalidInput,
    /// A file, an app or a prompt is larger than its limit.
    TooLarge,
    /// Nothing has this id or address.
    NotFound,
    /// The app has changed since the revision that the request names.
    Conflict,
    /// The request comes from another site or to another host name.
    ForbiddenOrigin,
    /// An app asked for an address that apps may not reach.
    ForbiddenAddress,
    /// The address that an app asked for doesn't answer.
    OutsideUnreachable,
    /// No language model is set up.
    ProviderNotConfigured,
    /// The language model can't be reached.
    ProviderUnreachable,
    /// The language model refused or failed.
    ProviderFailed,
    /// The language model's answer isn't what its API promises.
    ProviderInvalidResponse,
    /// The model's stream ended before it was complete.
    ProviderInterrupted,
    /// The named model isn't there.
    ModelNotFound,
    /// The key is missing or wrong.
    ProviderUnauthorized,
    /// Too many requests, for a provider or for this server's own limit.
    RateLimited,
    /// The prompt doesn't fit into the model's context.
    ContextTooLarge,
    /// The server is shutting down.
    ShuttingDown,
    /// Our fault; the cause is in the server's log under the request id.
    Internal,
}

/// Body of every failed request, and payload of the SSE event `error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// For programs.
    pub code: ErrorCode,
    /// What happened and why, one sentence in plain words.
    pub message: String,
    /// The next step, one sentence; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Seconds after which the same request may succeed, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
    /// Finds the request in the server's log.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}
