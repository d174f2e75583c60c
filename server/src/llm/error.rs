//! Failures of a provider, worded for the person who set it up: what happened,
//! and what to do.

use std::error::Error as _;
use std::io;

use protocol::error::ErrorCode;
use protocol::provider::ProviderKind;
use reqwest::StatusCode;

use crate::provider::ProviderConfig;

/// Longest part of a provider's own message that is passed on, in characters.
const MAX_DETAIL_CHARS: usize = 300;

/// Why a provider gave no (whole) answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The case, for programs.
    pub code: ErrorCode,
    /// What happened, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub help: String,
    /// Seconds to wait, when the provider says so.
    pub retry_after_s: Option<u64>,
}

impl Error {
    /// A failure of this kind.
    pub(super) fn new(
        code: ErrorCode,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            help: help.into(),
            retry_after_s: None,
        }
    }

    /// The connection failed before there was an answer.
    pub(super) fn from_send(error: &reqwest::Error, config: &ProviderConfig) -> Self {
        let url = &config.base_url;
        let causes = causes(error);
        if error.is_builder() {
            return Self::new(
                ErrorCode::ProviderUnreachable,
                format!("`{url}` can't be used as an address"),
                "Correct the address in the settings.",
            );
        }
        if causes.contains("dns error") || causes.contains("failed to lookup") {
            return Self::new(
                ErrorCode::ProviderUnreachable,
                format!("the host name in `{url}` is not known"),
                "Check the spelling of the address, and the network connection.",
            );
        }
        if causes.contains("certificate") {
            return Self::new(
                ErrorCode::ProviderUnreachable,
                format!("the certificate of `{url}` can't be trusted"),
                "Check the address; for a server in your own network, `http://` may be right.",
            );
        }
        if error.is_timeout() {
            return Self::new(
                ErrorCode::ProviderUnreachable,
                format!("`{url}` did not answer in time"),
                not_running_help(config),
            );
        }
        if error.is_connect() {
            if io_kind(error) == Some(io::ErrorKind::ConnectionRefused) {
                return Self::new(
                    ErrorCode::ProviderUnreachable,
                    format!("{} is not running at `{url}`", name(config.kind)),
                    not_running_help(config),
                );
            }
            return Self::new(
                ErrorCode::ProviderUnreachable,
                format!("no connection to `{url}` could be made"),
                not_running_help(config),
            );
        }
        Self::new(
            ErrorCode::ProviderInvalidResponse,
            format!("`{url}` closed the connection without an answer"),
            format!("Check that {} runs at this address.", name(config.kind)),
        )
    }

    /// The provider answered with a failure. `detail` is its own message.
    pub(super) fn from_status(
        status: StatusCode,
        detail: Option<&str>,
        config: &ProviderConfig,
    ) -> Self {
        let url = &config.base_url;
        let code = status.as_u16();
        let lower = detail.unwrap_or_default().to_lowercase();
        let said = said(detail, config);
        if is_model_missing(code, &lower) {
            return Self::model_not_found(config);
        }
        if is_context(&lower) {
            return Self::new(
                ErrorCode::ContextTooLarge,
                format!(
                    "the request is longer than `{}` can read{said}",
                    config.model
                ),
                "Choose a model with a longer context, or make the app smaller.",
            );
        }
        match code {
            401 | 403 if config.api_key.is_none() => Self::new(
                ErrorCode::ProviderUnauthorized,
                format!("`{url}` wants a key"),
                "Enter the provider's API key in the settings.",
            ),
            // The provider's own words may repeat the key.
            401 | 403 => Self::new(
                ErrorCode::ProviderUnauthorized,
                format!("`{url}` refused the key"),
                "Check the key in the settings, or make a new one at the provider.",
            ),
            402 => Self::new(
                ErrorCode::ProviderFailed,
                format!("the account at `{url}` has no credit left{said}"),
                "Add credit at the provider, or choose another model.",
            ),
            404 | 405 => Self::new(
                ErrorCode::ProviderInvalidResponse,
                format!("`{url}` has no {} API (status {code})", name(config.kind)),
                address_help(config),
            ),
            429 => Self::new(
                ErrorCode::RateLimited,
                format!("`{url}` wants fewer requests{said}"),
                "Wait a little and try again.",
            ),
            300..=399 => Self::new(
                ErrorCode::ProviderInvalidResponse,
                format!("`{url}` sends requests on to another address (status {code})"),
                "Enter the final address in the settings, often with `https://` or with a path.",
            ),
            500..=599 => Self::new(
                ErrorCode::ProviderFailed,
                format!("{} failed with status {code}{said}", name(config.kind)),
                match config.kind {
                    ProviderKind::Ollama => {
                        "Look at Ollama's log; often the model needs more memory than there is."
                    }
                    _ => "Try again; if it stays, choose another model.",
                },
            ),
            _ => Self::new(
                ErrorCode::ProviderFailed,
                format!(
                    "{} refused the request with status {code}{said}",
                    name(config.kind)
                ),
                "Check model and address in the settings.",
            ),
        }
    }

    /// The stream carried an error object after it had begun well.
    pub(super) fn from_stream(detail: &str, config: &ProviderConfig) -> Self {
        let lower = detail.to_lowercase();
        if is_model_missing(404, &lower) {
            return Self::model_not_found(config);
        }
        if is_context(&lower) {
            return Self::from_status(StatusCode::BAD_REQUEST, Some(detail), config);
        }
        Self::new(
            ErrorCode::ProviderFailed,
            format!(
                "{} failed while answering{}",
                name(config.kind),
                said(Some(detail), config)
            ),
            "Try again; if it stays, choose another model.",
        )
    }

    fn model_not_found(config: &ProviderConfig) -> Self {
        let model = &config.model;
        Self::new(
            ErrorCode::ModelNotFound,
            format!("there is no model `{model}` at `{}`", config.base_url),
            match config.kind {
                ProviderKind::Ollama => {
                    format!(
                        "Fetch it with `ollama pull {model}`, or choose another one in the settings."
                    )
                }
                _ => "Choose another model in the settings.".to_owned(),
            },
        )
    }

    /// A web page where an API should be.
    pub(super) fn web_page(config: &ProviderConfig) -> Self {
        Self::new(
            ErrorCode::ProviderInvalidResponse,
            format!(
                "this address answers with a web page, not with the {} API: `{}`",
                name(config.kind),
                config.base_url
            ),
            address_help(config),
        )
    }

    /// An answer without a single byte.
    pub(super) fn empty(config: &ProviderConfig) -> Self {
        Self::new(
            ErrorCode::ProviderInvalidResponse,
            format!("`{}` answered with nothing", config.base_url),
            format!("Check that {} runs at this address.", name(config.kind)),
        )
    }

    /// An answer that isn't what the API promises.
    pub(super) fn garbage(config: &ProviderConfig) -> Self {
        Self::new(
            ErrorCode::ProviderInvalidResponse,
            format!(
                "`{}` answers, but not as the {} API does",
                config.base_url,
                name(config.kind)
            ),
            address_help(config),
        )
    }

    /// The stream ended, or broke off, in the middle.
    pub(super) fn interrupted(config: &ProviderConfig) -> Self {
        Self::new(
            ErrorCode::ProviderInterrupted,
            format!(
                "the answer of `{}` broke off before it was complete",
                config.model
            ),
            "Try again; complete files are kept.",
        )
    }

    /// A short answer didn't come.
    pub(super) fn late(config: &ProviderConfig, seconds: u64) -> Self {
        Self::new(
            ErrorCode::ProviderUnreachable,
            format!(
                "`{}` did not answer within {seconds} seconds",
                config.base_url
            ),
            "Check the address in the settings; a busy machine may need a second try.",
        )
    }

    /// Nothing came for too long.
    pub(super) fn silent(config: &ProviderConfig, seconds: u64, begun: bool) -> Self {
        let what = if begun {
            "went silent"
        } else {
            "has not begun to answer"
        };
        Self::new(
            ErrorCode::ProviderInterrupted,
            format!("`{}` {what} for {seconds} seconds", config.model),
            match config.kind {
                ProviderKind::Ollama => {
                    "Try again; a smaller model loads and answers faster on this machine."
                }
                _ => "Try again, or choose another model.",
            },
        )
    }
}

/// A provider that offers no model at all.
pub fn no_models(config: &ProviderConfig) -> Error {
    Error::new(
        ErrorCode::ModelNotFound,
        format!(
            "{} runs at `{}`, but has no models",
            name(config.kind),
            config.base_url
        ),
        match config.kind {
            ProviderKind::Ollama => "Fetch one, for example with `ollama pull qwen2.5-coder:7b`.",
            _ => "Load a model in the server, then try again.",
        },
    )
}

/// A complete answer without any text.
pub fn no_text(config: &ProviderConfig) -> Error {
    Error::new(
        ErrorCode::ProviderInvalidResponse,
        format!(
            "`{}` ended its answer without writing anything",
            config.model
        ),
        "Try again, or choose another model.",
    )
}

fn name(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Ollama => "Ollama",
        ProviderKind::Openai => "the OpenAI-compatible server",
        ProviderKind::Anthropic => "Anthropic",
    }
}

fn not_running_help(config: &ProviderConfig) -> &'static str {
    match config.kind {
        ProviderKind::Ollama => {
            "Start it with `ollama serve`, or correct the address in the settings."
        }
        _ => "Start the server, or correct the address in the settings.",
    }
}

fn address_help(config: &ProviderConfig) -> &'static str {
    match config.kind {
        ProviderKind::Ollama => "Ollama's address is mostly `http://localhost:11434`.",
        ProviderKind::Openai if config.base_url.ends_with("/v1") => {
            "Check host and port of the address in the settings."
        }
        ProviderKind::Openai => "Most servers need `/v1` at the end of the address.",
        ProviderKind::Anthropic => "Anthropic's address is `https://api.anthropic.com`.",
    }
}

/// The provider's own words as the end of a sentence, without the key.
fn said(detail: Option<&str>, config: &ProviderConfig) -> String {
    let Some(detail) = detail.map(str::trim).filter(|detail| !detail.is_empty()) else {
        return String::new();
    };
    let mut detail = detail.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(key) = &config.api_key {
        detail = detail.replace(key.expose(), "…");
    }
    let cut: String = detail.chars().take(MAX_DETAIL_CHARS).collect();
    format!(": {cut}")
}

fn is_model_missing(status: u16, lower: &str) -> bool {
    let missing = [
        "not found",
        "not exist",
        "not a valid model",
        "no such model",
    ];
    matches!(status, 400 | 404)
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
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// The whole chain of causes, for telling cases apart that the client's own
/// questions don't.
fn causes(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&cause.to_string().to_lowercase());
        text.push('\n');
        source = cause.source();
    }
    text
}

fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            return Some(io.kind());
        }
        source = cause.source();
    }
    None
}
