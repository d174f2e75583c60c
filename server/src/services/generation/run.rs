//! One generation as a task: asks one provider after the other until one has
//! given a whole answer, and notes how each fared.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use generation::{Attempt, Failure, Relay, Tally};
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

/// One request to a provider while it runs.
struct Asked {
    started: Instant,
    tally: Tally,
    /// Whether the provider was asked at all, and didn't rest.
    sent: bool,
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
        let mut relay = Relay::new(self.fallback, self.restarts);
        for candidate in &self.candidates {
            let who = candidate.who();
            if let Some(status) = relay.status(&who) {
                self.replay.push_now(status);
            }
            let mut asked = Asked {
                started: Instant::now(),
                tally: Tally::new(&candidate.id, &who.model, self.now_ms()),
                sent: false,
            };
            let answered = tokio::select! {
                biased;
                stop = &mut stopped => Err((stop, CallOutcome::Cancelled)),
                answered = self.ask(candidate, &mut asked, &mut relay) =>
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
            let begun = asked.tally.begun();
            if asked.sent {
                let call = asked.tally.end(elapsed_ms(asked.started), outcome, failure);
                record(&self.store, call).await;
            }
            let Err(Error::Llm(error)) = answered else {
                return (answered, begun || relay.has_begun());
            };
            let goes_on = relay.fail(&who, error.code, begun);
            result = Err(Error::Llm(error));
            if !goes_on {
                break;
            }
        }
        (result, relay.has_begun())
    }

    /// Asks one provider.
    async fn ask(
        &self,
        candidate: &Candidate,
        asked: &mut Asked,
        relay: &mut Relay<llm::Error>,
    ) -> Result<(), Error> {
        let permit = self.router.admit(candidate)?;
        asked.sent = true;
        let answered = self.answer(candidate, asked, relay).await;
        match &answered {
            Ok(()) => permit.succeed(),
            Err(Error::Llm(error)) => permit.fail(error),
            // Ours alone.
            Err(_) => {}
        }
        answered
    }

    async fn answer(
        &self,
        candidate: &Candidate,
        asked: &mut Asked,
        relay: &mut Relay<llm::Error>,
    ) -> Result<(), Error> {
        let llm = self.router.llm();
        let info = llm.info(&candidate.config).await?;
        relay.check_context(info)?;
        let who = candidate.who();
        let restart = relay.restart(&who);
        let mut failed = |failure: Failure| {
            let error = llm::Error::new(failure, &candidate.config);
            if error.code == ErrorCode::ContextTooLarge {
                relay.too_long(info, error.clone());
            }
            Error::Llm(error)
        };
        let (manifest, generation) = (&self.manifest, &self.replay.id);
        let (mut attempt, told) =
            Attempt::new(manifest, &self.request, &who, info, generation, restart)
                .map_err(&mut failed)?;
        for event in told {
            self.replay.push(event).await?;
        }
        while let Some(request) = attempt.next_request() {
            let mut events = llm.chat(&candidate.config, &request);
            while let Some(event) = events.next().await {
                let told = match event {
                    Ok(event) => {
                        asked.tally.see(&event, elapsed_ms(asked.started));
                        attempt.push(event)
                    }
                    // An answer that broke off may be gone on with.
                    Err(failure) => attempt.interrupt(failure).map_err(&mut failed)?,
                };
                for event in told {
                    asked.tally.count_event(&event);
                    self.replay.push(event).await?;
                }
            }
        }
        for event in attempt.finish().map_err(failed)? {
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

/// Whole milliseconds since then.
pub(super) fn elapsed_ms(started: Instant) -> u32 {
    u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX)
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
