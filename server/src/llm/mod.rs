//! Language models behind one trait: [`Provider`].
//!
//! `ollama` and `openai` turn their dialect into [`StreamEvent`]s; `transport`
//! does the HTTP both share, with its time limits; `lines` puts lines together
//! from chunks; `error` words the failures; [`router`] chooses who is asked. Dropping a stream closes the
//! connection, which makes the provider stop.

mod error;
mod lines;
mod ollama;
mod openai;
pub mod router;
mod transport;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use futures_util::stream::{BoxStream, StreamExt as _, once};
use protocol::app::Role;
use protocol::error::ErrorCode;
use protocol::provider::ProviderKind;

pub use self::error::{Error, no_models, no_text};
use self::ollama::Ollama;
use self::openai::Openai;
use self::transport::Transport;
use crate::provider::{ProviderConfig, is_local};

/// Tokens kept free for the answer.
pub const ANSWER_TOKENS: u32 = 8_192;
/// Context to plan with when a provider doesn't tell.
pub const DEFAULT_CONTEXT_TOKENS: u32 = 32_768;
/// Context from which more text distracts a model, and costs memory or money,
/// instead of helping it.
pub const MAX_CONTEXT_TOKENS: u32 = 65_536;

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
            first_token: Duration::from_mins(2),
            between_tokens: Duration::from_mins(1),
            short: Duration::from_secs(15),
        }
    }
}

/// Who speaks in a [`ChatMessage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The instructions.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

impl Speaker {
    /// The name that both dialects use.
    fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

impl From<Role> for Speaker {
    fn from(role: Role) -> Self {
        match role {
            Role::User => Self::User,
            Role::Assistant => Self::Assistant,
        }
    }
}

/// One message of a conversation with the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatMessage {
    /// Who speaks.
    pub speaker: Speaker,
    /// The text.
    pub content: String,
}

/// What a model is asked.
#[derive(Debug, Clone)]
pub struct ChatRequest {
    /// The conversation.
    pub messages: Vec<ChatMessage>,
    /// Tokens that prompt and answer may take together; Ollama cuts the prompt
    /// off silently at a small default when it isn't told.
    pub context_tokens: u32,
}

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamEvent {
    /// Text of the answer.
    Text(String),
    /// Text that the model thinks before it answers, where the provider tells it apart.
    Thinking(String),
    /// Token counts so far.
    Usage {
        /// Of the prompt.
        prompt_tokens: u64,
        /// Of the answer.
        completion_tokens: u64,
    },
    /// The end, always last.
    Done {
        /// Whether the provider stopped at a length limit.
        length: bool,
    },
}

/// What a provider tells of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModelInfo {
    /// Longest context that it was made for.
    pub context_tokens: Option<u32>,
    /// Whether it is so small that the prompt should be plain and short.
    pub small: bool,
}

/// One language model at one address.
pub trait Provider: Send + Sync {
    /// Names of the models that the provider offers.
    fn models(&self) -> BoxFuture<'_, Result<Vec<String>, Error>>;

    /// What is known of the chosen model. A provider that doesn't tell is no error.
    fn info(&self) -> BoxFuture<'_, Result<ModelInfo, Error>>;

    /// Asks the model. The stream ends with [`StreamEvent::Done`] or an error;
    /// dropping it closes the connection.
    fn chat(&self, request: ChatRequest) -> BoxStream<'static, Result<StreamEvent, Error>>;
}

/// An API that can be saved and not yet be asked.
struct Unsupported;

impl Unsupported {
    fn error() -> Error {
        Error::new(
            ErrorCode::ProviderFailed,
            "Anthropic's API is not supported yet",
            "Reach Claude through OpenRouter, or choose another provider.",
        )
    }
}

impl Provider for Unsupported {
    fn models(&self) -> BoxFuture<'_, Result<Vec<String>, Error>> {
        ready(Err(Self::error())).boxed()
    }

    fn info(&self) -> BoxFuture<'_, Result<ModelInfo, Error>> {
        ready(Err(Self::error())).boxed()
    }

    fn chat(&self, _: ChatRequest) -> BoxStream<'static, Result<StreamEvent, Error>> {
        once(ready(Err(Self::error()))).boxed()
    }
}

/// Most models that are remembered.
const MAX_KNOWN_MODELS: usize = 100;

/// Makes providers that share their connections.
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
        let info = self.provider(config).info().await?;
        if info.context_tokens.is_some() {
            let mut known = self.lock();
            if known.len() >= MAX_KNOWN_MODELS {
                known.clear();
            }
            known.insert(key, info);
        }
        Ok(info)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, String), ModelInfo>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The provider of a configuration.
    pub fn provider(&self, config: &ProviderConfig) -> Box<dyn Provider> {
        let client = if is_local(&config.base_url) {
            &self.local_client
        } else {
            &self.client
        };
        let transport = Transport::new(client.clone(), self.timeouts, config.clone());
        match config.kind {
            ProviderKind::Ollama => Box::new(Ollama::new(transport)),
            ProviderKind::Openai => Box::new(Openai::new(transport)),
            ProviderKind::Anthropic => Box::new(Unsupported),
        }
    }
}

/// Parameters below which a model counts as small, in billions.
const SMALL_BILLIONS: f32 = 30.0;

/// Reads a size such as `7b`, `1.5B` or `8.0B` out of a name or a detail.
fn is_small(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .filter_map(|part| part.strip_suffix(['b', 'B']))
        .filter_map(|number| number.parse::<f32>().ok())
        .any(|billions| billions < SMALL_BILLIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_names() {
        assert!(is_small("qwen2.5-coder:7b"));
        assert!(is_small("llama3.2:1.5b-instruct-q4_K_M"));
        assert!(is_small("8.0B"));
        assert!(!is_small("qwen3-coder:30b"));
        assert!(!is_small("anthropic/claude-sonnet-4.5"));
        assert!(!is_small("gpt-5"));
    }
}
