//! Language models: their providers, which of them is asked, and how they fare.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::limits::MAX_ID_BYTES;

/// API that a provider speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Ollama's own API (`/api/chat`, NDJSON).
    Ollama,
    /// The chat completions API: OpenRouter, LM Studio, llama.cpp, vLLM, OpenAI, Gemini, `DeepSeek`, Groq.
    Openai,
    /// Anthropic's messages API (`/v1/messages`).
    Anthropic,
}

/// Which of a provider's two models does a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Writes and repairs code.
    Big,
    /// Questions, proposals, better prompts, suggestions.
    Small,
}

/// A provider as the browser sees it: its key never leaves the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProviderSettings {
    /// Word of lower-case letters, digits and hyphens, see [`check_provider_id`].
    pub id: String,
    /// Name that people see.
    pub name: String,
    /// API.
    pub kind: ProviderKind,
    /// Address without the API's path: `http://localhost:11434`, `https://openrouter.ai/api/v1`.
    pub base_url: String,
    /// Model of [`Tier::Big`]; empty until one is chosen.
    pub model: String,
    /// Model of [`Tier::Small`]; empty where `model` does both.
    pub small_model: String,
    /// Whether it may be asked.
    pub enabled: bool,
    /// Whether the server holds a key for this address.
    pub has_key: bool,
    /// Whether all this comes from the server's environment: saving it makes it the person's own.
    pub from_environment: bool,
}

/// `GET /api/settings/models`; `PUT` takes a [`SaveModels`] and answers with this.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelSettings {
    /// In the order in which `auto` asks them: those on this machine first.
    pub providers: Vec<ProviderSettings>,
    /// Provider that is asked first; absent is `auto`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<String>,
    /// Whether the next provider is asked when one fails.
    pub fallback: bool,
    /// Generations that may begin in an hour.
    pub quota: Quota,
}

/// How many generations are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quota {
    /// Generations in an hour; 0 is no limit.
    pub per_hour: u32,
    /// Begun in the last hour.
    pub used: u32,
    /// When the next one may begin, in milliseconds since 1970; absent when one may begin now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_ms: Option<i64>,
}

/// `PUT /api/settings/models`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveModels {
    /// Provider that is asked first; absent is `auto`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<String>,
    /// Whether the next provider is asked when one fails.
    pub fallback: bool,
}

/// `PUT /api/settings/models/{id}`, which makes or replaces a provider and
/// answers with [`ModelSettings`], as `DELETE` does.
/// `POST /api/settings/models/{id}/test` takes it too and saves nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveProvider {
    /// Name that people see.
    pub name: String,
    /// API.
    pub kind: ProviderKind,
    /// Address.
    pub base_url: String,
    /// Model of [`Tier::Big`]; may be empty.
    #[serde(default)]
    pub model: String,
    /// Model of [`Tier::Small`]; may be empty.
    #[serde(default)]
    pub small_model: String,
    /// Whether it may be asked.
    pub enabled: bool,
    /// New key; absent keeps the stored one while the address stays on the same origin, empty removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<String>,
}

impl std::fmt::Debug for SaveProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaveProvider")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("base_url", &self.base_url)
            .field("model", &self.model)
            .field("small_model", &self.small_model)
            .field("enabled", &self.enabled)
            .field("api_key", &self.api_key.as_ref().map(|_| "redacted"))
            .finish()
    }
}

/// Answer of the test. A failure answers with an [`ApiError`] that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProviderTest {
    /// Time until the list of models was there, in milliseconds.
    pub latency_ms: u32,
    /// The provider's own version, where it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Models that the provider offers, sorted by name.
    pub models: Vec<ModelSummary>,
}

/// A model in a provider's list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModelSummary {
    /// Its name for the provider.
    pub name: String,
    /// Longest context, in tokens, where the list tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_tokens: Option<u32>,
    /// Parameters as the provider writes them: `30.5B`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Whether it takes pictures, where the list tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sees_images: Option<bool>,
    /// What it costs, where the list tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<ModelPrice>,
}

/// What a model costs, in millionths of a US dollar for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModelPrice {
    /// Of the prompt.
    pub prompt_micro_usd: u64,
    /// Of the answer.
    pub completion_micro_usd: u64,
}

impl ModelPrice {
    /// Price of so many tokens of a prompt, in millionths of a US dollar.
    pub fn of_prompt(self, tokens: u64) -> u64 {
        self.prompt_micro_usd
            .saturating_mul(tokens)
            .div_ceil(1_000_000)
    }
}

/// `GET /api/settings/models/health`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModelHealth {
    /// One for each provider that may be asked.
    pub providers: Vec<ProviderHealth>,
    /// The last requests to models, newest first.
    pub calls: Vec<ModelCall>,
}

/// Whether a provider is asked at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Circuit {
    /// It is.
    Closed,
    /// It failed too often and rests until `retry_ms`.
    Open,
    /// One request tries whether it works again.
    HalfOpen,
}

/// How a provider fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProviderHealth {
    /// The provider's id.
    pub id: String,
    /// Whether it is asked.
    pub circuit: Circuit,
    /// When it was last looked at, in milliseconds since 1970.
    pub checked_ms: i64,
    /// How long that took; absent when it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u32>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ApiError>,
    /// When it is asked again, while the circuit is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_ms: Option<i64>,
}

/// How a request to a model ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The whole answer came.
    Done,
    /// It failed.
    Failed,
    /// The person stopped it, or went.
    Cancelled,
    /// Nobody was asked: the same was answered before.
    Cached,
}

/// One request to a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModelCall {
    /// The provider's id.
    pub provider: String,
    /// The model's name.
    pub model: String,
    /// When it began, in milliseconds since 1970.
    pub started_ms: i64,
    /// Time to the first piece of the answer; absent when none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_token_ms: Option<u32>,
    /// Time to its end.
    pub duration_ms: u32,
    /// Tokens of the prompt, where the provider tells.
    pub prompt_tokens: u64,
    /// Tokens of the answer, where the provider tells.
    pub completion_tokens: u64,
    /// Millionths of a US dollar, where the provider tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_micro_usd: Option<u64>,
    /// How it ended.
    pub outcome: CallOutcome,
    /// Why it failed, one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Checks the id of a provider, which is part of addresses.
///
/// # Errors
/// A sentence for a person.
pub fn check_provider_id(id: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > MAX_ID_BYTES || !id.chars().all(allowed) || id == "health" {
        return Err(format!(
            "`{id}` can't name a provider: it takes 1 to {MAX_ID_BYTES} lower-case letters, digits and hyphens, and isn't `health`"
        ));
    }
    Ok(())
}
