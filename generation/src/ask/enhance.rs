//! A better prompt out of an answer.

use protocol::ask::ENHANCED_WORDS;

use super::json::{self, Value};
use super::text::{after_label, is_fence, is_rule, shortened, words};

/// Characters of a word and the space after it; less than the mean, to be within the limit.
const CHARS_PER_WORD: usize = 5;

/// Labels before the prompt.
const LABELS: [&str; 16] = [
    "prompt",
    "improved prompt",
    "better prompt",
    "enhanced prompt",
    "rewritten prompt",
    "improved request",
    "better request",
    "request",
    "improved version",
    "better version",
    "verbesserter prompt",
    "verbesserte anfrage",
    "anfrage",
    "petición",
    "petición mejorada",
    "prompt mejorado",
];
/// Parts of keys in JSON under which the prompt is.
const KEYS: [&str; 6] = [
    "prompt",
    "request",
    "improved",
    "enhanced",
    "anfrage",
    "petición",
];
/// How an answer begins that announces the prompt.
const LEAD_INS: [&str; 10] = [
    "sure",
    "here",
    "certainly",
    "of course",
    "okay",
    "hier",
    "gerne",
    "aquí",
    "claro",
    "voici",
];
/// How paragraphs begin in which models talk about what they wrote.
const ASIDES: [&str; 18] = [
    "let me know",
    "this prompt",
    "this version",
    "this request",
    "changes:",
    "changes made",
    "what changed",
    "note:",
    "notes:",
    "explanation",
    "why this",
    "i added",
    "i kept",
    "i made",
    "ich habe nur",
    "ich habe die",
    "he añadido",
    "hinweis:",
];

/// Words that the better prompt may have: what a long prompt says must stay.
pub(super) fn most_words(prompt: &str) -> usize {
    words(prompt).max(ENHANCED_WORDS)
}

/// Reads the prompt; none when there is only code, or nothing.
pub(super) fn read(text: &str, prompt: &str) -> Option<String> {
    let said = match json::values(text).iter().find_map(in_json) {
        Some(found) => found.to_owned(),
        None => prose(text),
    };
    let said = said.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»".contains(c));
    let is_code = said.starts_with(['{', '[', '<'])
        || said
            .lines()
            .next()
            .is_some_and(|line| line.ends_with([';', '{']));
    (!is_code && said.contains(char::is_alphabetic)).then(|| cut(said, most_words(prompt)))
}

/// The text whose key speaks of a prompt.
fn in_json(value: &Value) -> Option<&str> {
    match value {
        Value::Object(entries) => entries.iter().find_map(|(key, value)| match value {
            Value::Text(text) => {
                let key = key.to_lowercase();
                KEYS.iter()
                    .any(|word| key.contains(word))
                    .then_some(text.as_str())
            }
            value => in_json(value),
        }),
        Value::Array(items) => items.iter().find_map(in_json),
        Value::Text(_) => None,
    }
}

/// The answer without what surrounds the prompt: lead-in, fence, remarks, code.
fn prose(text: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut is_code = false;
    let mut fenced = false;
    for line in text.lines() {
        if is_fence(line) {
            if fenced && !is_code {
                // What follows the prompt is about it.
                break;
            }
            fenced = !fenced;
            let language = line.trim().trim_start_matches(['`', '~']);
            is_code = fenced && !["", "text", "txt", "markdown", "md"].contains(&language);
            if fenced && !is_code {
                kept.clear();
            }
            continue;
        }
        if is_code {
            continue;
        }
        let line = line.trim_start_matches(['#', '>', ' ']).replace("**", "");
        let line = line.trim();
        let lower = line.to_lowercase();
        let is_first = kept.is_empty();
        let is_aside = kept.last().is_some_and(String::is_empty)
            && ASIDES.iter().any(|aside| lower.starts_with(aside));
        if is_aside || is_rule(line) {
            if is_first {
                continue;
            }
            break;
        }
        let said = if !is_first {
            line
        } else if let Some(rest) = after_label(line, &LABELS) {
            rest
        } else if announces(&lower) {
            // `Sure! Here it is: Build …`
            line.split_once(": ").map_or("", |(_, rest)| rest)
        } else {
            line
        };
        if !(is_first && said.is_empty()) {
            kept.push(said.to_owned());
        }
    }
    kept.join("\n")
}

/// Whether a line in lower case is no part of the prompt: `hier:`, but not `hierarchical notes`.
fn announces(line: &str) -> bool {
    LEAD_INS.iter().any(|start| {
        line.strip_prefix(start)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// At most `max` words, ending with a sentence.
fn cut(text: &str, max: usize) -> String {
    let mut length = 0;
    let mut end = None;
    let mut count = 0;
    for sentence in text.split_inclusive(['.', '!', '?', '\n', '。']) {
        count += words(sentence);
        if count > max {
            let Some(end) = end else { break };
            return text.get(..end).unwrap_or_default().trim_end().to_owned();
        }
        length += sentence.len();
        end = Some(length);
    }
    if count <= max {
        return text.to_owned();
    }
    // One sentence without an end.
    shortened(text, max * CHARS_PER_WORD)
}
