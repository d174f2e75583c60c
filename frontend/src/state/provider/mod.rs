//! Language models: the settings of their providers, how these fare, and
//! which is asked. What that means for the person is worked out in `standing`;
//! `edit` changes the settings.

mod asked;
mod edit;
mod standing;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use protocol::error::ApiError;
use protocol::provider::{
    Circuit, ModelCall, ModelHealth, ModelSettings, ModelSummary, ProviderHealth, ProviderSettings,
    ProviderTest, Quota, SaveProvider,
};

pub(crate) use self::asked::Asked;
pub(crate) use self::standing::Standing;
use self::standing::{find_health, may_ask, status_of, to_save};
use super::Handle;
use super::direct::Direct;
use super::session::{Server, Session};
use super::spawn;
use super::toasts::Toasts;
use crate::address::is_local;
use crate::api::{self, Models};
use crate::message::{Sentence, describe, without_network};
use crate::platform::clock::now_ms;
use crate::platform::local;

/// Provider that this browser asks first.
const CHOSEN_KEY: &str = "cumulet.provider";

/// Whether a model can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProviderStatus {
    /// Not asked yet.
    Unknown,
    /// Being asked.
    Checking,
    /// This model answers, and is the first to be asked.
    Ready(String),
    /// Set up, but it doesn't answer; or there is no server to ask it.
    Unreachable(Sentence),
    /// No provider, or no model chosen.
    NotConfigured,
}

/// A model that the person may choose for the next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ModelChoice {
    /// The provider's id.
    pub(crate) provider_id: String,
    /// The provider's name.
    pub(crate) provider_name: String,
    /// The model's name.
    pub(crate) model: String,
    /// It runs on the server's own machine.
    pub(crate) local: bool,
    /// Whether it takes pictures, where that is known.
    pub(crate) sees_images: Option<bool>,
    /// Its provider answers.
    pub(crate) healthy: bool,
}

/// Handle to the language models.
pub(crate) type ProviderState = Handle<ProviderStore>;

/// What stands behind [`ProviderState`].
pub(crate) struct ProviderStore {
    settings: RwSignal<Option<ModelSettings>>,
    health: RwSignal<Option<ModelHealth>>,
    /// Why settings or health couldn't be read.
    trouble: RwSignal<Option<Sentence>>,
    checking: RwSignal<bool>,
    /// Ids of providers that are being examined.
    examined: RwSignal<BTreeSet<String>>,
    /// Models that a provider offers, by its id.
    offers: RwSignal<BTreeMap<String, Vec<ModelSummary>>>,
    chosen: RwSignal<Option<String>>,
    status: Memo<ProviderStatus>,
    /// Rises with every check, so that a late answer is dropped.
    check: StoredValue<u64>,
    /// Number of the last request for settings, and of the last whose answer was taken.
    asked: StoredValue<u64>,
    taken: StoredValue<u64>,
    session: Session,
    direct: Direct,
    toasts: Toasts,
}

impl ProviderState {
    pub(super) fn new() -> Self {
        let session = Session::expect();
        let direct = Direct::expect();
        let settings = RwSignal::new(None);
        let health = RwSignal::new(None);
        let trouble = RwSignal::new(None);
        let checking = RwSignal::new(false);
        let chosen = RwSignal::new(local::get(CHOSEN_KEY));
        let known = Memo::new(move |_| {
            let chosen = chosen.get();
            settings.with(|settings: &Option<ModelSettings>| {
                let settings = settings.as_ref()?;
                Some(health.with(|health: &Option<ModelHealth>| {
                    status_of(settings, health.as_ref(), chosen.as_deref())
                }))
            })
        });
        let status = Memo::new(move |_| match (known.get(), trouble.get()) {
            _ if !direct.active().get() && session.server().get() == Server::Absent => {
                ProviderStatus::Unreachable(if session.online().get() {
                    describe(&api::Error::Network)
                } else {
                    without_network()
                })
            }
            (Some(status @ (ProviderStatus::Ready(_) | ProviderStatus::NotConfigured)), _) => {
                status
            }
            _ if checking.get() => ProviderStatus::Checking,
            (_, Some(trouble)) => ProviderStatus::Unreachable(trouble),
            (known, None) => known.unwrap_or(ProviderStatus::Unknown),
        });
        Handle::keep(ProviderStore {
            settings,
            health,
            trouble,
            checking,
            examined: RwSignal::new(BTreeSet::new()),
            offers: RwSignal::new(BTreeMap::new()),
            chosen,
            status,
            check: StoredValue::new(0),
            asked: StoredValue::new(0),
            taken: StoredValue::new(0),
            session,
            direct,
            toasts: Toasts::expect(),
        })
    }

    /// The page's language models.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Who asks the models, untracked.
    pub(crate) fn models(self) -> Models {
        self.direct.models()
    }

    /// Whether the settings can't be changed now: they are the server's, which is gone.
    pub(crate) fn frozen(self) -> Signal<bool> {
        Signal::derive(move || {
            !self.direct.active().get() && self.session.server().get() == Server::Absent
        })
    }

    /// Settings as who asks has them; `None` before they are known.
    pub(crate) fn settings(self) -> Signal<Option<ModelSettings>> {
        self.settings.into()
    }

    /// Why settings or health couldn't be read.
    pub(crate) fn trouble(self) -> Signal<Option<Sentence>> {
        self.trouble.into()
    }

    /// Whether the providers are being looked at.
    pub(crate) fn checking(self) -> Signal<bool> {
        self.checking.into()
    }

    /// The last requests to models, newest first; `None` before they are known.
    pub(crate) fn calls(self) -> Signal<Option<Vec<ModelCall>>> {
        Signal::derive(move || {
            self.health
                .with(|health| health.as_ref().map(|health| health.calls.clone()))
        })
    }

    /// Whether a model can be asked.
    pub(crate) fn status(self) -> Signal<ProviderStatus> {
        self.status.into()
    }

    /// Models that may be asked, in the order in which they are.
    pub(crate) fn choices(self) -> Signal<Vec<ModelChoice>> {
        Signal::derive(move || {
            self.settings.with(|settings| {
                let providers = settings.iter().flat_map(|settings| &settings.providers);
                providers
                    .filter(|provider| may_ask(provider))
                    .map(|provider| self.choice(provider))
                    .collect()
            })
        })
    }

    /// How many generations are left, as the server last told.
    pub(crate) fn quota(self) -> Signal<Quota> {
        Signal::derive(move || {
            self.settings
                .with(|settings| settings.as_ref().map_or_else(Quota::default, |s| s.quota))
        })
    }

    /// Provider that this browser asks first, whatever the settings prefer.
    pub(crate) fn chosen(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let chosen = self.chosen.get()?;
            self.settings.with(|settings| {
                let mut providers = settings.iter().flat_map(|settings| &settings.providers);
                providers
                    .any(|provider| provider.id == chosen && may_ask(provider))
                    .then_some(chosen)
            })
        })
    }

    /// Chooses the provider that this browser asks first; `None` follows the settings.
    pub(crate) fn choose(self, id: Option<String>) {
        match &id {
            Some(id) => local::set(CHOSEN_KEY, id),
            None => local::remove(CHOSEN_KEY),
        }
        self.chosen.set(id);
    }

    /// How a provider fares, tracked.
    pub(crate) fn standing(self, provider: &ProviderSettings) -> Standing {
        self.health
            .with(|health| Standing::of(provider, health.as_ref()))
    }

    /// What was last seen of a provider, tracked.
    pub(crate) fn health(self, id: &str) -> Option<ProviderHealth> {
        self.health
            .with(|health| find_health(health.as_ref()?, id).cloned())
    }

    /// Whether a provider is being examined, tracked.
    pub(crate) fn is_examined(self, id: &str) -> bool {
        self.examined.with(|examined| examined.contains(id))
    }

    /// Asks a provider with these settings for its models; saves nothing.
    ///
    /// # Errors
    /// Why it didn't answer, as a sentence with the next step.
    pub(crate) async fn test(
        self,
        id: &str,
        body: &SaveProvider,
    ) -> Result<ProviderTest, Sentence> {
        self.ask(id, body).await.map_err(|error| describe(&error))
    }

    /// Reads the settings and looks at every provider again.
    pub(crate) fn check(self) {
        let number = self.check.get_value() + 1;
        self.check.set_value(number);
        self.checking.set(true);
        spawn(async move {
            let result = match self.change(self.models().settings()).await {
                Ok(()) => self.read_health().await,
                Err(sentence) => Err(sentence),
            };
            if self.check.get_value() == number {
                self.trouble.set(result.err());
                self.checking.set(false);
                self.learn_models();
            }
        });
    }

    /// Reads settings, quota and the last requests again, quietly; before the
    /// first check there is nothing to do.
    pub(crate) fn refresh(self) {
        if self.settings.with_untracked(Option::is_none) {
            return;
        }
        spawn(async move {
            // A failure leaves what is known; the next check tells of it.
            if self.change(self.models().settings()).await.is_ok() {
                let _ = self.read_health().await;
            }
        });
    }

    /// Asks one provider for its models now, and shows how it fares.
    pub(crate) fn examine(self, id: &str) {
        let provider = self.settings.with_untracked(|settings| {
            let mut providers = settings.iter().flat_map(|settings| &settings.providers);
            providers.find(|provider| provider.id == id).cloned()
        });
        let Some(provider) = provider.filter(|_| !self.is_examined(id)) else {
            return;
        };
        let id = provider.id.clone();
        self.examined.update(|examined| {
            examined.insert(id.clone());
        });
        spawn(async move {
            let result = self.ask(&id, &to_save(&provider)).await;
            // A test may have closed the circuit.
            let _ = self.read_health().await;
            match result {
                Ok(test) => {
                    self.saw(&provider, Ok(test.latency_ms));
                    self.keep_offer(&id, test);
                }
                Err(api::Error::Api(error)) => self.saw(&provider, Err(error)),
                Err(error) => self.toasts.failure(&describe(&error)),
            }
            self.examined.update(|examined| {
                examined.remove(&id);
            });
        });
    }

    pub(super) fn start(self) {
        let server = self.session.server();
        let direct = Memo::new(move |_| self.direct.active().get());
        Effect::new(move |before: Option<bool>| {
            let is_direct = direct.get();
            if before.is_some_and(|before| before != is_direct) {
                self.forget();
            }
            match server.get() {
                _ if is_direct => self.check(),
                Server::Unknown => {}
                Server::Present => self.check(),
                Server::Absent => {
                    // What is on its way comes from a server that is gone.
                    self.check.update_value(|number| *number += 1);
                    self.checking.set(false);
                }
            }
            is_direct
        });
    }

    /// Forgets what is known of the models that somebody else asks.
    fn forget(self) {
        self.settings.set(None);
        self.health.set(None);
        self.trouble.set(None);
        self.offers.set(BTreeMap::new());
    }

    /// Finds out once what the models of the providers that answer can do.
    fn learn_models(self) {
        let providers = self.settings.get_untracked().unwrap_or_default().providers;
        for provider in providers {
            let known = self
                .offers
                .with_untracked(|offers| offers.contains_key(&provider.id));
            let standing = untrack(|| self.standing(&provider));
            if known || !matches!(standing, Standing::Answers(_)) {
                continue;
            }
            spawn(async move {
                if let Ok(test) = self.ask(&provider.id, &to_save(&provider)).await {
                    self.keep_offer(&provider.id, test);
                }
            });
        }
    }

    fn choice(self, provider: &ProviderSettings) -> ModelChoice {
        let sees_images = self.offers.with(|offers| {
            let offer = offers.get(&provider.id)?;
            let model = offer.iter().find(|model| model.name == provider.model)?;
            model.sees_images
        });
        ModelChoice {
            provider_id: provider.id.clone(),
            provider_name: provider.name.clone(),
            model: provider.model.clone(),
            local: is_local(&provider.base_url),
            sees_images,
            healthy: matches!(self.standing(provider), Standing::Answers(_)),
        }
    }

    /// Takes the settings that a request answers with, unless a later one did so before.
    async fn change(
        self,
        request: impl Future<Output = Result<ModelSettings, api::Error>>,
    ) -> Result<(), Sentence> {
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        match request.await {
            Ok(settings) => {
                if self.taken.get_value() < number {
                    self.taken.set_value(number);
                    self.settings.set(Some(settings));
                }
                Ok(())
            }
            Err(error) => {
                self.session.heard(&error);
                Err(describe(&error))
            }
        }
    }

    async fn read_health(self) -> Result<(), Sentence> {
        match self.models().health().await {
            Ok(health) => {
                self.health.set(Some(health));
                Ok(())
            }
            Err(error) => {
                self.session.heard(&error);
                Err(describe(&error))
            }
        }
    }

    async fn ask(self, id: &str, body: &SaveProvider) -> Result<ProviderTest, api::Error> {
        let result = self.models().test(id, body).await;
        if let Err(error) = &result {
            self.session.heard(error);
        }
        result
    }

    fn keep_offer(self, id: &str, test: ProviderTest) {
        self.offers.update(|offers| {
            offers.insert(id.to_owned(), test.models);
        });
    }

    /// Shows what a test found out, which is newer than what the server last
    /// looked at; a notice does for a provider that is off or lacks a model.
    fn saw(self, provider: &ProviderSettings, result: Result<u32, ApiError>) {
        if !may_ask(provider) {
            return match result {
                Ok(_) => self.toasts.info(format!("{} answers.", provider.name)),
                Err(error) => self.toasts.failure(&describe(&api::Error::Api(error))),
            };
        }
        self.health.update(|health| {
            let health = health.get_or_insert_default();
            let before = find_health(health, &provider.id);
            let seen = ProviderHealth {
                id: provider.id.clone(),
                circuit: before.map_or(Circuit::Closed, |before| before.circuit),
                checked_ms: i64::try_from(now_ms()).unwrap_or(i64::MAX),
                latency_ms: result.as_ref().ok().copied(),
                error: result.err(),
                retry_ms: before.and_then(|before| before.retry_ms),
            };
            health.providers.retain(|health| health.id != provider.id);
            health.providers.push(seen);
        });
    }
}
