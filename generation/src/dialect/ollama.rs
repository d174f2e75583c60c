//! Ollama's own API: `/api/chat` with one JSON object a line.
//!
//! The compatible `/v1` API has no `num_ctx`: there Ollama cuts prompts off at
//! its default, which makes models fail for no visible reason.

use protocol::provider::ModelSummary;
use serde_json::{Value, json};

use super::decoder::Progress;
use super::failure::{Endpoint, Failure, error_text};
use super::{is_small, list, lists, role_name, split_data_url, tokens};
use crate::chat::{ChatMessage, ChatRequest, ModelInfo};

pub(super) fn body(endpoint: &Endpoint, request: &ChatRequest) -> Value {
    let messages: Vec<Value> = request.messages.iter().map(message).collect();
    json!({
        "model": endpoint.model,
        "messages": messages,
        "stream": true,
        "options": {
            "num_ctx": request.context_tokens,
            "num_predict": request.answer_tokens,
            "temperature": request.temperature,
        },
    })
}

fn message(message: &ChatMessage) -> Value {
    let mut value = json!({ "role": role_name(message.role), "content": message.content });
    let images: Vec<&str> = message
        .images
        .iter()
        .filter_map(|url| Some(split_data_url(url)?.1))
        .collect();
    if !images.is_empty()
        && let Some(object) = value.as_object_mut()
    {
        object.insert("images".to_owned(), json!(images));
    }
    value
}

pub(super) fn models(answer: &Value) -> Result<Vec<ModelSummary>, Failure> {
    let summary = |model: &Value| {
        Some(ModelSummary {
            name: model.get("name")?.as_str()?.to_owned(),
            context_tokens: None,
            size: model
                .pointer("/details/parameter_size")
                .and_then(Value::as_str)
                .map(ToOwned::to_owned),
            sees_images: lists(model.get("capabilities"), "vision"),
            price: None,
        })
    };
    // A list of its own is another API's answer.
    if answer.is_array() {
        return Err(Failure::Garbage);
    }
    Ok(list(answer, "models")?.iter().filter_map(summary).collect())
}

pub(super) fn info(model: &str, answer: &Value) -> Result<ModelInfo, Failure> {
    if let Some(detail) = error_text(answer) {
        return Err(Failure::in_stream(&detail));
    }
    let context_tokens = answer
        .get("model_info")
        .and_then(Value::as_object)
        .and_then(|info| {
            info.iter()
                .find(|(key, _)| key.ends_with(".context_length"))
                .and_then(|(_, value)| tokens(value))
        });
    let size = answer
        .pointer("/details/parameter_size")
        .and_then(Value::as_str)
        .unwrap_or(model);
    Ok(ModelInfo {
        context_tokens,
        small: is_small(size),
        sees_images: lists(answer.get("capabilities"), "vision"),
    })
}

/// Reads one line of an answer.
pub(super) fn read(value: &Value, progress: &mut Progress) -> Result<(), Failure> {
    if value.get("message").is_none() && value.get("done").is_none() {
        return Err(Failure::Garbage);
    }
    let text = |key: &str| value.pointer(key).and_then(Value::as_str);
    // The second is the name that look-alikes took from chat completions.
    progress.think(text("/message/thinking").or_else(|| text("/message/reasoning_content")));
    progress.write(text("/message/content"));
    if value.get("done").and_then(Value::as_bool) == Some(true) {
        let of = |key: &str| value.get(key).and_then(Value::as_u64).unwrap_or(0);
        progress.count(of("prompt_eval_count"), of("eval_count"), None);
        progress.stop(text("/done_reason") == Some("length"));
        progress.end();
    }
    Ok(())
}
