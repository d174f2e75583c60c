//! The small tasks around a conversation: questions before an app is built,
//! proposals and sketches of them, a better prompt, next steps.
//!
//! Made for models down to 4 billion parameters: short prompts, lines instead
//! of JSON, and a reader that takes either. What can't be read is a case of its
//! own, because a person waits for each of these and can go on without.

mod chat;
mod enhance;
mod json;
mod prompts;
mod proposals;
mod questions;
mod sketch;
mod suggestions;
mod text;
mod vague;

use protocol::ask::{AskAnswer, AskRequest};

pub use chat::{Answering, chat_request};
pub use prompts::{answers_text, patience_s, prompt, proposal_text};
pub use vague::is_vague;

/// What to send to a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskPrompt {
    /// Rules and form.
    pub system: String,
    /// The request.
    pub user: String,
    /// Tokens that the answer takes at most, thoughts not counted.
    pub answer_tokens: u32,
}

/// The answer doesn't hold what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What is missing and what to do, for a person.
    pub message: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a model's whole answer. An answer without questions says that the
/// request is clear, whatever else it says.
///
/// # Errors
/// [`Unreadable`] when there is no proposal, prompt or next step in it.
pub fn read(request: &AskRequest, answer: &str) -> Result<AskAnswer, Unreadable> {
    let text = text::said(answer);
    let missing = |message: &str| Unreadable {
        message: message.to_owned(),
    };
    match request {
        AskRequest::Questions { .. } => Ok(AskAnswer::Questions {
            questions: questions::read(&text),
        }),
        AskRequest::Proposals { count, .. } => match proposals::read(&text, *count) {
            proposals if proposals.is_empty() => Err(missing(
                "The model's answer held no proposal. Ask again, or build without one.",
            )),
            proposals => Ok(AskAnswer::Proposals { proposals }),
        },
        AskRequest::Enhance { prompt, .. } => enhance::read(&text, prompt)
            .map(|prompt| AskAnswer::Enhance { prompt })
            .ok_or_else(|| {
                missing("The model's answer held no better prompt. Ask again, or send yours.")
            }),
        AskRequest::Suggestions { .. } => match suggestions::read(&text) {
            suggestions if suggestions.is_empty() => Err(missing(
                "The model's answer held no next steps. Say in your own words what to change.",
            )),
            suggestions => Ok(AskAnswer::Suggestions { suggestions }),
        },
        AskRequest::Sketch { .. } => sketch::read(&text)
            .map(|files| AskAnswer::Sketch { files })
            .map_err(missing),
    }
}
