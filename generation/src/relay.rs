//! One request and several providers: who is asked after whom, what the reader
//! is told of it, and what an [`Attempt`] at one of them passes on.
//!
//! The caller asks: it knows the network, time limits and when to stop.

use protocol::error::ErrorCode;
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::manifest::Manifest;
use protocol::provider::{CallOutcome, ModelCall};

use crate::chat::{ChatRequest, ModelInfo, StreamEvent};
use crate::dialect::Failure;
use crate::turn::{self, Turn};

/// A provider with one of its models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Name that people see.
    pub name: String,
    /// The model's name.
    pub model: String,
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.model)
    }
}

/// The state between two providers. `E` is a failure as the caller words it.
#[derive(Debug)]
pub struct Relay<E> {
    /// Whether the next one is asked when one fails.
    fallback: bool,
    /// Whether it is asked even when one has failed in the middle.
    restarts: bool,
    /// Why the last one failed.
    reason: Option<String>,
    /// Why what was passed on is void.
    void: Option<String>,
    /// Context for which the request was too long, and the failure.
    too_small: Option<(u32, E)>,
}

impl<E: Clone> Relay<E> {
    /// Nobody was asked yet.
    pub fn new(fallback: bool, restarts: bool) -> Self {
        Self {
            fallback,
            restarts,
            reason: None,
            void: None,
            too_small: None,
        }
    }

    /// Whether any model has written something.
    pub fn has_begun(&self) -> bool {
        self.void.is_some()
    }

    /// Says that this one is asked now, when it isn't the first.
    pub fn status(&self, who: &Who) -> Option<GenerateEvent> {
        let reason = self.reason.as_ref()?;
        let message = format!("{reason}; asking {who}");
        Some(GenerateEvent::Status { message })
    }

    /// Takes back what was passed on before this one; to be sent before its first words.
    pub fn restart(&self, who: &Who) -> Option<GenerateEvent> {
        let void = self.void.as_ref()?;
        let message = format!("{void}; {who} begins anew");
        Some(GenerateEvent::Restart { message })
    }

    /// Whether asking this model can be of use.
    ///
    /// # Errors
    /// The request was too long for one with as long a context.
    pub fn check_context(&self, info: ModelInfo) -> Result<(), E> {
        match &self.too_small {
            Some((too_small, error)) if turn::limit(info) <= *too_small => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// The request is too long for this model.
    pub fn too_long(&mut self, info: ModelInfo, error: E) {
        self.too_small = Some((turn::limit(info), error));
    }

    /// Takes a provider's failure; `begun` says that its model wrote something.
    /// `true` when the next one is to be asked.
    pub fn fail(&mut self, who: &Who, code: ErrorCode, begun: bool) -> bool {
        let words = words(who, code, begun);
        if begun {
            self.void = Some(words.clone());
        }
        self.reason = Some(words);
        self.fallback && (self.void.is_none() || self.restarts)
    }
}

/// What happened, for the sentence that says who goes on.
fn words(who: &Who, code: ErrorCode, begun: bool) -> String {
    let Who { name, model } = who;
    match code {
        _ if begun => format!("{name} stopped in the middle"),
        ErrorCode::ProviderUnreachable | ErrorCode::ProviderInterrupted => {
            format!("{name} doesn't answer")
        }
        ErrorCode::RateLimited => format!("{name} wants fewer requests"),
        ErrorCode::ProviderUnauthorized => format!("{name} doesn't take the key"),
        ErrorCode::ModelNotFound => format!("{name} doesn't have {model}"),
        ErrorCode::ContextTooLarge => format!("The request is too long for {model}"),
        _ => format!("{name} failed"),
    }
}

/// One provider's turn, with the events that the reader gets of it.
#[derive(Debug)]
pub struct Attempt {
    turn: Turn,
    /// Not told before the model's first words: an answer before this one
    /// stands until this one begins.
    held: Vec<GenerateEvent>,
    begun: bool,
}

impl Attempt {
    /// Plans the first request. `generation` is the id by which the answer can
    /// be gone on with, `restart` is [`Relay::restart`]'s.
    ///
    /// # Errors
    /// [`Failure::PromptTooLarge`].
    pub fn new(
        manifest: &Manifest,
        request: &GenerateRequest,
        who: &Who,
        info: ModelInfo,
        generation: &str,
        restart: Option<GenerateEvent>,
    ) -> Result<(Self, Vec<GenerateEvent>), Failure> {
        let turn = Turn::new(manifest, request, &who.model, info)?;
        let start = GenerateEvent::Start {
            generation: generation.to_owned(),
            provider: who.name.clone(),
            model: who.model.clone(),
            prompt_tokens: u64::try_from(turn.estimated_tokens()).unwrap_or(u64::MAX),
            context_tokens: turn.context_tokens().into(),
            cached: false,
        };
        let mut held = Vec::from_iter(restart);
        let mut told = Vec::new();
        if held.is_empty() {
            told.push(start);
        } else {
            held.push(start);
        }
        let waiting = format!("Waiting for {}", who.model);
        let messages = std::iter::once(waiting).chain(turn.dropped().to_vec());
        told.extend(messages.map(|message| GenerateEvent::Status { message }));
        let attempt = Self {
            turn,
            held,
            begun: false,
        };
        Ok((attempt, told))
    }

    /// See [`Turn::next_request`].
    pub fn next_request(&mut self) -> Option<ChatRequest> {
        self.turn.next_request()
    }

    /// See [`Turn::push`].
    pub fn push(&mut self, event: StreamEvent) -> Vec<GenerateEvent> {
        self.begun |= matches!(event, StreamEvent::Text(_));
        let read = self.turn.push(event);
        self.told(read)
    }

    /// See [`Turn::interrupt`].
    ///
    /// # Errors
    /// The failure, when the turn can't go on.
    pub fn interrupt(&mut self, failure: Failure) -> Result<Vec<GenerateEvent>, Failure> {
        let read = self.turn.interrupt(failure)?;
        Ok(self.told(read))
    }

    /// See [`Turn::finish`].
    ///
    /// # Errors
    /// [`Failure::NoText`].
    pub fn finish(self) -> Result<Vec<GenerateEvent>, Failure> {
        let Self { turn, mut held, .. } = self;
        // Held still when all the model did was to think up to its limit.
        held.extend(turn.finish()?);
        Ok(held)
    }

    fn told(&mut self, read: Vec<GenerateEvent>) -> Vec<GenerateEvent> {
        if !self.begun || self.held.is_empty() {
            return read;
        }
        let mut told = std::mem::take(&mut self.held);
        told.extend(read);
        told
    }
}

/// The record of one request to a provider while it runs.
#[derive(Debug)]
pub struct Tally {
    call: ModelCall,
    begun: bool,
}

impl Tally {
    /// Of a request that begins now. `provider` is the provider's id.
    pub fn new(provider: &str, model: &str, started_ms: i64) -> Self {
        Self {
            call: ModelCall {
                provider: provider.to_owned(),
                model: model.to_owned(),
                started_ms,
                first_token_ms: None,
                duration_ms: 0,
                prompt_tokens: 0,
                completion_tokens: 0,
                cost_micro_usd: None,
                outcome: CallOutcome::Done,
                reason: None,
            },
            begun: false,
        }
    }

    /// Whether the model has written something.
    pub fn begun(&self) -> bool {
        self.begun
    }

    /// Notes the model's first text.
    pub fn see(&mut self, event: &StreamEvent, elapsed_ms: u32) {
        if matches!(event, StreamEvent::Text(_)) && !self.begun {
            self.begun = true;
            self.call.first_token_ms = Some(elapsed_ms);
        }
    }

    /// Notes what the answer cost so far.
    pub fn count(&mut self, prompt_tokens: u64, completion_tokens: u64, cost: Option<u64>) {
        self.call.prompt_tokens = prompt_tokens;
        self.call.completion_tokens = completion_tokens;
        self.call.cost_micro_usd = cost;
    }

    /// The same from an event that may tell it.
    pub fn count_event(&mut self, event: &GenerateEvent) {
        if let GenerateEvent::Usage {
            prompt_tokens,
            completion_tokens,
            cost_micro_usd,
        } = event
        {
            self.count(*prompt_tokens, *completion_tokens, *cost_micro_usd);
        }
    }

    /// The whole record.
    pub fn end(
        mut self,
        elapsed_ms: u32,
        outcome: CallOutcome,
        reason: Option<String>,
    ) -> ModelCall {
        self.call.duration_ms = elapsed_ms;
        self.call.outcome = outcome;
        self.call.reason = reason;
        self.call
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str) -> Who {
        Who {
            name: name.to_owned(),
            model: "m".to_owned(),
        }
    }

    fn message(event: Option<GenerateEvent>) -> String {
        match event {
            Some(GenerateEvent::Status { message } | GenerateEvent::Restart { message }) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_next_one_is_asked_and_what_was_written_is_taken_back() {
        let mut relay = Relay::<()>::new(true, true);
        let (a, b, c) = (who("A"), who("B"), who("C"));
        assert_eq!((relay.status(&a), relay.restart(&a)), (None, None));
        assert!(relay.fail(&a, ErrorCode::ProviderUnreachable, false));
        assert_eq!(message(relay.status(&b)), "A doesn't answer; asking B (m)");
        assert_eq!(relay.restart(&b), None);
        assert!(relay.fail(&b, ErrorCode::ProviderFailed, true));
        assert_eq!(
            message(relay.restart(&c)),
            "B stopped in the middle; C (m) begins anew"
        );
        // Failing before its first words leaves what there is, which stays void for the next one.
        assert!(relay.fail(&c, ErrorCode::RateLimited, false));
        assert_eq!(
            message(relay.status(&a)),
            "C wants fewer requests; asking A (m)"
        );
        assert_eq!(
            message(relay.restart(&a)),
            "B stopped in the middle; A (m) begins anew"
        );
    }

    #[test]
    fn who_wants_no_other_gets_none() {
        let mut alone = Relay::<()>::new(false, true);
        assert!(!alone.fail(&who("A"), ErrorCode::ProviderFailed, false));
        let mut named = Relay::<()>::new(true, false);
        assert!(named.fail(&who("A"), ErrorCode::ProviderFailed, false));
        assert!(!named.fail(&who("B"), ErrorCode::ProviderFailed, true));
        assert!(named.has_begun());
    }

    #[test]
    fn a_request_that_is_too_long_goes_to_longer_contexts_only() {
        let info = |context_tokens| ModelInfo {
            context_tokens: Some(context_tokens),
            ..ModelInfo::default()
        };
        let mut relay = Relay::new(true, true);
        assert_eq!(relay.check_context(info(8_192)), Ok(()));
        relay.too_long(info(8_192), "too long");
        assert_eq!(relay.check_context(info(8_192)), Err("too long"));
        assert_eq!(relay.check_context(info(16_384)), Ok(()));
    }
}
