//! One request and the model's answer to it, as events. No HTTP, no waiting:
//! what is sent and what came is handed in and out.

use std::sync::Arc;

use generation::prompt::MIN_ANSWER_TOKENS;
use generation::{ChatRole, ParserOptions, Prompt, PromptOptions, Pump, build_prompt};
use protocol::error::ErrorCode;
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::manifest::Manifest;

use crate::llm::{
    ANSWER_TOKENS, ChatMessage, ChatRequest, DEFAULT_CONTEXT_TOKENS, Error, MAX_CONTEXT_TOKENS,
    ModelInfo, Speaker, StreamEvent,
};

/// Smallest context that is asked for. Below it answers get cut and models
/// begin to miss the format (51.9 % instead of 71.4 % passed tasks at 2k
/// tokens, in aider's figures for one model).
const MIN_CONTEXT_TOKENS: u32 = 8_192;

/// The conversation with one model.
pub(super) struct Turn {
    model: String,
    request: Option<ChatRequest>,
    prompt_tokens: u64,
    context_tokens: u32,
    dropped: Vec<String>,
    pump: Pump,
    phase: Phase,
    length: bool,
}

impl Turn {
    /// Makes the prompt.
    ///
    /// # Errors
    /// When it doesn't fit into the model's context.
    pub(super) fn new(
        manifest: &Manifest,
        request: &GenerateRequest,
        model: &str,
        info: ModelInfo,
    ) -> Result<Self, Error> {
        let (prompt, context_tokens) = plan(manifest, request, info, model)?;
        Ok(Self {
            model: model.to_owned(),
            prompt_tokens: u64::try_from(prompt.estimated_tokens).unwrap_or(u64::MAX),
            context_tokens,
            dropped: prompt.dropped.clone(),
            request: Some(ChatRequest {
                messages: messages(prompt),
                context_tokens,
            }),
            pump: Pump::new(ParserOptions {
                known: Arc::new(request.files.clone()),
            }),
            phase: Phase::Waiting,
            length: false,
        })
    }

    /// Estimated tokens of the prompt.
    pub(super) fn prompt_tokens(&self) -> u64 {
        self.prompt_tokens
    }

    /// Tokens that prompt and answer may take together.
    pub(super) fn context_tokens(&self) -> u64 {
        self.context_tokens.into()
    }

    /// What is said before the model is asked.
    pub(super) fn opening(&mut self) -> Vec<GenerateEvent> {
        let dropped = std::mem::take(&mut self.dropped);
        [format!("Waiting for {}", self.model)]
            .into_iter()
            .chain(dropped)
            .map(status)
            .collect()
    }

    /// What the model is to be asked next; `None` when the turn is over.
    pub(super) fn next_request(&mut self) -> Option<ChatRequest> {
        self.request.take()
    }

    /// Takes a piece of the answer.
    pub(super) fn push(&mut self, event: StreamEvent) -> Vec<GenerateEvent> {
        let mut events = Vec::new();
        match event {
            StreamEvent::Text(text) => {
                if self.phase != Phase::Writing {
                    self.phase = Phase::Writing;
                    events.push(status(format!("{} is writing", self.model)));
                }
                events.extend(self.pump.push(&text));
            }
            StreamEvent::Thinking(_) => {
                if self.phase == Phase::Waiting {
                    self.phase = Phase::Thinking;
                    events.push(status(format!("{} is thinking", self.model)));
                }
            }
            StreamEvent::Usage {
                prompt_tokens,
                completion_tokens,
            } => events.push(GenerateEvent::Usage {
                prompt_tokens,
                completion_tokens,
                cost_micro_usd: None,
            }),
            StreamEvent::Done { length } => self.length = length,
        }
        events
    }

    /// Ends the turn; the last event is `Complete`. `None` when the model wrote nothing.
    pub(super) fn finish(self) -> Option<Vec<GenerateEvent>> {
        (self.phase == Phase::Writing || self.length).then(|| self.pump.finish(self.length))
    }
}

/// Context that may be used of a model's.
pub(super) fn limit(info: ModelInfo) -> u32 {
    info.context_tokens
        .unwrap_or(DEFAULT_CONTEXT_TOKENS)
        .min(MAX_CONTEXT_TOKENS)
}

/// What the person sees of the model's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Thinking,
    Writing,
}

/// The prompt, and the context to ask for: a power of two with room for the
/// answer, within what the model can and what is sensible.
fn plan(
    manifest: &Manifest,
    request: &GenerateRequest,
    info: ModelInfo,
    model: &str,
) -> Result<(Prompt, u32), Error> {
    let limit = limit(info);
    let options = PromptOptions {
        context_tokens: usize::try_from(limit).unwrap_or(usize::MAX),
        small_model: info.small,
    };
    let prompt = build_prompt(manifest, request, options);
    let estimated = u32::try_from(prompt.estimated_tokens).unwrap_or(u32::MAX);
    if prompt.answer_tokens < MIN_ANSWER_TOKENS {
        return Err(Error {
            code: ErrorCode::ContextTooLarge,
            message: format!(
                "the request has about {estimated} tokens; `{model}` can take {limit}, answer included"
            ),
            help: "Choose a model with a longer context, or make the app smaller.".to_owned(),
            retry_after_s: None,
        });
    }
    let wanted = estimated
        .saturating_add(ANSWER_TOKENS)
        .min(MAX_CONTEXT_TOKENS);
    let context_tokens = wanted
        .next_power_of_two()
        .max(MIN_CONTEXT_TOKENS)
        .min(limit);
    Ok((prompt, context_tokens))
}

fn messages(prompt: Prompt) -> Vec<ChatMessage> {
    prompt
        .messages
        .into_iter()
        .map(|message| ChatMessage {
            speaker: match message.role {
                ChatRole::System => Speaker::System,
                ChatRole::User => Speaker::User,
                ChatRole::Assistant => Speaker::Assistant,
            },
            content: message.content,
        })
        .collect()
}

fn status(message: String) -> GenerateEvent {
    GenerateEvent::Status { message }
}
