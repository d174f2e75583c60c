//! What can go wrong with a request.

use protocol::error::{ApiError, ErrorCode};

/// Why a request gave nothing. `crate::message` makes sentences of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Error {
    /// No answer: offline, refused, or cut.
    Network,
    /// Ended on purpose by the page; never shown.
    Aborted,
    /// The server said no.
    Api(ApiError),
    /// The answer isn't what the protocol says; the text names the difference.
    Decode(String),
}

/// Result of a request.
pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The server's code, if it is the server that refused.
    pub(crate) fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Api(error) => Some(error.code),
            _ => None,
        }
    }
}
