//! What can go wrong between asking a model and its whole answer.

use std::fmt;

use protocol::provider::ProviderKind;
use serde_json::Value;

/// Where a model is asked, as far as the words for a failure depend on it.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// API.
    pub kind: ProviderKind,
    /// Address without the API's path.
    pub base_url: String,
    /// The model's name.
    pub model: String,
    /// Kept out of every text.
    pub key: Option<String>,
    /// Origin of the page that asks by itself; `None` where a server does.
    pub page: Option<String>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("kind", &self.kind)
            .field("base_url", &self.base_url)
            .field("model", &self.model)
            .field("key", &self.key.as_ref().map(|_| "redacted"))
            .field("page", &self.page)
            .finish()
    }
}

/// Why there was no connection, or no answer on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The address is none.
    Address,
    /// The host name isn't known.
    Host,
    /// The certificate can't be trusted.
    Certificate,
    /// Connecting took too long.
    Timeout,
    /// Nothing listens there.
    Refused,
    /// No connection, for another reason.
    Connection,
    /// The connection ended before the answer began.
    Closed,
    /// Nothing answers a page, or its browser keeps it from asking: browsers don't tell which.
    Browser,
    /// Something answers, but not to pages of this origin.
    Origin,
    /// A page that came over https may not ask this address without.
    Mixed,
    /// The policies of the page don't name this address.
    Policy,
}

/// Why a provider gave no (whole) answer. `detail` is its own message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No connection.
    Unreachable(Unreachable),
    /// The key is missing or wrong.
    Unauthorized,
    /// The account is empty.
    NoCredit {
        /// As the provider says it.
        detail: Option<String>,
    },
    /// Too many requests.
    RateLimited {
        /// As the provider says it.
        detail: Option<String>,
        /// Seconds to wait, when the provider says so.
        retry_after_s: Option<u64>,
    },
    /// The model isn't there.
    ModelMissing,
    /// The provider finds the request too long.
    ContextTooLarge {
        /// As the provider says it.
        detail: Option<String>,
    },
    /// The request doesn't fit; nobody was asked.
    PromptTooLarge {
        /// Estimated tokens of the prompt.
        tokens: u32,
        /// What the model can take, answer included.
        limit: u32,
    },
    /// There is no such API at the address: 404 or 405.
    NoApi {
        /// HTTP status.
        status: u16,
    },
    /// The address sends requests on to another one, which could carry the key away.
    Redirect {
        /// HTTP status; 0 where a browser keeps it to itself.
        status: u16,
    },
    /// The provider failed: 500 to 599.
    Server {
        /// HTTP status.
        status: u16,
        /// As the provider says it.
        detail: Option<String>,
        /// Seconds to wait, when the provider says so.
        retry_after_s: Option<u64>,
    },
    /// The provider refused the request, with another status.
    Refused {
        /// HTTP status.
        status: u16,
        /// As the provider says it.
        detail: Option<String>,
    },
    /// An error object in a stream that had begun well.
    Stream {
        /// As the provider says it.
        detail: String,
    },
    /// A web page where an API should be.
    WebPage,
    /// An answer that isn't what the API promises.
    Garbage,
    /// An answer without a single byte.
    Empty,
    /// The stream ended, or broke off, in the middle.
    Interrupted,
    /// A short answer didn't come.
    Late {
        /// Seconds waited.
        seconds: u64,
    },
    /// Nothing came for too long.
    Silent {
        /// Seconds waited.
        seconds: u64,
        /// Whether the answer had begun.
        begun: bool,
    },
    /// The provider offers no model at all.
    NoModels,
    /// A whole answer without any text.
    NoText,
}

impl Failure {
    /// The failure of an answer whose status is no success. `body` is the
    /// answer, of which the first few kilobytes are enough.
    pub fn from_status(status: u16, body: &[u8], retry_after_s: Option<u64>) -> Self {
        let detail = serde_json::from_slice(body)
            .ok()
            .and_then(|value: Value| error_text(&value));
        let lower = detail.as_deref().unwrap_or_default().to_lowercase();
        if is_model_missing(status, &lower) {
            return Self::ModelMissing;
        }
        if is_context(&lower) {
            return Self::ContextTooLarge { detail };
        }
        match status {
            401 | 403 => Self::Unauthorized,
            // LiteLLM without a database says so of every key but its own.
            400 if lower == "no connected db." => Self::Unauthorized,
            402 => Self::NoCredit { detail },
            404 | 405 => Self::NoApi { status },
            429 => Self::RateLimited {
                detail,
                retry_after_s,
            },
            300..=399 => Self::Redirect { status },
            500..=599 => Self::Server {
                status,
                detail,
                retry_after_s,
            },
            _ => Self::Refused { status, detail },
        }
    }

    /// The failure of an error object in an answer whose status is a success.
    pub(super) fn in_stream(detail: &str) -> Self {
        let lower = detail.to_lowercase();
        let detail = detail.to_owned();
        if is_model_missing(404, &lower) {
            Self::ModelMissing
        } else if is_context(&lower) {
            Self::ContextTooLarge {
                detail: Some(detail),
            }
        } else {
            Self::Stream { detail }
        }
    }

    /// Whether the fault is the provider's: another one may succeed, and this
    /// one should rest when it goes on. Not so where the request, or the model's
    /// answer to it, is what doesn't work.
    pub fn is_provider_down(&self) -> bool {
        !matches!(
            self,
            Self::ContextTooLarge { .. }
                | Self::PromptTooLarge { .. }
                | Self::Refused { .. }
                | Self::NoText
        )
    }

    /// Whether a provider has no such route, or answers it in another way: what
    /// isn't needed can be done without then.
    pub fn lacks_route(&self) -> bool {
        matches!(
            self,
            Self::NoApi { .. } | Self::WebPage | Self::Garbage | Self::Empty
        )
    }

    /// Seconds to wait, when the provider says so.
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after_s, .. } | Self::Server { retry_after_s, .. } => {
                *retry_after_s
            }
            _ => None,
        }
    }
}

/// The text of an `error` member: `"…"`, `{"message": "…"}`, or beside it
/// `message`, `detail`; Gemini puts it all into a list.
pub(super) fn error_text(value: &Value) -> Option<String> {
    let value = value.get(0).unwrap_or(value);
    let text = match value.get("error") {
        Some(Value::String(text)) => Some(text.as_str()),
        Some(error) if !error.is_null() => Some(
            error
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or("no reason given"),
        ),
        _ => None,
    };
    text.or_else(|| value.get("detail").and_then(Value::as_str))
        .or_else(|| {
            // `message` alone is an error's text only where nothing else is an answer.
            value
                .get("choices")
                .is_none()
                .then(|| value.get("message")?.as_str())
                .flatten()
        })
        .map(ToOwned::to_owned)
}

fn is_model_missing(status: u16, lower: &str) -> bool {
    let missing = [
        "not found",
        "not exist",
        "not a valid model",
        "no such model",
        // LiteLLM's.
        "invalid model name",
    ];
    // Anthropic's words are the model's name behind this.
    lower.starts_with("model: ") && status == 404
        || matches!(status, 400 | 404)
            && lower.contains("model")
            && missing.iter().any(|words| lower.contains(words))
}

fn is_context(lower: &str) -> bool {
    [
        "context length",
        "context_length",
        "maximum context",
        "context window",
        "context size",
        // Anthropic's.
        "prompt is too long",
    ]
    .iter()
    .any(|words| lower.contains(words))
}
