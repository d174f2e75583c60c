//! The language model's settings, and the test of a connection.

use std::sync::Arc;
use std::time::Instant;

use protocol::provider::{ProviderKind, ProviderTest, SaveProvider};

use super::Error;
use crate::llm::Llm;
use crate::provider::{ProviderConfig, Secret, normalize_base_url, same_origin};
use crate::store::Store;

/// Longest model name and key, in bytes: beyond any that a provider uses.
const MAX_FIELD_BYTES: usize = 1_000;

/// The provider service.
#[derive(Clone)]
pub struct Providers {
    store: Store,
    llm: Llm,
    default: Option<Arc<ProviderConfig>>,
}

impl Providers {
    /// Works on a store; `default` counts until something is saved.
    pub fn new(store: Store, llm: Llm, default: Option<ProviderConfig>) -> Self {
        Self {
            store,
            llm,
            default: default.map(Arc::new),
        }
    }

    /// The saved provider, or the one from the environment.
    pub async fn get(&self) -> Result<Option<ProviderConfig>, Error> {
        let saved = self.store.read().await?.provider().await?;
        Ok(saved.or_else(|| self.default.as_deref().cloned()))
    }

    /// Saves the provider.
    pub async fn save(&self, request: SaveProvider) -> Result<ProviderConfig, Error> {
        let config = self.resolve(request).await?;
        let mut tx = self.store.write().await?;
        tx.put_provider(&config).await?;
        tx.commit().await?;
        Ok(config)
    }

    /// Asks the provider for its models, without saving anything.
    pub async fn test(&self, request: SaveProvider) -> Result<ProviderTest, Error> {
        let config = self.resolve(request).await?;
        let provider = self.llm.provider(&config);
        let start = Instant::now();
        let mut models = provider.models().await?;
        let latency_ms = u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX);
        models.sort();
        models.dedup();
        if models.is_empty() {
            return Err(Error::Llm(crate::llm::no_models(&config)));
        }
        Ok(ProviderTest { latency_ms, models })
    }

    /// Checks a request and fills in the stored key, if it may go to that address.
    async fn resolve(&self, request: SaveProvider) -> Result<ProviderConfig, Error> {
        let base_url = normalize_base_url(request.kind, &request.base_url).map_err(|message| {
            let example = match request.kind {
                ProviderKind::Ollama => "http://localhost:11434",
                ProviderKind::Openai => "https://openrouter.ai/api/v1",
            };
            Error::invalid(message, format!("Write it like `{example}`."))
        })?;
        let model = request.model.trim().to_owned();
        for (what, text) in [
            ("model's name", model.as_str()),
            ("key", request.api_key.as_deref().unwrap_or_default().trim()),
        ] {
            if text.len() > MAX_FIELD_BYTES
                || !text.chars().all(|c| c.is_ascii_graphic() || c == ' ')
            {
                return Err(Error::invalid(
                    format!("the {what} is too long, or has characters that no {what} has"),
                    "Copy it again, without quotes and line breaks around it.",
                ));
            }
        }
        let api_key = match request.api_key {
            Some(key) => Secret::new(&key),
            // A key must not reach a server it wasn't given for.
            None => self
                .get()
                .await?
                .filter(|stored| same_origin(&stored.base_url, &base_url))
                .and_then(|stored| stored.api_key),
        };
        Ok(ProviderConfig {
            kind: request.kind,
            base_url,
            model,
            api_key,
        })
    }
}
