//! Asks the language model, and turns its answer into the events of a stream
//! that outlives its reader.
//!
//! A request goes through `check`, `cache` and the quota; then `run` asks the
//! providers in turn, `generation::relay` and `generation::turn` say what to ask and read
//! the answer, and
//! `replay` keeps the events for readers that come back.

mod ask;
mod cache;
mod check;
mod replay;
mod run;

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use generation::Tally;
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::provider::{CallOutcome, Tier};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use self::cache::Cache;
use self::replay::{Reader, Replay, Replays};
pub use self::run::Describe;
use self::run::{Run, record};
use super::Error;
use super::providers::{Choice, Providers, unknown};
use super::quota::{Quotas, UserId};
use super::rules::cut;
use crate::clock::Clock;
use crate::config::Keep;
use crate::ids::IdGen;
use crate::llm::router::{Candidate, Router, candidates};
use crate::site::Site;
use crate::store::Store;

/// The generation service.
#[derive(Clone)]
pub struct Generation {
    parts: Arc<Parts>,
    cache: Cache,
    replays: Replays,
    tasks: TaskTracker,
}

/// What the generation service works with.
pub struct Parts {
    /// The database, for the history.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids of generations, which nobody can guess.
    pub ids: Arc<dyn IdGen>,
    /// Providers and their order.
    pub providers: Providers,
    /// Who is asked.
    pub router: Router,
    /// How many may begin.
    pub quotas: Quotas,
    /// The manifest, which the prompt is made from.
    pub site: Arc<Site>,
    /// How long generations are kept.
    pub keep: Keep,
    /// Cancelled when the server begins to shut down.
    pub shutdown: CancellationToken,
}

/// A generation's id, and its events with their numbers.
pub struct Started {
    /// Id.
    pub id: String,
    /// Events. Dropped, the generation goes on for a while.
    pub events: BoxStream<'static, (usize, GenerateEvent)>,
}

impl Generation {
    /// Has no generations yet.
    pub fn new(parts: Parts) -> Self {
        Self {
            cache: Cache::new(Arc::clone(&parts.clock)),
            parts: Arc::new(parts),
            replays: Replays::default(),
            tasks: TaskTracker::new(),
        }
    }

    /// Begins a generation. Its events end with `Complete` or with an error,
    /// which `describe` words.
    ///
    /// # Errors
    /// What can be said before asking: a request beyond a limit, no provider,
    /// too many generations.
    pub async fn start(
        &self,
        user: &UserId,
        request: GenerateRequest,
        describe: Describe,
    ) -> Result<Started, Error> {
        check::check(&request)?;
        let choice = self.parts.providers.choice().await?;
        let (provider, model) = (request.provider.as_deref(), request.model.as_deref());
        let candidates = order(&choice, Tier::Big, provider, model)?;
        let manifest = self.parts.site.manifest().map_err(Error::Manifest)?;
        let cached = candidates
            .first()
            .filter(|_| !request.fresh)
            .and_then(|candidate| {
                let key = cache::key(candidate, &request)?;
                Some((candidate.clone(), self.cache.get(&key, &manifest)?))
            });
        if let Some((candidate, events)) = cached {
            return Ok(self.again(&candidate, &events).await);
        }
        let counted = self.parts.quotas.begin(user).await?;
        let (replay, reader) = self.replays.begin(self.parts.ids.next_id());
        let overridden = request.provider.is_some() || request.model.is_some();
        let run = Run {
            store: self.parts.store.clone(),
            clock: Arc::clone(&self.parts.clock),
            router: self.parts.router.clone(),
            quotas: self.parts.quotas.clone(),
            cache: self.cache.clone(),
            manifest,
            request,
            candidates,
            fallback: choice.fallback,
            // Who chose a provider and has seen its answer wants no other one's.
            restarts: !overridden,
            replay: Arc::clone(&replay),
            grace: self.parts.keep.unread,
            shutdown: self.parts.shutdown.clone(),
            counted,
            describe,
        };
        Ok(self.spawn(replay, reader, run.run()))
    }

    /// Goes on reading a generation after the event `last`; 0 is its beginning.
    /// `None` when it has no such event.
    ///
    /// # Errors
    /// When there is no such generation (any more).
    pub fn resume(&self, id: &str, last: usize) -> Result<Option<Started>, Error> {
        let replay = self.replays.get(id).ok_or_else(|| Error::NotFound {
            message: format!("the generation `{}` is not here any more", cut(id, 60)),
            help: "Send the request again.".to_owned(),
        })?;
        Ok(replay.reader(last).map(|reader| Started {
            id: id.to_owned(),
            events: reader.into_stream().boxed(),
        }))
    }

    /// Stops a generation. One that has ended, or never was, is stopped.
    pub fn stop(&self, id: &str) {
        if let Some(replay) = self.replays.get(id) {
            replay.cancel.cancel();
        }
    }

    /// Waits until every generation has ended and is noted; no new ones may
    /// begin by then.
    pub async fn drained(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Gives an answer from before.
    async fn again(&self, candidate: &Candidate, events: &[GenerateEvent]) -> Started {
        let (replay, reader) = self.replays.begin(self.parts.ids.next_id());
        for event in events {
            let mut event = event.clone();
            if let GenerateEvent::Start {
                generation, cached, ..
            } = &mut event
            {
                generation.clone_from(&replay.id);
                *cached = true;
            }
            replay.push_now(event);
        }
        replay.end();
        let now_ms = self.parts.clock.now_ms().cast_signed();
        let tally = Tally::new(&candidate.id, &candidate.config.model, now_ms);
        let cached = tally.end(0, CallOutcome::Cached, None);
        record(&self.parts.store, cached).await;
        self.spawn(replay, reader, std::future::ready(()))
    }

    /// Runs a generation, and forgets it some time after its end.
    fn spawn(
        &self,
        replay: Arc<Replay>,
        reader: Reader,
        run: impl Future<Output = ()> + Send + 'static,
    ) -> Started {
        let id = replay.id.clone();
        let started = Started {
            id: id.clone(),
            events: reader.into_stream().boxed(),
        };
        // The task must not keep what the limit of kept bytes lets go.
        drop(replay);
        let replays = self.replays.clone();
        let shutdown = self.parts.shutdown.clone();
        let keep = self.parts.keep.ended;
        let task = async move {
            run.await;
            tokio::select! {
                () = tokio::time::sleep(keep) => {}
                () = shutdown.cancelled() => {}
            }
            replays.forget(&id);
        };
        self.tasks.spawn(task.in_current_span());
        started
    }
}

/// Who is asked in turn for this request.
fn order(
    choice: &Choice,
    tier: Tier,
    asked: Option<&str>,
    model: Option<&str>,
) -> Result<Vec<Candidate>, Error> {
    let model = model.map(str::trim).filter(|model| !model.is_empty());
    let preferred = asked.or(choice.preferred.as_deref());
    let mut candidates = candidates(&choice.profiles, preferred, tier);
    let is_possible = |id: &str| candidates.iter().any(|candidate| candidate.id == id);
    if let Some(id) = asked
        && (model.is_some() || !is_possible(id))
    {
        let profile = choice.profiles.iter().find(|profile| profile.id == id);
        let profile = profile.ok_or_else(|| unknown(id))?;
        if !profile.enabled {
            return Err(Error::invalid(
                format!("{} is switched off", profile.name),
                "Switch it on in the settings, or choose another provider.",
            ));
        }
        let model = model.ok_or_else(no_model)?;
        candidates.retain(|candidate| candidate.id != id);
        candidates.insert(0, Candidate::new(profile, model));
    } else if let (Some(model), Some(first)) = (model, candidates.first_mut()) {
        model.clone_into(&mut first.config.model);
    }
    if !candidates.is_empty() {
        return Ok(candidates);
    }
    Err(if choice.profiles.iter().any(|profile| profile.enabled) {
        no_model()
    } else {
        Error::ProviderNotConfigured
    })
}

fn no_model() -> Error {
    Error::invalid("no model is chosen", "Choose one in the settings.")
}
