//! Failed requests: which status and which words each failure gets.
//!
//! A [`Failure`] travels as an extension of an empty response; the request
//! layer writes the body, because only it knows the request's id, and logs the
//! cause, which the body never carries.

use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::error::{ApiError, ErrorCode};
use protocol::limits::MAX_BODY_BYTES;

use crate::{outside, services, store};

/// A failed request.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// Status of the response.
    pub(crate) status: StatusCode,
    /// Body, still without the request's id.
    pub(crate) error: Box<ApiError>,
    /// What the log says besides.
    pub(crate) cause: Option<String>,
}

impl Failure {
    /// A failure whose status follows from its code.
    pub(crate) fn new(
        code: ErrorCode,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let help = help.into();
        Self {
            status: status(code),
            error: Box::new(ApiError {
                code,
                message: message.into(),
                help: (!help.is_empty()).then_some(help),
                retry_after_s: None,
                request_id: String::new(),
            }),
            cause: None,
        }
    }

    /// Our fault: fixed words for the client, the cause for the log.
    pub(crate) fn internal(cause: impl Into<String>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::new(
                ErrorCode::Internal,
                "the server failed",
                "Try again; the server's log says more under the request id.",
            )
        }
    }

    /// The same with the seconds after which it may succeed.
    #[must_use]
    fn with_retry(mut self, retry_after_s: Option<u64>) -> Self {
        self.error.retry_after_s = retry_after_s;
        self
    }

    /// The same with another status.
    #[must_use]
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

/// Provider failures are 502, not the provider's own status: a 401 here would
/// say that the browser must log in to Cumulet.
pub(crate) fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidBody => StatusCode::BAD_REQUEST,
        ErrorCode::InvalidInput | ErrorCode::ContextTooLarge | ErrorCode::ProviderNotConfigured => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Conflict => StatusCode::CONFLICT,
        ErrorCode::ForbiddenOrigin | ErrorCode::ForbiddenAddress => StatusCode::FORBIDDEN,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::ProviderUnreachable
        | ErrorCode::ProviderFailed
        | ErrorCode::ProviderInvalidResponse
        | ErrorCode::ProviderInterrupted
        | ErrorCode::ProviderUnauthorized
        | ErrorCode::ModelNotFound
        | ErrorCode::OutsideUnreachable => StatusCode::BAD_GATEWAY,
        ErrorCode::ShuttingDown => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<services::Error> for Failure {
    fn from(error: services::Error) -> Self {
        use services::Error;
        match error {
            Error::Invalid { message, help } => Self::new(ErrorCode::InvalidInput, message, help),
            Error::TooLarge { message, help } => Self::new(ErrorCode::TooLarge, message, help),
            Error::NotFound { message, help } => Self::new(ErrorCode::NotFound, message, help),
            Error::Conflict { message, help } => Self::new(ErrorCode::Conflict, message, help),
            Error::ProviderNotConfigured => Self::new(
                ErrorCode::ProviderNotConfigured,
                "no language model is set up",
                "Choose a provider and a model in the settings.",
            ),
            Error::ShuttingDown => Self::new(
                ErrorCode::ShuttingDown,
                "the server is shutting down",
                "Try again when it runs again; complete files are kept.",
            ),
            Error::Manifest(reason) => Self {
                cause: Some(reason),
                ..Self::new(
                    ErrorCode::Internal,
                    "the list of packages (deps/manifest.json) is missing from the site or can't be read",
                    "Build the dependency files with `cargo xtask deps`, then try again.",
                )
            },
            Error::TooOften { retry_after_s } => Self::new(
                ErrorCode::RateLimited,
                error.to_string(),
                format!("Wait {retry_after_s} seconds, and ask for less at once."),
            )
            .with_retry(Some(retry_after_s)),
            Error::TooManyGenerations { retry_after_s, .. } => Self::new(
                ErrorCode::RateLimited,
                error.to_string(),
                "Wait until then; who runs the server can raise the limit with GENERATIONS_PER_HOUR.",
            )
            .with_retry(Some(retry_after_s)),
            Error::Stopped => Self::new(
                ErrorCode::ProviderInterrupted,
                error.to_string(),
                "Send the request again to begin anew; complete files are kept.",
            ),
            Error::Vault(_) => Self::internal(error.to_string()),
            Error::Outside(error) => error.into(),
            Error::Llm(error) => {
                Self::new(error.code, error.message, error.help).with_retry(error.retry_after_s)
            }
            Error::Store(error) => error.into(),
        }
    }
}

impl From<outside::Error> for Failure {
    fn from(error: outside::Error) -> Self {
        use outside::Error;
        let message = error.to_string();
        match error {
            Error::Invalid { help, .. } => Self::new(ErrorCode::InvalidInput, message, help),
            Error::Forbidden { .. } => Self::new(
                ErrorCode::ForbiddenAddress,
                message,
                "Apps reach public addresses only; others can be allowed with `--fetch-host NAME` when the server is started.",
            ),
            Error::TooLarge { .. } => Self::new(
                ErrorCode::TooLarge,
                message,
                "Ask for a part of it, or for a smaller form.",
            ),
            Error::Unreachable { .. } => Self::new(
                ErrorCode::OutsideUnreachable,
                message,
                "Check the address, and try again later.",
            ),
        }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        let status = rejection.status();
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::new(
                ErrorCode::TooLarge,
                format!(
                    "the request has more than {} MB",
                    MAX_BODY_BYTES / 1024 / 1024
                ),
                "Send less at once.",
            );
        }
        let (message, help) = match &rejection {
            JsonRejection::MissingJsonContentType(_) => (
                "the request's body isn't declared as JSON".to_owned(),
                "Send the header `Content-Type: application/json`.",
            ),
            JsonRejection::JsonSyntaxError(error) => (
                format!(
                    "the request's body is no JSON: {}",
                    reason(&error.body_text())
                ),
                "Send valid JSON in UTF-8.",
            ),
            JsonRejection::JsonDataError(error) => (
                format!(
                    "the request's body isn't what this route expects: {}",
                    reason(&error.body_text())
                ),
                "Correct the named field.",
            ),
            _ => (
                "the request's body did not arrive completely".to_owned(),
                "Send it again.",
            ),
        };
        Self::new(ErrorCode::InvalidBody, message, help).with_status(status)
    }
}

/// The part of axum's sentence that says what is wrong and where.
fn reason(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, reason)| reason)
}
