//! What language models write around code in a file: Markdown fences, a
//! sentence before it, an explanation after it.

use protocol::bundle::Diagnostic;

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::source::{ByteRange, Source, to_u32};

const FENCE: &str = "```";

/// Parts of a text that may be the code in it, likeliest first; `error` is the
/// byte at which parsing the whole fails. The caller tells which one parses.
pub(crate) fn candidates(text: &str, error: u32) -> Vec<ByteRange> {
    let mut found = Vec::new();
    let mut fences = lines(text).filter(|(_, line)| line.trim_start().starts_with(FENCE));
    if let Some((start, line)) = fences.next() {
        let inside = start + line.len();
        let end = fences.next().map_or(text.len(), |(end, _)| end);
        found.push((inside, end));
        found.push((0, start));
    }
    let mut prose = lines(text).take_while(|(_, line)| line.trim().is_empty() || is_prose(line));
    if let Some((start, line)) = prose.by_ref().last() {
        found.push((start + line.len(), text.len()));
    }
    let failing = lines(text)
        .take_while(|(start, _)| *start <= error as usize)
        .last();
    if let Some((start, _)) = failing.filter(|(_, line)| is_prose(line)) {
        found.push((0, start));
    }
    found
        .into_iter()
        .filter(|(start, end)| text.get(*start..*end).is_some_and(|t| !t.trim().is_empty()))
        .map(|(start, end)| ByteRange {
            start: to_u32(start),
            end: to_u32(end),
        })
        .collect()
}

/// The code between a fence that a text begins with and the next one.
pub(crate) fn fenced(text: &str) -> Option<ByteRange> {
    text.trim_start()
        .starts_with(FENCE)
        .then(|| candidates(text, 0).first().copied())
        .flatten()
}

/// Says what stands around the code, and takes it away.
pub(crate) fn explain(file: &str, source: &Source, code: ByteRange) -> Diagnostic {
    let text = source.text();
    let head = text.get(..code.start as usize).unwrap_or_default();
    let (place, debris, offset) = if head.trim().is_empty() {
        let tail = text.get(code.end as usize..).unwrap_or_default();
        ("ends", tail, code.end as usize)
    } else {
        ("begins", head, 0)
    };
    let start = offset + debris.len() - debris.trim_start().len();
    let first = debris.trim_start().lines().next().unwrap_or_default();
    let what = if first.starts_with(FENCE) {
        "a Markdown fence"
    } else {
        "text that isn't code"
    };
    let range = ByteRange {
        start: to_u32(start),
        end: to_u32(start + first.trim_end().len()),
    };
    let whole = ByteRange {
        start: 0,
        end: to_u32(text.len()),
    };
    diagnostic::at(
        codes::SYNTAX,
        file,
        source,
        range,
        format!("The file {place} with {what}."),
    )
    .help("Remove it; the file must hold code only.")
    .fix(
        "Keep only the code",
        source.span(whole),
        format!("{}\n", source.slice(code).trim()),
    )
}

/// Lines with their ends, and the byte at which each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        start += line.len();
        (start - line.len(), line)
    })
}

/// Whether a line is a sentence: a few words, and none of code's signs.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(char::is_alphabetic)
        && line.split_whitespace().count() >= 3
        && !line.contains(['{', '}', ';', '=', '<', '>', '"'])
}
