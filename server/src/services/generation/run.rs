//! One generation as a task: asks one provider after the other until one has
//! given a whole answer, and notes how each fared.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use generation::turn::{DEFAULT_CONTEXT_TOKENS, MAX_CONTEXT_TOKENS};
use generation::{Failure, ModelInfo, StreamEvent, Turn};
use protocol::error::{ApiError, ErrorCode};
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::manifest::Manifest;
use protocol::provider::{CallOutcome, ModelCall};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::cache::{self, Cache};
use super::replay::Replay;
use crate::clock::Clock;
use crate::llm;
use crate::llm::router::{Candidate, Router};
use crate::services::Error;
use crate::services::quota::{Counted, Quotas};
use crate::store::Store;

/// Calls that are kept.
const KEPT_CALLS: u32 = 500;

/// Makes of a failure what the person sees, and logs it.
pub type Describe = Box<dyn Fn(Error) -> ApiError + Send + Sync>;

/// All that a generation works with.
pub(super) struct Run {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) router: Router,
    pub(super) quotas: Quotas,
    pub(super) cache: Cache,
    pub(super) manifest: Arc<Manifest>,
    pub(super) request: GenerateRequest,
    /// Who is asked in turn: at least one.
    pub(super) candidates: Vec<Candidate>,
    /// Whether the next one is asked when one fails.
    pub(super) fallback: bool,
    /// Whether it is asked even when one has failed in the middle.
    pub(super) restarts: bool,
    pub(super) replay: Arc<Replay>,
    /// How long it goes on without a reader.
    pub(super) grace: Duration,
    pub(super) shutdown: CancellationToken,
    pub(super) counted: Counted,
    pub(super) describe: Describe,
}

/// What is known of one request to a provider while it runs.
struct Attempt {
    started: Instant,
    call: ModelCall,
    /// Whether the model has written something.
    begun: bool,
    /// What is said before the model's first words, when an answer before this
    /// one has to be taken back.
    restart: Option<String>,
    /// Context for which the request was too long.
    too_small: Option<(u32, llm::Error)>,
    /// Whether the provider was asked at all, and didn't rest.
    asked: bool,
}

impl Run {
    /// Runs to the end; the last event is `Complete` or `Error`.
    pub(super) async fn run(self) {
        let (result, begun) = self.ask_in_turn().await;
        if !begun
            && matches!(result, Err(Error::Llm(_)))
            && let Err(error) = self.quotas.give_back(self.counted).await
        {
            tracing::warn!(%error, "a generation that nobody answered stays counted");
        }
        if let Err(error) = result {
            let error = (self.describe)(error);
            self.replay.push_now(GenerateEvent::Error { error });
        }
        self.replay.end();
    }

    /// The result, and whether any model has written something.
    async fn ask_in_turn(&self) -> (Result<(), Error>, bool) {
        let stopped = self.stopped();
        tokio::pin!(stopped);
        let mut result = Err(Error::ProviderNotConfigured);
        // Why the last one failed, and why what was sent is void.
        let mut reason: Option<String> = None;
        let mut void: Option<String> = None;
        let mut too_small = None;
        for candidate in &self.candidates {
            let next = format!("{} ({})", candidate.name, candidate.config.model);
            if let Some(reason) = &reason {
                self.replay.push_now(GenerateEvent::Status {
                    message: format!("{reason}; asking {next}"),
                });
            }
            let restart = void
                .as_ref()
                .map(|void| format!("{void}; {next} begins anew"));
            let mut attempt = Attempt::new(candidate, self.now_ms(), restart, too_small);
            let answered = tokio::select! {
                biased;
                stop = &mut stopped => Err((stop, CallOutcome::Cancelled)),
                answered = self.ask(candidate, &mut attempt) =>
                    answered.map_err(|error| (error, CallOutcome::Failed)),
            };
            let (answered, outcome) = match answered {
                Ok(()) => (Ok(()), CallOutcome::Done),
                Err((error, outcome)) => (Err(error), outcome),
            };
            let failure = match &answered {
                Err(error) if outcome == CallOutcome::Failed => Some(error.to_string()),
                _ => None,
            };
            let begun = attempt.begun;
            too_small = attempt.too_small.take();
            if attempt.asked {
                record(&self.store, attempt.end(outcome, failure)).await;
            }
            let has_begun = begun || void.is_some();
            let Err(Error::Llm(error)) = answered else {
                return (answered, has_begun);
            };
            let words = words(candidate, &error, begun);
            if begun {
                void = Some(words.clone());
            }
            reason = Some(words);
            result = Err(Error::Llm(error));
            if !self.fallback || (has_begun && !self.restarts) {
                break;
            }
        }
        (result, void.is_some())
    }

    /// Asks one provider.
    async fn ask(&self, candidate: &Candidate, attempt: &mut Attempt) -> Result<(), Error> {
        let permit = self.router.admit(candidate)?;
        attempt.asked = true;
        let answered = self.answer(candidate, attempt).await;
        match &answered {
            Ok(()) => permit.succeed(),
            Err(Error::Llm(error)) => permit.fail(error),
            // Ours alone.
            Err(_) => {}
        }
        answered
    }

    async fn answer(&self, candidate: &Candidate, attempt: &mut Attempt) -> Result<(), Error> {
        let llm = self.router.llm();
        let info = llm.info(&candidate.config).await?;
        let model = &candidate.config.model;
        let limit = limit(info);
        if let Some((too_small, error)) = &attempt.too_small
            && limit <= *too_small
        {
            return Err(Error::Llm(error.clone()));
        }
        let too_large = |failure: Failure, attempt: &mut Attempt| {
            let error = llm::Error::new(failure, &candidate.config);
            if error.code == ErrorCode::ContextTooLarge {
                attempt.too_small = Some((limit, error.clone()));
            }
            Error::Llm(error)
        };
        let mut turn = Turn::new(&self.manifest, &self.request, model, info)
            .map_err(|failure| too_large(failure, attempt))?;
        // An answer before this one stands until this one begins.
        let mut held = Vec::from_iter(
            attempt
                .restart
                .take()
                .map(|message| GenerateEvent::Restart { message }),
        );
        let start = GenerateEvent::Start {
            generation: self.replay.id.clone(),
            provider: candidate.name.clone(),
            model: model.clone(),
            prompt_tokens: u64::try_from(turn.estimated_tokens()).unwrap_or(u64::MAX),
            context_tokens: turn.context_tokens().into(),
            cached: false,
        };
        if held.is_empty() {
            self.replay.push(start).await?;
        } else {
            held.push(start);
        }
        let waiting = format!("Waiting for {model}");
        for message in std::iter::once(waiting).chain(turn.dropped().to_vec()) {
            self.replay.push(GenerateEvent::Status { message }).await?;
        }
        while let Some(request) = turn.next_request() {
            let mut events = llm.chat(&candidate.config, &request);
            while let Some(event) = events.next().await {
                let read = match event {
                    Ok(event) => {
                        attempt.see(&event);
                        turn.push(event)
                    }
                    // An answer that broke off may be gone on with.
                    Err(failure) => turn
                        .interrupt(failure)
                        .map_err(|failure| too_large(failure, attempt))?,
                };
                if attempt.begun {
                    for event in std::mem::take(&mut held) {
                        self.replay.push(event).await?;
                    }
                }
                for event in read {
                    attempt.count(&event);
                    self.replay.push(event).await?;
                }
            }
        }
        let rest = turn
            .finish()
            .map_err(|failure| too_large(failure, attempt))?;
        // Held still when all the model did was to think up to its limit.
        for event in held.into_iter().chain(rest) {
            self.replay.push(event).await?;
        }
        if let Some(key) = cache::key(candidate, &self.request) {
            self.cache
                .put(key, &self.manifest, self.replay.last_answer());
        }
        Ok(())
    }

    /// Why the generation ends early.
    async fn stopped(&self) -> Error {
        tokio::select! {
            () = self.shutdown.cancelled() => Error::ShuttingDown,
            () = self.replay.cancel.cancelled() => Error::Stopped,
            () = self.replay.unread(self.grace) => Error::Stopped,
        }
    }

    fn now_ms(&self) -> i64 {
        self.clock.now_ms().cast_signed()
    }
}

impl Attempt {
    fn new(
        candidate: &Candidate,
        started_ms: i64,
        restart: Option<String>,
        too_small: Option<(u32, llm::Error)>,
    ) -> Self {
        Self {
            started: Instant::now(),
            call: call(candidate, started_ms, CallOutcome::Done),
            begun: false,
            restart,
            too_small,
            asked: false,
        }
    }

    /// Notes the model's first text.
    fn see(&mut self, event: &StreamEvent) {
        if matches!(event, StreamEvent::Text(_)) && !self.begun {
            self.begun = true;
            self.call.first_token_ms = Some(self.elapsed_ms());
        }
    }

    /// Notes what the answer cost so far.
    fn count(&mut self, event: &GenerateEvent) {
        if let GenerateEvent::Usage {
            prompt_tokens,
            completion_tokens,
            cost_micro_usd,
        } = event
        {
            self.call.prompt_tokens = *prompt_tokens;
            self.call.completion_tokens = *completion_tokens;
            self.call.cost_micro_usd = *cost_micro_usd;
        }
    }

    fn end(mut self, outcome: CallOutcome, reason: Option<String>) -> ModelCall {
        self.call.duration_ms = self.elapsed_ms();
        self.call.outcome = outcome;
        self.call.reason = reason;
        self.call
    }

    fn elapsed_ms(&self) -> u32 {
        u32::try_from(self.started.elapsed().as_millis()).unwrap_or(u32::MAX)
    }
}

/// A call of which nothing but its beginning is known.
pub(super) fn call(candidate: &Candidate, started_ms: i64, outcome: CallOutcome) -> ModelCall {
    ModelCall {
        provider: candidate.id.clone(),
        model: candidate.config.model.clone(),
        started_ms,
        first_token_ms: None,
        duration_ms: 0,
        prompt_tokens: 0,
        completion_tokens: 0,
        cost_micro_usd: None,
        outcome,
        reason: None,
    }
}

/// Adds a call to the history, which no answer fails for.
pub(super) async fn record(store: &Store, call: ModelCall) {
    let added = async {
        let mut tx = store.write().await?;
        tx.add_call(&call, KEPT_CALLS).await?;
        tx.commit().await
    };
    if let Err(error) = added.await {
        tracing::warn!(%error, "a request to a model is missing from the history");
    }
}

/// Context that may be used of a model's.
fn limit(info: ModelInfo) -> u32 {
    info.context_tokens
        .unwrap_or(DEFAULT_CONTEXT_TOKENS)
        .min(MAX_CONTEXT_TOKENS)
}

/// What happened, for the sentence that says who goes on.
fn words(candidate: &Candidate, error: &llm::Error, begun: bool) -> String {
    let Candidate { name, config, .. } = candidate;
    match error.code {
        _ if begun => format!("{name} stopped in the middle"),
        ErrorCode::ProviderUnreachable | ErrorCode::ProviderInterrupted => {
            format!("{name} doesn't answer")
        }
        ErrorCode::RateLimited => format!("{name} wants fewer requests"),
        ErrorCode::ProviderUnauthorized => format!("{name} doesn't take the key"),
        ErrorCode::ModelNotFound => format!("{name} doesn't have {}", config.model),
        ErrorCode::ContextTooLarge => format!("The request is too long for {}", config.model),
        _ => format!("{name} failed"),
    }
}
