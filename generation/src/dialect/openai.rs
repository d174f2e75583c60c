//! The chat completions API as OpenRouter, LM Studio, llama.cpp, vLLM, Groq,
//! Gemini and OpenAI speak it: Server-Sent Events, ended by `[DONE]`.

use protocol::provider::{ModelPrice, ModelSummary};
use serde_json::{Map, Value, json};

use super::decoder::Progress;
use super::failure::{Endpoint, Failure};
use super::{list, lists, role_name, tokens};
use crate::chat::{ChatMessage, ChatRequest};

pub(super) fn body(endpoint: &Endpoint, request: &ChatRequest) -> Value {
    let messages: Vec<Value> = request.messages.iter().map(message).collect();
    let mut body = Map::new();
    body.insert("model".to_owned(), json!(endpoint.model));
    body.insert("messages".to_owned(), json!(messages));
    body.insert("stream".to_owned(), json!(true));
    body.insert(
        "stream_options".to_owned(),
        json!({ "include_usage": true }),
    );
    let at = |host: &str| endpoint.base_url.contains(host);
    // OpenAI's newer models refuse any temperature but their own.
    if !at("//api.openai.com") {
        body.insert("temperature".to_owned(), json!(request.temperature));
    }
    // Without it OpenRouter wants credit for the longest answer that the model
    // could give, and DeepSeek stops after 4096 tokens. Elsewhere the default
    // is as long as the context allows, and OpenAI refuses the field.
    if at("//openrouter.ai") || at("//api.deepseek.com") {
        body.insert("max_tokens".to_owned(), json!(request.answer_tokens));
    }
    if at("//openrouter.ai") {
        body.insert("usage".to_owned(), json!({ "include": true }));
    }
    Value::Object(body)
}

fn message(message: &ChatMessage) -> Value {
    let role = role_name(message.role);
    if message.images.is_empty() {
        return json!({ "role": role, "content": message.content });
    }
    let mut parts = vec![json!({ "type": "text", "text": message.content })];
    parts.extend(
        message
            .images
            .iter()
            .map(|url| json!({ "type": "image_url", "image_url": { "url": url } })),
    );
    json!({ "role": role, "content": parts })
}

pub(super) fn models(answer: &Value) -> Result<Vec<ModelSummary>, Failure> {
    let summary = |model: &Value| {
        Some(ModelSummary {
            name: model.get("id")?.as_str()?.to_owned(),
            context_tokens: context_tokens(model),
            size: None,
            sees_images: lists(model.pointer("/architecture/input_modalities"), "image"),
            price: price(model),
        })
    };
    Ok(list(answer, "data")?.iter().filter_map(summary).collect())
}

/// A model's context, by the names that servers have for it.
pub(super) fn context_tokens(model: &Value) -> Option<u32> {
    [
        "/context_length",
        "/max_model_len",
        "/context_window",
        "/meta/n_ctx",
        "/meta/n_ctx_train",
        // Anthropic's and LiteLLM's.
        "/max_input_tokens",
    ]
    .iter()
    .find_map(|pointer| tokens(model.pointer(pointer)?))
}

/// Reads one chunk of an answer, or the whole of it.
pub(super) fn read(value: &Value, progress: &mut Progress) -> Result<(), Failure> {
    let choices = match value.get("choices") {
        Some(Value::Array(choices)) => choices.as_slice(),
        Some(Value::Null) | None if value.get("usage").is_some() => &[],
        _ => return Err(Failure::Garbage),
    };
    for choice in choices {
        // In a stream `delta`, in a whole answer `message`.
        let delta = choice.get("delta").or_else(|| choice.get("message"));
        let text = |key: &str| delta.and_then(|delta| delta.get(key)?.as_str());
        // OpenRouter's name for thoughts, and the one of llama.cpp, vLLM and DeepSeek.
        progress.think(text("reasoning").or_else(|| text("reasoning_content")));
        progress.write(text("content"));
        if let Some(reason) = choice.get("finish_reason").and_then(Value::as_str) {
            progress.stop(reason == "length");
        }
    }
    if let Some(usage) = value.get("usage").filter(|usage| usage.is_object()) {
        let of = |key: &str| usage.get(key).and_then(Value::as_u64).unwrap_or(0);
        let cost = usage.get("cost").and_then(Value::as_f64);
        progress.count(
            of("prompt_tokens"),
            of("completion_tokens"),
            cost.and_then(micro_usd),
        );
    }
    Ok(())
}

/// OpenRouter tells dollars for a token, as text; below zero for models whose
/// price depends on who is asked.
fn price(model: &Value) -> Option<ModelPrice> {
    let of = |pointer: &str| -> Option<u64> {
        let dollars: f64 = model.pointer(pointer)?.as_str()?.parse().ok()?;
        format!("{:.0}", dollars * 1e12).parse().ok()
    };
    Some(ModelPrice {
        prompt_micro_usd: of("/pricing/prompt")?,
        completion_micro_usd: of("/pricing/completion")?,
    })
}

/// OpenRouter counts in dollars.
fn micro_usd(dollars: f64) -> Option<u64> {
    format!("{:.0}", dollars * 1e6).parse().ok()
}
