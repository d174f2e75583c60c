//! Language models over HTTP. What is said and how answers are read is
//! `generation::dialect`'s; here are connections, time limits, and what is
//! remembered of models. [`router`] chooses who is asked. Dropping a stream
//! closes the connection, which makes the provider stop.

mod error;
pub mod router;
mod transport;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_stream::try_stream;
use futures_util::stream::BoxStream;
use generation::dialect::{self, Decoder, Failure};
use generation::{ChatRequest, ModelInfo, StreamEvent};
use protocol::provider::ModelSummary;
use serde_json::Value;

pub use self::error::Error;
use self::transport::Transport;
use crate::provider::{ProviderConfig, is_local};

/// How long to wait for a provider.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For the first piece of an answer: a local model may have to be loaded from disk.
    pub first_token: Duration,
    /// Between two pieces of an answer.
    pub between_tokens: Duration,
    /// For a short answer, such as the list of models.
    pub short: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_token: Duration::from_secs(dialect::FIRST_TOKEN_S),
            between_tokens: Duration::from_secs(dialect::BETWEEN_TOKENS_S),
            short: Duration::from_secs(dialect::SHORT_S),
        }
    }
}

/// Most models that are remembered.
const MAX_KNOWN_MODELS: usize = 100;

/// Asks providers; clones share their connections.
#[derive(Debug, Clone)]
pub struct Llm {
    client: reqwest::Client,
    /// For this machine's own servers, which no proxy reaches.
    local_client: reqwest::Client,
    timeouts: Timeouts,
    /// By address and name; asking each time would delay every answer.
    known: Arc<Mutex<HashMap<(String, String), ModelInfo>>>,
}

impl Llm {
    /// Builds the HTTP client.
    ///
    /// # Errors
    /// When TLS can't be set up on this machine.
    pub fn new(timeouts: Timeouts) -> Result<Self, reqwest::Error> {
        let builder = || {
            reqwest::Client::builder()
                .connect_timeout(timeouts.connect)
                // A redirect could carry the key to another host.
                .redirect(reqwest::redirect::Policy::none())
                // A model server may close an idle connection just as the next
                // request goes out; an answer takes seconds, a connection none.
                .pool_max_idle_per_host(0)
                .user_agent(concat!("cumulet/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Self {
            client: builder().build()?,
            local_client: builder().no_proxy().build()?,
            timeouts,
            known: Arc::default(),
        })
    }

    /// Models that the provider offers, sorted by name.
    ///
    /// # Errors
    /// When it doesn't answer, or not as its API promises.
    pub async fn models(&self, config: &ProviderConfig) -> Result<Vec<ModelSummary>, Error> {
        let call = dialect::models_call(config.kind);
        let answer = self.transport(config).json(&call).await;
        let models = answer.and_then(|answer| dialect::read_models(config.kind, &answer));
        models.map_err(|failure| Error::new(failure, config))
    }

    /// The provider's own version, where it tells.
    pub async fn version(&self, config: &ProviderConfig) -> Option<String> {
        let call = dialect::version_call(config.kind)?;
        let answer = self.transport(config).json(&call).await.ok()?;
        dialect::read_version(&answer)
    }

    /// What is known of the configured model, asked once.
    ///
    /// # Errors
    /// When the provider can't be reached or doesn't have the model.
    pub async fn info(&self, config: &ProviderConfig) -> Result<ModelInfo, Error> {
        let key = (config.base_url.clone(), config.model.clone());
        let known = self.lock().get(&key).copied();
        if let Some(info) = known {
            return Ok(info);
        }
        let call = dialect::info_call(config.kind, &config.model);
        let answer = match self.transport(config).json(&call).await {
            Ok(answer) => answer,
            // Old versions and look-alikes lack this route; the chat route decides.
            Err(failure) if failure.lacks_route() => Value::Null,
            Err(failure) => return Err(Error::new(failure, config)),
        };
        let info = dialect::read_info(config.kind, &config.model, &answer)
            .map_err(|failure| Error::new(failure, config))?;
        if info.context_tokens.is_some() {
            let mut known = self.lock();
            if known.len() >= MAX_KNOWN_MODELS {
                known.clear();
            }
            known.insert(key, info);
        }
        Ok(info)
    }

    /// Asks the model. The stream ends with [`StreamEvent::Done`] or a failure;
    /// dropping it closes the connection.
    pub fn chat(
        &self,
        config: &ProviderConfig,
        request: &ChatRequest,
    ) -> BoxStream<'static, Result<StreamEvent, Failure>> {
        let transport = self.transport(config);
        let call = dialect::chat_call(&config.endpoint(), request);
        let mut decoder = Decoder::new(config.kind);
        Box::pin(try_stream! {
            let mut bytes = transport.stream(&call).await?;
            let mut events = Vec::new();
            while !decoder.is_done() {
                let chunk = bytes.next(decoder.has_begun()).await?;
                let read = match &chunk {
                    Some(chunk) => decoder.push(chunk, &mut events),
                    None => decoder.finish(&mut events),
                };
                for event in events.drain(..) {
                    yield event;
                }
                read?;
                if chunk.is_none() {
                    break;
                }
            }
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, String), ModelInfo>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn transport(&self, config: &ProviderConfig) -> Transport {
        let client = if is_local(&config.base_url) {
            &self.local_client
        } else {
            &self.client
        };
        Transport::new(client.clone(), self.timeouts, config.clone())
    }
}
