//! The first request of a turn: what is sent, and what it takes of the model's
//! context. Also for whoever only wants to know before sending.

use protocol::generate::GenerateRequest;
use protocol::limits::MAX_IMAGES;
use protocol::manifest::Manifest;

use super::{limit, plan};
use crate::chat::{ChatMessage, ChatRequest, ModelInfo};
use crate::prompt::{PromptOptions, build_prompt};

/// The first request as it is planned.
#[derive(Debug)]
pub(super) struct First {
    pub(super) messages: Vec<ChatMessage>,
    pub(super) estimated_tokens: usize,
    /// Tokens that any request may take, answer included.
    pub(super) limit: u32,
    /// What had to stay out, one sentence each.
    pub(super) dropped: Vec<String>,
    /// `None` when there is no room for an answer.
    pub(super) request: Option<ChatRequest>,
}

/// Plans the first request.
pub(super) fn plan_first(
    manifest: &Manifest,
    request: &GenerateRequest,
    model: &str,
    info: ModelInfo,
) -> First {
    let limit = limit(info);
    let images = match info.sees_images {
        Some(false) => &[],
        _ => request.images.get(..MAX_IMAGES).unwrap_or(&request.images),
    };
    let context_tokens = usize::try_from(limit).unwrap_or(usize::MAX);
    let options = PromptOptions {
        context_tokens: context_tokens.saturating_sub(plan::image_tokens(images.len())),
        small_model: info.small,
    };
    let prompt = build_prompt(manifest, request, options);
    let mut dropped = prompt.dropped;
    if images.len() < request.images.len() {
        dropped.push(if images.is_empty() {
            format!("{model} can't see pictures, so they were left out.")
        } else {
            format!("Only the first {MAX_IMAGES} pictures were sent.")
        });
    }
    let mut messages = prompt.messages;
    if let Some(last) = messages.last_mut() {
        last.images = images.to_vec();
    }
    let estimated_tokens = plan::estimate(&messages);
    First {
        request: plan::chat_request(messages.clone(), limit),
        messages,
        estimated_tokens,
        limit,
        dropped,
    }
}

/// What a request takes of a model's context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// Estimated tokens of its messages; see [`crate::prompt::estimate_tokens`].
    pub prompt_tokens: usize,
    /// Tokens that it and its answer may take together.
    pub limit_tokens: u32,
    /// Whether there is room for an answer: otherwise the request is refused.
    pub fits: bool,
    /// What would stay out, one sentence each.
    pub dropped: Vec<String>,
}

/// What the first request of a turn would take, with the very prompt that
/// [`super::Turn`] sends. Of pictures only their number counts.
pub fn estimate_turn(
    manifest: &Manifest,
    request: &GenerateRequest,
    model: &str,
    info: ModelInfo,
) -> Estimate {
    let first = plan_first(manifest, request, model, info);
    Estimate {
        prompt_tokens: first.estimated_tokens,
        limit_tokens: first.limit,
        fits: first.request.is_some(),
        dropped: first.dropped,
    }
}
