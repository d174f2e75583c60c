//! Settings of language models: the providers, who is asked first, the test of
//! a connection, and how all of them fare.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::join_all;
use generation::Failure;
use generation::dialect::fill_in;
use protocol::error::ApiError;
use protocol::provider::{
    ModelHealth, ModelSettings, ProviderHealth, ProviderKind, ProviderTest, SaveModels,
    SaveProvider, check_provider_id,
};
use tokio::time::Instant;

use super::Error;
use super::quota::{Quotas, UserId};
use super::rules::cut;
use crate::config::ModelEnvironment;
use crate::llm;
use crate::llm::router::{Router, sort};
use crate::provider::{
    Profile, ProviderConfig, Secret, Source, normalize_base_url, origin, same_origin,
};
use crate::store::{ProviderRow, SavedChoice, Store};
use crate::vault::Vault;

/// Longest model name and key, in bytes: beyond any that a provider uses.
const MAX_FIELD_BYTES: usize = 1_000;
/// Longest name of a provider, in characters.
const MAX_NAME_CHARS: usize = 80;
/// Most saved providers: beyond what anybody can tell apart.
const MAX_PROVIDERS: usize = 50;
/// Calls that the health shows.
const SHOWN_CALLS: u32 = 100;

/// The provider service.
#[derive(Clone)]
pub struct Providers {
    store: Store,
    router: Router,
    vault: Vault,
    quotas: Quotas,
    environment: Arc<ModelEnvironment>,
}

/// Providers and the order in which they are asked.
#[derive(Debug)]
pub(super) struct Choice {
    /// All there are, in the order of `auto`.
    pub(super) profiles: Vec<Profile>,
    /// Who is asked first.
    pub(super) preferred: Option<String>,
    /// Whether others are asked when one fails.
    pub(super) fallback: bool,
}

impl Providers {
    /// Works on a store; the environment counts where nothing is saved.
    pub fn new(
        store: Store,
        router: Router,
        vault: Vault,
        quotas: Quotas,
        environment: ModelEnvironment,
    ) -> Self {
        Self {
            store,
            router,
            vault,
            quotas,
            environment: Arc::new(environment),
        }
    }

    /// Encrypts keys that an older version left in the clear, and says which
    /// keys can't be read. Called once, at the start.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prepare(&self) -> Result<(), Error> {
        let mut tx = self.store.write().await?;
        let clear: BTreeMap<_, _> = tx.clear_keys().await?.into_iter().collect();
        for mut row in tx.providers().await? {
            if let Some(key) = clear.get(&row.id) {
                row.api_key = self.seal(&row.id, &row.base_url, Secret::new(key).as_ref())?;
                tx.put_provider(&row).await?;
            } else if row.api_key.is_some() && self.key(&row).is_none() {
                tracing::warn!(
                    provider = row.id,
                    "the saved key was encrypted with another secret and can't be used: enter it again in the settings"
                );
            }
        }
        tx.commit().await?;
        if !clear.is_empty() {
            self.store.scrub().await?;
        }
        let choice = self.saved().await?;
        if let Some(id) = &self.environment.preferred
            && !choice.profiles.iter().any(|profile| profile.id == *id)
        {
            tracing::warn!("LLM_PROVIDER names `{id}`, which isn't set up");
        }
        Ok(())
    }

    /// All that the settings show.
    pub async fn settings(&self, user: &UserId) -> Result<ModelSettings, Error> {
        let choice = self.choice().await?;
        Ok(ModelSettings {
            providers: choice.profiles.iter().map(Profile::to_settings).collect(),
            preferred: choice.preferred,
            fallback: choice.fallback,
            quota: self.quotas.look(user).await?,
        })
    }

    /// Saves who is asked first, and whether others are.
    pub async fn choose(&self, request: SaveModels) -> Result<(), Error> {
        if let Some(id) = &request.preferred {
            let choice = self.saved().await?;
            if !choice.profiles.iter().any(|profile| profile.id == *id) {
                return Err(unknown(id));
            }
        }
        let mut tx = self.store.write().await?;
        tx.put_choice(&SavedChoice {
            preferred: request.preferred,
            fallback: Some(request.fallback),
        })
        .await?;
        Ok(tx.commit().await?)
    }

    /// Makes or replaces a provider.
    pub async fn save(&self, id: &str, request: SaveProvider) -> Result<(), Error> {
        let profile = self.resolve(id, request).await?;
        let row = ProviderRow {
            api_key: self.seal(
                id,
                &profile.config.base_url,
                profile.config.api_key.as_ref(),
            )?,
            id: profile.id,
            name: profile.name,
            kind: profile.config.kind,
            base_url: profile.config.base_url,
            model: profile.config.model,
            small_model: profile.small_model,
            enabled: profile.enabled,
        };
        let mut tx = self.store.write().await?;
        let saved = tx.providers().await?;
        if saved.len() >= MAX_PROVIDERS && !saved.iter().any(|saved| saved.id == row.id) {
            return Err(Error::invalid(
                format!("there are {MAX_PROVIDERS} providers, and no more can be saved"),
                "Delete one that isn't used.",
            ));
        }
        tx.put_provider(&row).await?;
        tx.commit().await?;
        self.router.reset(id);
        Ok(())
    }

    /// Forgets a saved provider; the environment's of the same id is back.
    pub async fn delete(&self, id: &str) -> Result<(), Error> {
        let mut tx = self.store.write().await?;
        if !tx.delete_provider(id).await? {
            return Err(Error::NotFound {
                message: format!("there is no saved provider `{}`", cut(id, 60)),
                help: "One that comes from the server's environment can be switched off instead."
                    .to_owned(),
            });
        }
        tx.commit().await?;
        self.router.reset(id);
        Ok(())
    }

    /// Asks a provider for its models, without saving anything.
    pub async fn test(&self, id: &str, request: SaveProvider) -> Result<ProviderTest, Error> {
        let config = self.resolve(id, request).await?.config;
        let llm = self.router.llm();
        let start = Instant::now();
        let mut models = llm.models(&config).await?;
        let latency_ms = u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX);
        if models.is_empty() {
            return Err(Error::Llm(llm::Error::new(Failure::NoModels, &config)));
        }
        if !config.model.is_empty()
            && let Ok(info) = llm.info(&config).await
        {
            fill_in(&mut models, &config.model, info);
        }
        self.router.reset(id);
        Ok(ProviderTest {
            latency_ms,
            version: llm.version(&config).await,
            models,
        })
    }

    /// How the providers fare that may be asked, and the last calls.
    pub async fn health(&self) -> Result<ModelHealth, Error> {
        let profiles = self.choice().await?.profiles;
        let enabled = profiles.iter().filter(|profile| profile.enabled);
        let providers = join_all(enabled.map(async |profile| {
            let checked = self.router.check(profile).await;
            let (circuit, retry_ms) = self.router.circuit(&profile.id);
            ProviderHealth {
                id: profile.id.clone(),
                circuit,
                checked_ms: checked.at_ms,
                latency_ms: checked.result.as_ref().ok().copied(),
                error: checked.result.err().map(|error| ApiError {
                    code: error.code,
                    message: error.message,
                    help: Some(error.help),
                    retry_after_s: error.retry_after_s,
                    request_id: String::new(),
                }),
                retry_ms,
            }
        }))
        .await;
        let calls = self.store.read().await?.calls(SHOWN_CALLS).await?;
        Ok(ModelHealth { providers, calls })
    }

    /// The providers that there are. One that nobody has set up is there when
    /// it answers.
    pub(super) async fn choice(&self) -> Result<Choice, Error> {
        let mut choice = self.saved().await?;
        let is_assumed = |profile: &Profile| profile.source == Source::Assumed;
        if let Some(profile) = choice.profiles.iter().find(|profile| is_assumed(profile))
            && self.router.check(profile).await.result.is_err()
        {
            choice.profiles.retain(|profile| !is_assumed(profile));
        }
        Ok(choice)
    }

    async fn saved(&self) -> Result<Choice, Error> {
        let mut tx = self.store.read().await?;
        let rows = tx.providers().await?;
        let chosen = tx.choice().await?;
        drop(tx);
        let mut profiles = self.environment.providers.clone();
        for row in rows {
            let profile = self.profile(row);
            match profiles.iter_mut().find(|there| there.id == profile.id) {
                Some(there) => *there = profile,
                None => profiles.push(profile),
            }
        }
        sort(&mut profiles);
        let fallback = chosen.as_ref().and_then(|chosen| chosen.fallback);
        let preferred = match chosen {
            Some(chosen) => chosen.preferred,
            None => self.environment.preferred.clone(),
        };
        Ok(Choice {
            preferred: preferred.filter(|id| profiles.iter().any(|profile| profile.id == *id)),
            fallback: fallback.unwrap_or(self.environment.fallback),
            profiles,
        })
    }

    fn profile(&self, row: ProviderRow) -> Profile {
        let api_key = self.key(&row);
        Profile {
            id: row.id,
            name: row.name,
            config: ProviderConfig {
                kind: row.kind,
                base_url: row.base_url,
                model: row.model,
                api_key,
            },
            small_model: row.small_model,
            enabled: row.enabled,
            source: Source::Settings,
        }
    }

    fn key(&self, row: &ProviderRow) -> Option<Secret> {
        let context = context(&row.id, &row.base_url);
        Secret::new(&self.vault.unseal(row.api_key.as_ref()?, &context)?)
    }

    fn seal(
        &self,
        id: &str,
        base_url: &str,
        key: Option<&Secret>,
    ) -> Result<Option<Vec<u8>>, Error> {
        key.map(|key| self.vault.seal(key.expose(), &context(id, base_url)))
            .transpose()
            .map_err(Error::Vault)
    }

    /// Checks a request and fills in the stored key, if it may go to that address.
    async fn resolve(&self, id: &str, request: SaveProvider) -> Result<Profile, Error> {
        check_provider_id(id)
            .map_err(|reason| Error::invalid(cut(&reason, 200), "Choose another id."))?;
        let name = request.name.trim().to_owned();
        if name.is_empty()
            || name.chars().count() > MAX_NAME_CHARS
            || name.chars().any(char::is_control)
        {
            return Err(Error::invalid(
                "the provider's name is empty or too long, or has a line break",
                format!("Give it a name of at most {MAX_NAME_CHARS} characters."),
            ));
        }
        let base_url = normalize_base_url(request.kind, &request.base_url).map_err(|message| {
            let example = match request.kind {
                ProviderKind::Ollama => "http://localhost:11434",
                ProviderKind::Openai => "https://openrouter.ai/api/v1",
                ProviderKind::Anthropic => "https://api.anthropic.com",
            };
            Error::invalid(message, format!("Write it like `{example}`."))
        })?;
        let key = request.api_key.as_deref();
        check_word("model's name", &request.model)?;
        check_word("small model's name", &request.small_model)?;
        check_word("key", key.unwrap_or_default())?;
        let api_key = match key {
            Some(key) => Secret::new(key),
            // A key must not reach a server it wasn't given for.
            None => self
                .saved()
                .await?
                .profiles
                .into_iter()
                .find(|stored| stored.id == id)
                .filter(|stored| same_origin(&stored.config.base_url, &base_url))
                .and_then(|stored| stored.config.api_key),
        };
        Ok(Profile {
            id: id.to_owned(),
            name,
            config: ProviderConfig {
                kind: request.kind,
                base_url,
                model: request.model.trim().to_owned(),
                api_key,
            },
            small_model: request.small_model.trim().to_owned(),
            enabled: request.enabled,
            source: Source::Settings,
        })
    }
}

/// What a sealed key is bound to: in another row, or at another server, it doesn't open.
fn context(id: &str, base_url: &str) -> String {
    format!("{id}\n{}", origin(base_url).unwrap_or_default())
}

/// Refuses what can be neither a model's name nor a key.
pub(super) fn check_word(what: &str, text: &str) -> Result<(), Error> {
    let text = text.trim();
    if text.len() <= MAX_FIELD_BYTES && text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Ok(());
    }
    Err(Error::invalid(
        format!("the {what} is too long, or has characters that no {what} has"),
        "Copy it again, without quotes and line breaks around it.",
    ))
}

/// A provider that the settings don't have.
pub(super) fn unknown(id: &str) -> Error {
    Error::invalid(
        format!("there is no provider `{}`", cut(id, 60)),
        "Choose one that the settings list.",
    )
}
