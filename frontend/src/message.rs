//! Errors as sentences for a person: what happened, and one next step.

use protocol::error::{ApiError, ErrorCode};

use crate::api;

/// What happened and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// What happened and why, one sentence.
    pub(crate) what: String,
    /// The next step, one sentence.
    pub(crate) next: Option<String>,
}

impl Sentence {
    /// Both parts in one line.
    pub(crate) fn line(&self) -> String {
        match &self.next {
            Some(next) => format!("{} {next}", self.what),
            None => self.what.clone(),
        }
    }

    pub(crate) fn new(what: impl Into<String>, next: &str) -> Self {
        Self {
            what: what.into(),
            next: Some(next.to_owned()),
        }
    }
}

/// Without the signs around names, where code can't be shown as such.
pub(crate) fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// Why no model can be asked while the browser has no network.
pub(crate) fn without_network() -> Sentence {
    Sentence::new(
        "You are offline, so no model can write code.",
        "The editor and your apps work; what you change is sent when the network is back.",
    )
}

/// The sentence for a failed request.
pub(crate) fn describe(error: &api::Error) -> Sentence {
    match error {
        api::Error::Network => Sentence::new(
            "The Cumulet server can't be reached.",
            "Check that it is running, then try again.",
        ),
        api::Error::Aborted => Sentence {
            what: "Stopped.".to_owned(),
            next: None,
        },
        api::Error::Api(error) => describe_refusal(error),
        api::Error::Decode(what) => Sentence::new(
            format!("The server's answer couldn't be read: {what}."),
            "Reload the page, so that page and server are of one version.",
        ),
    }
}

/// The server names what happened. Where it names no next step either, the
/// code knows one; a failure of ours also gets the number that finds it in the log.
pub(crate) fn describe_refusal(error: &ApiError) -> Sentence {
    let what = match error.message.trim() {
        "" => what_happened(error.code).to_owned(),
        message => sentence(message),
    };
    let next = match &error.help {
        Some(help) => help.clone(),
        None if error.code == ErrorCode::Internal && !error.request_id.is_empty() => format!(
            "Try again; if it stays, look for {} in the server's log.",
            error.request_id
        ),
        None => match error.retry_after_s {
            Some(1) => "Try again in a second.".to_owned(),
            Some(seconds) => format!("Try again in {seconds} seconds."),
            None => next_step(error.code).to_owned(),
        },
    };
    Sentence {
        what,
        next: Some(next),
    }
}

/// A message as a sentence: logs want it to go on from other words, people don't.
fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(char::to_uppercase);
    let mut sentence: String = first.into_iter().flatten().chain(chars).collect();
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

/// What a code means, for a server that sent no words.
fn what_happened(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::InvalidBody => "The server didn't understand the request.",
        ErrorCode::InvalidInput => "The server refused one of the values.",
        ErrorCode::TooLarge => "That is larger than the server accepts.",
        ErrorCode::NotFound => "That is no longer there.",
        ErrorCode::Conflict => "The app was changed elsewhere in the meantime.",
        ErrorCode::ForbiddenOrigin => "The server doesn't accept requests from this address.",
        ErrorCode::ForbiddenAddress => "Apps can't reach this address.",
        ErrorCode::OutsideUnreachable => "The address doesn't answer.",
        ErrorCode::ProviderNotConfigured => "No language model is set up.",
        ErrorCode::ProviderUnreachable => "The language model can't be reached.",
        ErrorCode::ProviderFailed => "The language model failed.",
        ErrorCode::ProviderInvalidResponse => "The language model's answer couldn't be read.",
        ErrorCode::ProviderInterrupted => "The language model stopped before it was done.",
        ErrorCode::ModelNotFound => "The chosen model isn't there.",
        ErrorCode::ProviderUnauthorized => "The language model refused the key.",
        ErrorCode::RateLimited => "Too many requests in a short time.",
        ErrorCode::ContextTooLarge => {
            "The app and the conversation don't fit into the model's memory."
        }
        ErrorCode::ShuttingDown => "The server is shutting down.",
        ErrorCode::Internal => "Something went wrong in the Cumulet server.",
    }
}

/// What to do about a code.
fn next_step(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::InvalidBody => "Reload the page, so that page and server are of one version.",
        ErrorCode::InvalidInput => "Change the value and try again.",
        ErrorCode::TooLarge => "Make it smaller, or split it, and try again.",
        ErrorCode::NotFound => "Go back to your apps and choose from the present list.",
        ErrorCode::Conflict => "Reload the app to see both states.",
        ErrorCode::ForbiddenOrigin => {
            "Open Cumulet at the address that the server printed when it started."
        }
        ErrorCode::ForbiddenAddress => "Use a public address that begins with https://.",
        ErrorCode::OutsideUnreachable => "Check the address, and try again later.",
        ErrorCode::ProviderNotConfigured => "Set one up in the settings.",
        ErrorCode::ProviderUnreachable => {
            "Check that it is running and that its address in the settings is right."
        }
        ErrorCode::ProviderFailed | ErrorCode::ProviderInterrupted => {
            "Try again, or choose another model."
        }
        ErrorCode::ProviderInvalidResponse => {
            "Check in the settings that the address belongs to the chosen provider."
        }
        ErrorCode::ModelNotFound => "Choose another model in the settings.",
        ErrorCode::ProviderUnauthorized => "Enter a valid key in the settings.",
        ErrorCode::RateLimited => "Wait a minute, then try again.",
        ErrorCode::ContextTooLarge => {
            "Ask for a smaller change, or choose a model with a larger context."
        }
        ErrorCode::ShuttingDown => "Start it again, then try again.",
        ErrorCode::Internal => "Try again.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: ErrorCode, message: &str, help: Option<&str>) -> Sentence {
        describe(&api::Error::Api(ApiError {
            code,
            message: message.to_owned(),
            help: help.map(str::to_owned),
            retry_after_s: None,
            request_id: "r-17".to_owned(),
        }))
    }

    #[test]
    fn the_servers_words_come_first() {
        let sentence = refusal(ErrorCode::ModelNotFound, "No model x.", Some("Pull it."));
        assert_eq!(sentence.line(), "No model x. Pull it.");
    }

    #[test]
    fn every_refusal_has_a_next_step() {
        let sentence = refusal(ErrorCode::ProviderUnauthorized, "Key refused.", None);
        assert_eq!(
            sentence.line(),
            "Key refused. Enter a valid key in the settings."
        );
        let sentence = refusal(ErrorCode::RateLimited, "", None);
        assert_eq!(
            sentence.line(),
            "Too many requests in a short time. Wait a minute, then try again."
        );
    }

    #[test]
    fn the_time_to_wait_is_told_where_it_is_known() {
        let sentence = describe_refusal(&ApiError {
            code: ErrorCode::RateLimited,
            message: "Too many requests.".to_owned(),
            help: None,
            retry_after_s: Some(40),
            request_id: String::new(),
        });
        assert_eq!(
            sentence.line(),
            "Too many requests. Try again in 40 seconds."
        );
    }

    #[test]
    fn messages_are_sentences() {
        assert_eq!(sentence("it fails"), "It fails.");
        assert_eq!(sentence("`m` went silent."), "`m` went silent.");
        assert_eq!(sentence("ärgerlich"), "Ärgerlich.");
    }

    #[test]
    fn our_own_failures_can_be_found_in_the_log() {
        assert!(
            refusal(ErrorCode::Internal, "", None)
                .line()
                .contains("r-17")
        );
    }
}
