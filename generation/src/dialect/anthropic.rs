//! Anthropic's messages API: Server-Sent Events whose data names its type.

use protocol::provider::ModelSummary;
use serde_json::{Map, Value, json};

use super::decoder::Progress;
use super::failure::{Endpoint, Failure};
use super::openai::context_tokens;
use super::{list, role_name, split_data_url};
use crate::chat::{ChatMessage, ChatRequest, ChatRole};

/// Context of all its models where the list doesn't tell another.
pub(super) const CONTEXT_TOKENS: u32 = 200_000;

pub(super) fn body(endpoint: &Endpoint, request: &ChatRequest) -> Value {
    let (rules, talk): (Vec<&ChatMessage>, Vec<&ChatMessage>) = request
        .messages
        .iter()
        .partition(|message| message.role == ChatRole::System);
    let system: Vec<&str> = rules.iter().map(|rule| rule.content.as_str()).collect();
    let mut messages: Vec<Value> = talk.into_iter().map(message).collect();
    let begins_with_user = messages
        .first()
        .is_some_and(|message| message.get("role") == Some(&json!("user")));
    if !begins_with_user {
        // Conversations have to begin with the person; earlier turns may be left out.
        messages.insert(
            0,
            json!({ "role": "user", "content": "(earlier turns left out)" }),
        );
    }
    let mut body = Map::new();
    body.insert("model".to_owned(), json!(endpoint.model));
    body.insert("messages".to_owned(), json!(messages));
    // Required. A temperature isn't, and newer models refuse it.
    body.insert("max_tokens".to_owned(), json!(request.answer_tokens));
    body.insert("stream".to_owned(), json!(true));
    if !system.is_empty() {
        body.insert("system".to_owned(), json!(system.join("\n\n")));
    }
    Value::Object(body)
}

fn message(message: &ChatMessage) -> Value {
    let role = role_name(message.role);
    let images: Vec<Value> = message
        .images
        .iter()
        .filter_map(|url| {
            let (media_type, data) = split_data_url(url)?;
            let source = json!({ "type": "base64", "media_type": media_type, "data": data });
            Some(json!({ "type": "image", "source": source }))
        })
        .collect();
    if images.is_empty() {
        return json!({ "role": role, "content": message.content });
    }
    // Pictures first: the documentation says that models read them better so.
    let text = json!({ "type": "text", "text": message.content });
    let parts: Vec<Value> = images.into_iter().chain([text]).collect();
    json!({ "role": role, "content": parts })
}

pub(super) fn models(answer: &Value) -> Result<Vec<ModelSummary>, Failure> {
    let summary = |model: &Value| {
        Some(ModelSummary {
            name: model.get("id")?.as_str()?.to_owned(),
            // Servers that speak several APIs have one list for all.
            context_tokens: context_tokens(model),
            size: None,
            sees_images: model
                .pointer("/capabilities/image_input/supported")
                .and_then(Value::as_bool),
            price: None,
        })
    };
    Ok(list(answer, "data")?.iter().filter_map(summary).collect())
}

/// Reads one event, or a whole answer.
pub(super) fn read(value: &Value, progress: &mut Progress) -> Result<(), Failure> {
    let text = |key: &str| value.pointer(key).and_then(Value::as_str);
    match text("/type") {
        Some("message_start") => count(value.pointer("/message/usage"), progress),
        Some("content_block_start") => {
            progress.think(text("/content_block/thinking"));
            progress.write(text("/content_block/text"));
        }
        Some("content_block_delta") => {
            progress.think(text("/delta/thinking"));
            progress.write(text("/delta/text"));
        }
        Some("message_delta") => {
            stop(text("/delta/stop_reason"), progress);
            count(value.get("usage"), progress);
        }
        Some("message_stop") => progress.end(),
        Some("message") => {
            let blocks = value.get("content").and_then(Value::as_array);
            for block in blocks.into_iter().flatten() {
                let text = |key: &str| block.get(key).and_then(Value::as_str);
                progress.think(text("thinking"));
                progress.write(text("text"));
            }
            count(value.get("usage"), progress);
            stop(text("/stop_reason"), progress);
        }
        // `ping`, the ends of blocks, and what later versions add.
        Some(_) => {}
        None => return Err(Failure::Garbage),
    }
    Ok(())
}

fn stop(reason: Option<&str>, progress: &mut Progress) {
    if let Some(reason) = reason {
        progress.stop(matches!(
            reason,
            "max_tokens" | "model_context_window_exceeded"
        ));
    }
}

/// The prompt is counted at the start, the answer up to now in every event.
/// Look-alikes count the prompt at the end, or say zero there.
fn count(usage: Option<&Value>, progress: &mut Progress) {
    let Some(usage) = usage else { return };
    let of = |key: &str| usage.get(key).and_then(Value::as_u64).unwrap_or(0);
    let prompt = of("input_tokens")
        .saturating_add(of("cache_creation_input_tokens"))
        .saturating_add(of("cache_read_input_tokens"));
    progress.prompt_tokens = progress.prompt_tokens.max(prompt);
    progress.count(progress.prompt_tokens, of("output_tokens"), None);
}
