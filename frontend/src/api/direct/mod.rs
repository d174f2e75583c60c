//! The models' part of the server's API, done by the page itself: the same
//! calls and the same answers, from settings that only this browser has.
//!
//! What is said to a model, and what an answer means, is the crate
//! `generation`'s, as it is at the server.

mod answer;
mod kept;
mod transport;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::join_all;
use generation::ask::{Answering, chat_request, patience_s};
use generation::dialect::{self, SHORT_S};
use generation::{Endpoint, Failure, ModelInfo, Tally};
use protocol::ask::{AskAnswer, AskRequest};
use protocol::error::{ApiError, ErrorCode};
use protocol::manifest::Manifest;
use protocol::provider::{
    CallOutcome, Circuit, ModelCall, ModelHealth, ModelSettings, ProviderHealth, ProviderTest,
    SaveModels, SaveProvider, Tier,
};
use serde_json::Value;

pub(crate) use self::answer::LocalStream;
use self::kept::{Candidate, Kept, Provider};
use self::transport::{Transport, within};
use super::client::Abort;
use super::error::{Error, Result};
use super::templates::get_manifest;
use crate::address::is_local;
use crate::platform::assets;
use crate::platform::clock::{monotonic_ms, now_ms};

/// Requests that are remembered.
const KEPT_CALLS: usize = 100;
/// How long a look at a provider counts, in milliseconds.
const HEALTH_MS: i64 = 30_000;
/// Longest wait for a look at a provider, on this machine and elsewhere, in seconds.
const LOOK_S: [u64; 2] = [3, 5];

/// Asks models from the page. Settings are in `localStorage`, the rest lives
/// as long as the page.
#[derive(Default)]
pub(crate) struct Direct(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    manifest: Option<Arc<Manifest>>,
    /// By address and model; asking each time would delay every answer.
    infos: HashMap<(String, String), ModelInfo>,
    /// By provider's id.
    health: HashMap<String, ProviderHealth>,
    /// Newest first.
    calls: VecDeque<ModelCall>,
}

/// As `GET /api/settings/models`.
pub(super) fn get_models() -> ModelSettings {
    Kept::load().settings()
}

/// As `PUT /api/settings/models`.
pub(super) fn save_models(body: SaveModels) -> ModelSettings {
    Kept::change(|kept| kept.choose(body))
}

impl Direct {
    /// As `PUT /api/settings/models/{id}`.
    pub(super) fn save_provider(&self, id: &str, body: &SaveProvider) -> Result<ModelSettings> {
        let provider = Kept::load().resolve(id, body).map_err(Error::Api)?;
        self.lock().health.remove(id);
        Ok(Kept::change(|kept| kept.put(provider)))
    }

    /// As `DELETE /api/settings/models/{id}`.
    pub(super) fn delete_provider(&self, id: &str) -> ModelSettings {
        self.lock().health.remove(id);
        Kept::change(|kept| kept.remove(id))
    }

    /// Forgets every key that this browser keeps.
    pub(crate) fn forget_keys(&self) {
        self.lock().health.clear();
        Kept::change(Kept::forget_keys);
    }

    /// As `POST /api/settings/models/{id}/test`.
    pub(super) async fn test_provider(
        &self,
        id: &str,
        body: &SaveProvider,
    ) -> Result<ProviderTest> {
        let provider = Kept::load().resolve(id, body).map_err(Error::Api)?;
        let endpoint = provider.endpoint(&page());
        let stop = Abort::new();
        let transport = Transport {
            endpoint: &endpoint,
            stop: &stop,
        };
        let started = monotonic_ms();
        let mut models = transport
            .json(&dialect::models_call(endpoint.kind), SHORT_S)
            .await
            .and_then(|answer| dialect::read_models(endpoint.kind, &answer))
            .and_then(|models| {
                if models.is_empty() {
                    Err(Failure::NoModels)
                } else {
                    Ok(models)
                }
            })
            .map_err(|failure| Error::Api(failure.explain(&endpoint)))?;
        let latency_ms = elapsed_ms(started);
        if !endpoint.model.is_empty()
            && let Ok(info) = self.info(&endpoint, &stop).await
        {
            dialect::fill_in(&mut models, &endpoint.model, info);
        }
        let version = match dialect::version_call(endpoint.kind) {
            Some(call) => transport.json(&call, SHORT_S).await.ok(),
            None => None,
        };
        Ok(ProviderTest {
            latency_ms,
            version: version.as_ref().and_then(dialect::read_version),
            models,
        })
    }

    /// As `GET /api/settings/models/health`.
    pub(super) async fn model_health(&self) -> ModelHealth {
        let kept = Kept::load();
        let enabled = kept.providers().iter().filter(|provider| provider.enabled);
        let providers = join_all(enabled.map(|provider| self.look(provider))).await;
        let memory = self.lock();
        ModelHealth {
            providers,
            calls: memory.calls.iter().cloned().collect(),
        }
    }

    /// As `POST /api/ask`.
    pub(super) async fn ask(&self, request: &AskRequest, stop: &Abort) -> Result<AskAnswer> {
        let kept = Kept::load();
        let (named, model) = (request.provider(), request.model());
        let candidates = kept.candidates(Tier::Small, named, model, &page());
        let first = candidates.first().cloned().ok_or_else(not_set_up)?;
        let seconds = patience_s(request);
        let asked = within(seconds, async {
            let mut result = Err(not_set_up());
            for candidate in &candidates {
                result = self.ask_one(candidate, request, stop).await;
                if result.is_ok() || stop.is_aborted() || !kept.fallback() {
                    break;
                }
            }
            result
        });
        asked.await.unwrap_or_else(|| {
            let failure = Failure::Silent {
                seconds,
                begun: true,
            };
            Err(Error::Api(failure.explain(&first.endpoint)))
        })
    }

    async fn ask_one(
        &self,
        candidate: &Candidate,
        request: &AskRequest,
        stop: &Abort,
    ) -> Result<AskAnswer> {
        let endpoint = &candidate.endpoint;
        let started = monotonic_ms();
        let mut tally = tally(candidate);
        let mut answering = Answering::default();
        let transport = Transport { endpoint, stop };
        let asked = transport
            .chat(&chat_request(request), |event| {
                answering.push(&event, &mut tally);
            })
            .await;
        let answer = match asked {
            Ok(()) => answering.read(request, endpoint),
            Err(_) if stop.is_aborted() => return Err(Error::Aborted),
            Err(failure) => Err(failure.explain(endpoint)),
        };
        let (outcome, reason) = match &answer {
            Ok(_) => (CallOutcome::Done, None),
            Err(error) => (CallOutcome::Failed, Some(error.message.clone())),
        };
        self.record(tally.end(elapsed_ms(started), outcome, reason));
        answer.map_err(Error::Api)
    }

    /// What is known of a candidate's model.
    async fn info(
        &self,
        endpoint: &Endpoint,
        stop: &Abort,
    ) -> std::result::Result<ModelInfo, Failure> {
        let key = (endpoint.base_url.clone(), endpoint.model.clone());
        if let Some(info) = self.lock().infos.get(&key).copied() {
            return Ok(info);
        }
        let call = dialect::info_call(endpoint.kind, &endpoint.model);
        let transport = Transport { endpoint, stop };
        let answer = match transport.json(&call, SHORT_S).await {
            Ok(answer) => answer,
            // Old versions and look-alikes lack this route; the chat route decides.
            Err(failure) if failure.lacks_route() => Value::Null,
            Err(failure) => return Err(failure),
        };
        let info = dialect::read_info(endpoint.kind, &endpoint.model, &answer)?;
        if info.context_tokens.is_some() {
            self.lock().infos.insert(key, info);
        }
        Ok(info)
    }

    /// The list of packages, which the prompt is made from.
    async fn manifest(&self) -> std::result::Result<Arc<Manifest>, ApiError> {
        if let Some(manifest) = self.lock().manifest.clone() {
            return Ok(manifest);
        }
        let missing = || ApiError {
            code: ErrorCode::Internal,
            message: "The list of packages couldn't be loaded.".to_owned(),
            help: Some("Check the network connection, then try again.".to_owned()),
            retry_after_s: None,
            request_id: String::new(),
        };
        let address = assets::load().map_err(|_| missing())?.manifest;
        let loaded = get_manifest(&address).await;
        let manifest = Arc::new(loaded.map_err(|_| missing())?);
        self.lock().manifest = Some(Arc::clone(&manifest));
        Ok(manifest)
    }

    /// Asks a provider for its models, unless that was done a moment ago.
    async fn look(&self, provider: &Provider) -> ProviderHealth {
        let checked_ms = i64::try_from(now_ms()).unwrap_or(i64::MAX);
        let known = self.lock().health.get(&provider.id).cloned();
        // One that failed may have been seen to meanwhile.
        let counts = |known: &ProviderHealth| {
            known.error.is_none() && checked_ms - known.checked_ms < HEALTH_MS
        };
        if let Some(known) = known.filter(counts) {
            return known;
        }
        let endpoint = provider.endpoint(&page());
        let stop = Abort::new();
        let transport = Transport {
            endpoint: &endpoint,
            stop: &stop,
        };
        let [here, elsewhere] = LOOK_S;
        let seconds = if is_local(&endpoint.base_url) {
            here
        } else {
            elsewhere
        };
        let started = monotonic_ms();
        let seen = transport
            .json(&dialect::models_call(endpoint.kind), seconds)
            .await
            .and_then(|answer| dialect::read_models(endpoint.kind, &answer))
            .map(|_| elapsed_ms(started))
            .map_err(|failure| failure.explain(&endpoint));
        let health = ProviderHealth {
            id: provider.id.clone(),
            circuit: Circuit::Closed,
            checked_ms,
            latency_ms: seen.as_ref().ok().copied(),
            error: seen.err(),
            retry_ms: None,
        };
        let mut memory = self.lock();
        memory.health.insert(provider.id.clone(), health.clone());
        health
    }

    fn record(&self, call: ModelCall) {
        let mut memory = self.lock();
        memory.calls.push_front(call);
        memory.calls.truncate(KEPT_CALLS);
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tally(candidate: &Candidate) -> Tally {
    let started_ms = i64::try_from(now_ms()).unwrap_or(i64::MAX);
    Tally::new(&candidate.id, &candidate.who.model, started_ms)
}

/// Whole milliseconds since then.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a page's time is positive and far below 2^32 milliseconds"
)]
fn elapsed_ms(started: f64) -> u32 {
    (monotonic_ms() - started) as u32
}

/// Origin of this page.
fn page() -> String {
    web_sys::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

fn not_set_up() -> Error {
    Error::Api(nobody())
}

/// There is nobody to ask.
fn nobody() -> ApiError {
    ApiError {
        code: ErrorCode::ProviderNotConfigured,
        message: "no language model is set up".to_owned(),
        help: Some("Choose a provider and a model in the settings.".to_owned()),
        retry_after_s: None,
        request_id: String::new(),
    }
}
