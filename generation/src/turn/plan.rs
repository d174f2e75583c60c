//! How much of a model's context a request takes, and the words of those after
//! the first.

use protocol::generate::GenerateRequest;

use super::wanted::Wanted;
use crate::chat::{ChatMessage, ChatRequest, ChatRole};
use crate::prompt::{MIN_ANSWER_TOKENS, message_tokens};

/// Tokens kept free for the answer.
pub const ANSWER_TOKENS: u32 = 8_192;
/// Most tokens that an answer may take, thoughts included: a model that
/// repeats itself ends there, and every known one allows it.
pub const MAX_ANSWER_TOKENS: u32 = 16_384;
/// Context to plan with when a provider doesn't tell.
pub const DEFAULT_CONTEXT_TOKENS: u32 = 32_768;
/// Context from which more text distracts a model, and costs memory or money,
/// instead of helping it.
pub const MAX_CONTEXT_TOKENS: u32 = 65_536;
/// Smallest context that is asked for. Below it answers get cut and models
/// begin to miss the format (51.9 % instead of 71.4 % passed tasks at 2k
/// tokens, in aider's figures for one model).
pub const MIN_CONTEXT_TOKENS: u32 = 8_192;
/// What a picture costs: the providers count 800 to 1600 for a screenshot.
const IMAGE_TOKENS: usize = 1_600;
/// Low, because code has to be right before it is original.
const TEMPERATURE: f32 = 0.2;
/// Most of a cut answer that goes back to the model, in bytes: what it needs
/// to go on is at the end, and all of it counts as prompt.
const MAX_GIVEN_BYTES: usize = 48 * 1024;

/// Estimated tokens of a conversation.
pub(super) fn estimate(messages: &[ChatMessage]) -> usize {
    messages
        .iter()
        .map(|message| message_tokens(message) + image_tokens(message.images.len()))
        .sum()
}

pub(super) fn image_tokens(images: usize) -> usize {
    images * IMAGE_TOKENS
}

/// The request for a conversation: a context that is a power of two with room
/// for the answer, within what the model can and what is sensible. `None` when
/// there is no room.
pub(super) fn chat_request(messages: Vec<ChatMessage>, limit: u32) -> Option<ChatRequest> {
    let estimated = u32::try_from(estimate(&messages)).unwrap_or(u32::MAX);
    let least = u32::try_from(MIN_ANSWER_TOKENS).unwrap_or(u32::MAX);
    if limit.saturating_sub(estimated) < least {
        return None;
    }
    let wanted = estimated
        .saturating_add(ANSWER_TOKENS)
        .min(MAX_CONTEXT_TOKENS);
    let context_tokens = wanted
        .next_power_of_two()
        .max(MIN_CONTEXT_TOKENS)
        .min(limit);
    Some(ChatRequest {
        messages,
        context_tokens,
        answer_tokens: context_tokens
            .saturating_sub(estimated)
            .min(MAX_ANSWER_TOKENS),
        temperature: TEMPERATURE,
    })
}

/// Asks to go on with a cut answer: its complete lines, then what to do.
/// `None` when there are no lines.
pub(super) fn continuation(
    base: &[ChatMessage],
    answer: &str,
    open: Option<&str>,
) -> Option<Vec<ChatMessage>> {
    let whole = answer
        .rfind('\n')
        .map_or(answer, |at| answer.get(..at).unwrap_or(answer));
    // Thoughts aren't part of what is gone on with.
    let whole = whole.rsplit("</think>").next().unwrap_or(whole).trim_end();
    let last = whole.lines().next_back()?;
    let from = whole.ceil_char_boundary(whole.len().saturating_sub(MAX_GIVEN_BYTES));
    let given = match whole.get(from..) {
        Some(end) if from > 0 => end.split_once('\n').map_or(end, |(_, lines)| lines),
        _ => whole,
    };
    let place = open.map_or_else(String::new, |path| {
        format!(" You are inside the code block of {path}: don't open it again, and close it when the file is whole.")
    });
    let ask = format!(
        "Your answer was cut off. Go on exactly after its last line:\n\n{last}\n\nWrite the line that follows it first, without a word before it, and repeat nothing.{place} Then write the files that are still missing."
    );
    let mut messages = base.to_vec();
    messages.push(ChatMessage::new(ChatRole::Assistant, given));
    messages.push(ChatMessage::new(ChatRole::User, ask));
    Some(messages)
}

/// The request for single files, as a small prompt of its own.
pub(super) fn files_request(request: &GenerateRequest, wanted: &[Wanted]) -> String {
    let mut ask = String::new();
    for file in wanted {
        ask.push_str("- ");
        ask.push_str(&file.path);
        ask.push_str(", ");
        ask.push_str(&file.why);
        ask.push('\n');
    }
    let of = match request.prompt.trim() {
        "" => String::new(),
        prompt => format!("\n\nThey are part of this, which is done but for them:\n\n{prompt}"),
    };
    format!(
        "Write these files, each one whole from its first to its last line, and no others:\n\n{}{of}",
        ask.trim_end()
    )
}
