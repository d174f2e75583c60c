//! A failure of a provider, with its words.

use std::error::Error as _;
use std::io;

use generation::dialect::{Failure, Unreachable};
use protocol::error::{ApiError, ErrorCode};

use crate::provider::ProviderConfig;

/// Why a provider gave no (whole) answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What went wrong.
    pub failure: Failure,
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
    /// Words a failure for the person who set the provider up.
    pub fn new(failure: Failure, config: &ProviderConfig) -> Self {
        let words = failure.explain(&config.endpoint());
        Self::worded(failure, words)
    }

    /// The same with words of its own.
    pub fn worded(failure: Failure, words: ApiError) -> Self {
        Self {
            failure,
            code: words.code,
            message: words.message,
            help: words.help.unwrap_or_default(),
            retry_after_s: words.retry_after_s,
        }
    }
}

/// Why there was no connection.
pub(super) fn unreachable(error: &reqwest::Error) -> Unreachable {
    let causes = causes(error);
    if error.is_builder() {
        Unreachable::Address
    } else if causes.contains("dns error") || causes.contains("failed to lookup") {
        Unreachable::Host
    } else if causes.contains("certificate") {
        Unreachable::Certificate
    } else if error.is_timeout() {
        Unreachable::Timeout
    } else if !error.is_connect() {
        Unreachable::Closed
    } else if io_kind(error) == Some(io::ErrorKind::ConnectionRefused) {
        Unreachable::Refused
    } else {
        Unreachable::Connection
    }
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
