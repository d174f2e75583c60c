//! Which files and turns the model sees when not all fit.

use std::fmt::Write as _;

use protocol::asset::{base64_of, byte_count, media_type};
use protocol::generate::{GenerateRequest, Turn};

use super::{MESSAGE_TOKENS, estimate_tokens};

/// Most of one earlier turn, in bytes: its prose carries the intent, details are in the files.
const MAX_TURN_BYTES: usize = 2_000;
/// Most turns, so that old wishes don't outweigh the request.
const MAX_TURNS: usize = 12;
/// Most paths that a list of files that aren't shown names.
const MAX_LISTED: usize = 60;

/// The part of the last message that shows the app's files.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) tokens: usize,
}

/// Shows as many files as fit, the most important first, in order of their
/// paths. The others are named, so that the model imports them and doesn't
/// write them anew; binary files always are, since no model reads their bytes.
pub(super) fn select_files(
    request: &GenerateRequest,
    budget: usize,
    dropped: &mut Vec<String>,
) -> Shown {
    if request.files.is_empty() {
        return Shown::default();
    }
    let assets = assets_text(request);
    let mut ranked: Vec<(&String, &String, i32)> = request
        .files
        .iter()
        .filter(|(path, _)| media_type(path).is_none())
        .map(|(path, text)| (path, text, importance(path, request)))
        .collect();
    let texts = ranked.len();
    ranked.sort_by(|a, b| {
        b.2.cmp(&a.2)
            .then(a.1.len().cmp(&b.1.len()))
            .then(a.0.cmp(b.0))
    });

    // The heading and the list of what isn't shown need room too.
    let lists = 40 + 8 * texts.min(MAX_LISTED) + estimate_tokens(&assets);
    let mut room = budget.saturating_sub(lists);
    let mut shown = Vec::new();
    let mut hidden = Vec::new();
    for (path, text, _) in ranked {
        let block = fenced(path, text);
        let tokens = estimate_tokens(&block);
        if tokens <= room {
            room -= tokens;
            shown.push((path, block));
        } else {
            hidden.push(path.as_str());
        }
    }
    shown.sort();
    hidden.sort_unstable();

    let mut text = "## Files of the app now\n\n".to_owned();
    for (_, block) in &shown {
        text.push_str(block);
        text.push('\n');
    }
    if !hidden.is_empty() {
        let listed = listed(hidden.iter().map(|path| format!("`{path}`")));
        // Writing to a String can't fail.
        let _ = write!(
            text,
            "These files exist too and aren't shown; import them, don't rewrite them: {listed}\n\n"
        );
        dropped.push(format!(
            "{} of {texts} files didn't fit into the model's context and were only named: {listed}.",
            hidden.len()
        ));
    }
    text.push_str(&assets);
    let tokens = estimate_tokens(&text);
    Shown { text, tokens }
}

/// Names the binary files, with kind and size.
fn assets_text(request: &GenerateRequest) -> String {
    let assets = request.files.iter().filter_map(|(path, text)| {
        let bytes = base64_of(text).map_or(text.len(), byte_count);
        let size = match bytes {
            0..1024 => format!("{bytes} bytes"),
            _ => format!("{} KB", bytes.div_ceil(1024)),
        };
        Some(format!("`{path}` ({}, {size})", media_type(path)?))
    });
    let assets: Vec<String> = assets.collect();
    if assets.is_empty() {
        return String::new();
    }
    let listed = listed(assets.into_iter());
    format!("These are binary files; import them, don't write them: {listed}\n\n")
}

/// The first names of a list, and how many follow.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(MAX_LISTED);
    let first: Vec<String> = names.take(MAX_LISTED).collect();
    match more {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// How much the model needs to see a file, as a number to sort by.
fn importance(path: &str, request: &GenerateRequest) -> i32 {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let mut score = 0;
    if request
        .problems
        .iter()
        .any(|problem| problem.contains(name))
    {
        score += 100;
    }
    let prompt = request.prompt.to_lowercase();
    if request.prompt.contains(name) || (stem.len() > 2 && prompt.contains(&stem.to_lowercase())) {
        score += 80;
    }
    if stem == "App" {
        score += 60;
    }
    let imported_by_app = request.files.iter().any(|(other, text)| {
        other
            .rsplit('/')
            .next()
            .is_some_and(|other| other.starts_with("App."))
            && text.contains(&format!("/{stem}"))
    });
    if imported_by_app {
        score += 30;
    }
    match name.rsplit('.').next() {
        Some("tsx" | "jsx") => score + 10,
        Some("ts" | "js") => score + 8,
        Some("css") => score,
        // Data, documents and configuration.
        _ => score - 20,
    }
}

/// A file the way the model shall write it, in a fence longer than any inside.
fn fenced(path: &str, text: &str) -> String {
    let mut longest = 2;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let marks = "`".repeat(longest + 1);
    let language = match path.rsplit_once('.') {
        Some((_, extension)) if !extension.contains('/') => extension,
        _ => "text",
    };
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("{marks}{language} path={path}\n{text}{end}{marks}\n")
}

/// The newest turns that fit, oldest first.
pub(super) fn select_history(
    request: &GenerateRequest,
    budget: usize,
    dropped: &mut Vec<String>,
) -> Vec<Turn> {
    let mut room = budget;
    let mut turns = Vec::new();
    for turn in request.history.iter().rev().take(MAX_TURNS) {
        let content = shortened(turn.content.trim(), MAX_TURN_BYTES);
        // Providers refuse empty messages; a turn of files only has no prose.
        let content = if content.is_empty() {
            "(files only)"
        } else {
            content
        };
        let tokens = estimate_tokens(content) + MESSAGE_TOKENS;
        if tokens > room {
            break;
        }
        room -= tokens;
        turns.push(Turn {
            role: turn.role,
            content: content.to_owned(),
        });
    }
    let missing = request.history.len() - turns.len();
    if missing > 0 {
        dropped.push(format!(
            "{missing} earlier turns of the conversation were left out."
        ));
    }
    turns.reverse();
    turns
}

/// The beginning of a text, cut between characters.
pub(super) fn shortened(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fenced("a.ts", "x"), "```ts path=a.ts\nx\n```\n");
        assert_eq!(
            fenced("README.md", "```sh\nls\n```\n"),
            "````md path=README.md\n```sh\nls\n```\n````\n"
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(shortened("aé", 2), "a");
        assert_eq!(shortened("aé", 3), "aé");
        assert_eq!(shortened("a", 9), "a");
    }
}
