//! Next steps out of an answer.

use protocol::ask::SUGGESTIONS;

use super::json;
use super::text::{Line, Mark, lines, phrase, repeats, words};

/// Words that the models are told.
pub(super) const ASKED_WORDS: usize = 8;
/// Words that are taken: models count badly, and a button with some more still fits.
const MAX_WORDS: usize = 12;
/// Characters of the longest one, for scripts without spaces too.
const MAX_CHARS: usize = 90;

/// Reads the next steps; none when there are none.
pub(super) fn read(text: &str) -> Vec<String> {
    let flat = json::as_lines(&json::values(text), &|_| true);
    let from_json = pick(lines(&flat).filter(|line| line.mark != Mark::None));
    if !from_json.is_empty() {
        return from_json;
    }
    let marked = pick(lines(text).filter(|line| line.mark != Mark::None && line.indent < 4));
    if !marked.is_empty() {
        return marked;
    }
    // A list without marks, or in one line. Fewer lines are prose, and some models write code.
    let split = text.replace([';', '|'], "\n").replace(" / ", "\n");
    let is_step = |line: &Line| {
        line.level == 0
            && !line.text.ends_with([':', '?', '!'])
            && !line.text.contains(['{', '}', '<', '='])
    };
    let plain = pick(lines(&split).filter(is_step));
    if plain.len() == SUGGESTIONS {
        plain
    } else {
        Vec::new()
    }
}

fn pick(lines: impl Iterator<Item = Line>) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for line in lines {
        let step = phrase(short(&line.text), MAX_CHARS);
        if (2..=MAX_WORDS).contains(&words(&step))
            && step.chars().any(char::is_alphabetic)
            && !step.ends_with('…')
            && !repeats(steps.iter(), &step)
        {
            steps.push(step);
        }
        if steps.len() == SUGGESTIONS {
            break;
        }
    }
    steps
}

/// `Add filters` of `Add filters: lets you see only …`, or the first clause of a long step.
fn short(text: &str) -> &str {
    let clauses: &[char] = if words(text) > ASKED_WORDS {
        &[':', '：', '–', '—', ',', '.', '(', ';']
    } else {
        &[':', '：']
    };
    text.split(clauses)
        .next()
        .filter(|head| words(head) > 1)
        .unwrap_or(text)
}
