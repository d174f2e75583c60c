//! The request to a model for a small task, and the reading of its answer.

use protocol::ask::{AskAnswer, AskRequest};
use protocol::error::{ApiError, ErrorCode};

use super::{prompt, read};
use crate::chat::{ChatMessage, ChatRequest, ChatRole, StreamEvent};
use crate::dialect::{Endpoint, Failure};
use crate::relay::Tally;

/// Context of such a request: prompt and answer are a page each.
const CONTEXT_TOKENS: u32 = 8_192;
/// Room for what a model thinks before it answers.
const THOUGHT_TOKENS: u32 = 2_048;
/// Livelier than for code, where every word counts.
const TEMPERATURE: f32 = 0.6;

/// What to ask a model.
pub fn chat_request(request: &AskRequest) -> ChatRequest {
    let prompt = prompt(request);
    ChatRequest {
        messages: vec![
            ChatMessage::new(ChatRole::System, prompt.system),
            ChatMessage::new(ChatRole::User, prompt.user),
        ],
        context_tokens: CONTEXT_TOKENS,
        answer_tokens: prompt.answer_tokens + THOUGHT_TOKENS,
        temperature: TEMPERATURE,
    }
}

/// The answer while it comes.
#[derive(Debug, Default)]
pub struct Answering {
    text: String,
}

impl Answering {
    /// Takes the next event.
    pub fn push(&mut self, event: &StreamEvent, tally: &mut Tally) {
        match event {
            StreamEvent::Text(part) => self.text.push_str(part),
            StreamEvent::Usage {
                prompt_tokens,
                completion_tokens,
                cost_micro_usd,
            } => tally.count(*prompt_tokens, *completion_tokens, *cost_micro_usd),
            StreamEvent::Thinking(_) | StreamEvent::Done { .. } => {}
        }
    }

    /// Reads the whole answer.
    ///
    /// # Errors
    /// It doesn't hold what was asked for.
    pub fn read(&self, request: &AskRequest, endpoint: &Endpoint) -> Result<AskAnswer, ApiError> {
        read(request, &self.text).map_err(|unreadable| ApiError {
            code: ErrorCode::ProviderInvalidResponse,
            message: format!(
                "`{}` gave no usable answer: {}",
                endpoint.model, unreadable.message
            ),
            ..Failure::NoText.explain(endpoint)
        })
    }
}
