//! Settings of the language model provider.

use serde::{Deserialize, Serialize};

/// API that a provider speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Ollama's own API (`/api/chat`, NDJSON).
    Ollama,
    /// The chat completions API: OpenRouter, LM Studio, llama.cpp, vLLM, OpenAI.
    Openai,
}

/// Provider settings as the browser sees them: the key never leaves the
/// server. `GET /api/settings/provider` answers with `Option<ProviderSettings>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProviderSettings {
    /// API.
    pub kind: ProviderKind,
    /// Address without the API's path: `http://localhost:11434`, `https://openrouter.ai/api/v1`.
    pub base_url: String,
    /// Model name; empty until one is chosen.
    pub model: String,
    /// Whether the server holds a key for this address.
    pub has_key: bool,
}

/// `PUT /api/settings/provider`; answers with [`ProviderSettings`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveProvider {
    /// API.
    pub kind: ProviderKind,
    /// Address.
    pub base_url: String,
    /// Model name; may be empty.
    pub model: String,
    /// New key; absent keeps the stored one while the address stays on the same origin, empty removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<String>,
}

impl std::fmt::Debug for SaveProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaveProvider")
            .field("kind", &self.kind)
            .field("base_url", &self.base_url)
            .field("model", &self.model)
            .field("api_key", &self.api_key.as_ref().map(|_| "redacted"))
            .finish()
    }
}

/// Answer of `POST /api/settings/provider/test`, whose body is [`SaveProvider`].
/// A failure answers with an [`crate::error::ApiError`] that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderTest {
    /// Time until the list of models was there, in milliseconds.
    pub latency_ms: u32,
    /// Models that the provider offers, sorted.
    pub models: Vec<String>,
}
