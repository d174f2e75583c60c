//! The APIs of model servers, without their network: what to send, and how to
//! read what comes.
//!
//! [`models_call`], [`version_call`], [`info_call`] and [`chat_call`] give paths
//! and bodies, [`headers`] what goes with them; `read_…` read the short answers
//! and [`Decoder`] the streamed one; [`Failure`] says what went wrong, worded
//! for the person by [`Failure::explain`]. Connections, time limits and
//! cancelling are the caller's.

mod anthropic;
mod decoder;
mod failure;
mod lines;
mod ollama;
mod openai;
mod words;

use protocol::provider::{ModelSummary, ProviderKind};
use serde_json::Value;

use crate::chat::{ChatRequest, ChatRole, ModelInfo};

pub use decoder::Decoder;
pub use failure::{Endpoint, Failure, Unreachable};

/// Parameters below which a model counts as small, in billions.
const SMALL_BILLIONS: f32 = 30.0;

/// Longest wait for the first piece of an answer, in seconds: a local model may
/// have to be loaded from disk.
pub const FIRST_TOKEN_S: u64 = 120;
/// Longest wait between two pieces of an answer, in seconds.
pub const BETWEEN_TOKENS_S: u64 = 60;
/// Longest wait for a short answer, such as the list of models, in seconds.
pub const SHORT_S: u64 = 15;

/// One request to a provider: `POST` with a body, `GET` without.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Goes after the base URL.
    pub path: String,
    /// JSON.
    pub body: Option<Value>,
}

impl Call {
    fn get(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            body: None,
        }
    }

    fn post(path: &str, body: Value) -> Self {
        Self {
            path: path.to_owned(),
            body: Some(body),
        }
    }
}

/// Takes from an address that somebody typed what the API adds itself, and slashes.
pub fn strip_paths(kind: ProviderKind, address: &str) -> &str {
    let paths: &[&str] = match kind {
        ProviderKind::Anthropic => &["/messages", "/models", "/v1"],
        ProviderKind::Ollama => &["/api/chat", "/api/tags", "/api", "/v1"],
        ProviderKind::Openai => &["/chat/completions", "/models"],
    };
    let mut base = address.trim_end_matches('/');
    for path in paths {
        base = base
            .strip_suffix(path)
            .unwrap_or(base)
            .trim_end_matches('/');
    }
    base
}

/// Asks for the list of models.
pub fn models_call(kind: ProviderKind) -> Call {
    Call::get(match kind {
        ProviderKind::Ollama => "/api/tags",
        ProviderKind::Openai => "/models",
        ProviderKind::Anthropic => "/v1/models?limit=1000",
    })
}

/// Asks for the provider's version, where it tells.
pub fn version_call(kind: ProviderKind) -> Option<Call> {
    (kind == ProviderKind::Ollama).then(|| Call::get("/api/version"))
}

/// Asks what is known of a model.
pub fn info_call(kind: ProviderKind, model: &str) -> Call {
    match kind {
        ProviderKind::Ollama => Call::post("/api/show", serde_json::json!({ "model": model })),
        ProviderKind::Openai | ProviderKind::Anthropic => models_call(kind),
    }
}

/// Asks the endpoint's model. The answer is a stream for [`Decoder`].
pub fn chat_call(endpoint: &Endpoint, request: &ChatRequest) -> Call {
    match endpoint.kind {
        ProviderKind::Ollama => Call::post("/api/chat", ollama::body(endpoint, request)),
        ProviderKind::Openai => Call::post("/chat/completions", openai::body(endpoint, request)),
        ProviderKind::Anthropic => Call::post("/v1/messages", anthropic::body(endpoint, request)),
    }
}

/// Headers of every request. `from_browser` says that a page sends it itself,
/// which Anthropic answers only when told that this is meant.
pub fn headers(
    kind: ProviderKind,
    key: Option<&str>,
    from_browser: bool,
) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    if kind == ProviderKind::Anthropic {
        headers.push(("anthropic-version", "2023-06-01".to_owned()));
        if from_browser {
            headers.push((
                "anthropic-dangerous-direct-browser-access",
                "true".to_owned(),
            ));
        }
        headers.extend(key.map(|key| ("x-api-key", key.to_owned())));
    } else {
        headers.extend(key.map(|key| ("authorization", format!("Bearer {key}"))));
    }
    headers
}

/// Reads a short answer as JSON.
///
/// # Errors
/// [`Failure::Empty`], [`Failure::WebPage`] or [`Failure::Garbage`].
pub fn read_json(bytes: &[u8]) -> Result<Value, Failure> {
    if bytes.is_empty() {
        return Err(Failure::Empty);
    }
    serde_json::from_slice(bytes).map_err(|_| {
        if bytes.trim_ascii_start().starts_with(b"<") {
            Failure::WebPage
        } else {
            Failure::Garbage
        }
    })
}

/// Reads the answer to [`models_call`], sorted by name.
///
/// # Errors
/// The answer is an error, or no list.
pub fn read_models(kind: ProviderKind, answer: &Value) -> Result<Vec<ModelSummary>, Failure> {
    let mut models = match kind {
        ProviderKind::Ollama => ollama::models(answer),
        ProviderKind::Openai => openai::models(answer),
        ProviderKind::Anthropic => anthropic::models(answer),
    }?;
    models.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(models)
}

/// Reads the answer to [`info_call`]. Whatever it doesn't tell is unknown, and
/// so is everything when the caller got no answer and passes [`Value::Null`].
///
/// # Errors
/// The model isn't there.
pub fn read_info(kind: ProviderKind, model: &str, answer: &Value) -> Result<ModelInfo, Failure> {
    match kind {
        ProviderKind::Ollama => ollama::info(model, answer),
        // The list is a courtesy; whether the model answers is seen in the chat.
        ProviderKind::Openai | ProviderKind::Anthropic => {
            let listed = read_models(kind, answer).unwrap_or_default();
            let listed = listed.into_iter().find(|listed| listed.name == model);
            let listed = listed.unwrap_or_else(|| ModelSummary {
                name: model.to_owned(),
                ..ModelSummary::default()
            });
            Ok(listed_info(kind, &listed))
        }
    }
}

/// What a provider's list tells of a model, as [`read_info`] would.
pub fn listed_info(kind: ProviderKind, listed: &ModelSummary) -> ModelInfo {
    let size = listed.size.as_deref().unwrap_or(&listed.name);
    ModelInfo {
        context_tokens: listed
            .context_tokens
            .or_else(|| (kind == ProviderKind::Anthropic).then_some(anthropic::CONTEXT_TOKENS)),
        small: is_small(size),
        sees_images: listed.sees_images,
    }
}

/// Puts into a provider's list what is known of one of its models besides:
/// Ollama's list is short of what it tells of a single one.
pub fn fill_in(listed: &mut [ModelSummary], model: &str, info: ModelInfo) {
    if let Some(own) = listed.iter_mut().find(|listed| listed.name == model) {
        own.context_tokens = own.context_tokens.or(info.context_tokens);
        own.sees_images = own.sees_images.or(info.sees_images);
    }
}

/// Reads the answer to [`version_call`].
pub fn read_version(answer: &Value) -> Option<String> {
    Some(answer.get("version")?.as_str()?.to_owned())
}

/// The name that Ollama and the chat completions API use.
fn role_name(role: ChatRole) -> &'static str {
    match role {
        ChatRole::System => "system",
        ChatRole::User => "user",
        ChatRole::Assistant => "assistant",
    }
}

/// Media type and Base64 of a data URL.
fn split_data_url(url: &str) -> Option<(&str, &str)> {
    url.strip_prefix("data:")?.split_once(";base64,")
}

fn tokens(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|tokens| u32::try_from(tokens).ok())
}

/// Whether a list of texts holds one; `None` where there is no list.
fn lists(value: Option<&Value>, text: &str) -> Option<bool> {
    let items = value?.as_array()?;
    Some(items.iter().any(|item| item.as_str() == Some(text)))
}

/// The members of a list of models.
fn list<'a>(answer: &'a Value, key: &str) -> Result<&'a Vec<Value>, Failure> {
    if let Some(detail) = failure::error_text(answer) {
        return Err(Failure::in_stream(&detail));
    }
    answer
        .get(key)
        .unwrap_or(answer)
        .as_array()
        .ok_or(Failure::Garbage)
}

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
