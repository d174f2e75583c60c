//! What the server decides: rules, limits, ids and times. No HTTP, no SQL.

pub mod apps;
pub mod documents;
pub mod generation;
pub mod messages;
pub mod outside;
pub mod providers;
pub mod quota;
mod rules;

use crate::{llm, outside as sender, store};

/// Why a service refused or failed. Each message is one sentence for a person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field breaks a rule.
    #[error("{message}")]
    Invalid {
        /// The rule that is broken, and by what.
        message: String,
        /// What to do next.
        help: String,
    },
    /// Something is larger than its limit.
    #[error("{message}")]
    TooLarge {
        /// What, how large, and the limit.
        message: String,
        /// What to do next.
        help: String,
    },
    /// Nothing has this id.
    #[error("{message}")]
    NotFound {
        /// What is missing.
        message: String,
        /// What to do next.
        help: String,
    },
    /// The state isn't the one that the request was made for.
    #[error("{message}")]
    Conflict {
        /// The state now.
        message: String,
        /// What to do next.
        help: String,
    },
    /// No language model is set up.
    #[error("no language model is set up")]
    ProviderNotConfigured,
    /// Somebody stopped the generation, or nobody read it any more.
    #[error("the generation was stopped")]
    Stopped,
    /// No further generation may begin now.
    #[error(
        "{per_hour} {what} may begin in an hour, and that many have; the next one may begin in {}",
        minutes(*retry_after_s)
    )]
    TooManyGenerations {
        /// The limit.
        per_hour: u32,
        /// What is counted.
        what: &'static str,
        /// When the next one may begin, in seconds.
        retry_after_s: u64,
    },
    /// A key could not be encrypted.
    #[error("a key could not be encrypted: {0}")]
    Vault(std::io::Error),
    /// The server is about to end.
    #[error("the server is shutting down")]
    ShuttingDown,
    /// The site lacks the dependency manifest, or has one that can't be read.
    #[error("the dependency manifest can't be used: {0}")]
    Manifest(String),
    /// An app asks for the outside too often.
    #[error(
        "the app sent more than {} requests in a minute",
        protocol::limits::FETCH_PER_MINUTE
    )]
    TooOften {
        /// When it may go on, in seconds.
        retry_after_s: u64,
    },
    /// A request of an app to the outside wasn't sent or not answered.
    #[error(transparent)]
    Outside(#[from] sender::Error),
    /// The language model failed.
    #[error(transparent)]
    Llm(#[from] llm::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A wait as people say it, never shorter than it is.
fn minutes(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

impl Error {
    pub(crate) fn invalid(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Invalid {
            message: message.into(),
            help: help.into(),
        }
    }

    pub(crate) fn too_large(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::TooLarge {
            message: message.into(),
            help: help.into(),
        }
    }

    pub(crate) fn no_app(id: &str) -> Self {
        Self::NotFound {
            message: format!("there is no app `{id}`"),
            help: "It may have been deleted; the list of apps shows what there is.".to_owned(),
        }
    }
}
