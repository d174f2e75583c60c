//! What language models write around code in a file: Markdown fences, a
//! sentence before it, an explanation after it.

use protocol::bundle::Diagnostic;

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::source::{ByteRange, Source, to_u32};

const FENCE: &str = "```";

/// The part of a text that is code, when all the rest is fences and sentences;
/// whether it parses, the caller must see.
pub(crate) fn code(text: &str) -> Option<ByteRange> {
    let mut fences = lines(text).filter(|(_, line)| is_fence(line));
    let (start, end) = match fences.next() {
        None => (0, text.len()),
        Some((fence, line)) => {
            let inside = fence + line.len();
            let before = text.get(..fence)?;
            let (close, after) = match fences.next() {
                Some((close, line)) => (close, close + line.len()),
                None => (text.len(), text.len()),
            };
            if is_all_prose(before) && is_all_prose(text.get(after..)?) {
                (inside, close)
            } else if is_all_prose(text.get(inside..)?) {
                (0, fence)
            } else {
                return None;
            }
        }
    };
    let (start, end) = without_prose(text, start, end)?;
    let is_part = start > 0 || end < text.len();
    is_part.then(|| ByteRange {
        start: to_u32(start),
        end: to_u32(end),
    })
}

/// Whether a text begins with a fence, and would parse as template literals.
pub(crate) fn is_fenced(text: &str) -> bool {
    is_fence(text.trim_start())
}

/// Says what stands around the code, and takes it away where that is safe.
pub(crate) fn explain(file: &str, source: &Source, code: Option<ByteRange>) -> Diagnostic {
    let text = source.text();
    let head = code.map_or(text, |code| text.get(..code.start as usize).unwrap_or(text));
    let (place, debris, offset) = match code {
        Some(code) if head.trim().is_empty() => {
            let end = code.end as usize;
            ("ends", text.get(end..).unwrap_or_default(), end)
        }
        _ => ("begins", head, 0),
    };
    let start = offset + debris.len() - debris.trim_start().len();
    let first = debris.trim_start().lines().next().unwrap_or_default();
    let what = if is_fence(first) {
        "a Markdown fence"
    } else {
        "text that isn't code"
    };
    let range = ByteRange {
        start: to_u32(start),
        end: to_u32(start + first.trim_end().len()),
    };
    let message = format!("The file {place} with {what}.");
    let diagnostic = diagnostic::at(codes::SYNTAX, file, source, range, message)
        .help("Remove it; the file must hold code only.");
    let Some(code) = code else {
        return diagnostic;
    };
    let whole = ByteRange {
        start: 0,
        end: to_u32(text.len()),
    };
    diagnostic.fix(
        "Keep only the code",
        source.span(whole),
        format!("{}\n", source.slice(code).trim()),
    )
}

/// A range without the sentences at its beginning and end.
fn without_prose(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let part = text.get(start..end)?;
    let is_debris = |line: &str| line.trim().is_empty() || is_prose(line);
    let (first, _) = lines(part).find(|(_, line)| !is_debris(line))?;
    let (last, line) = lines(part).filter(|(_, line)| !is_debris(line)).last()?;
    let after = part.get(last + line.len()..)?;
    // Blank lines alone aren't worth a word.
    let end = if after.trim().is_empty() {
        end
    } else {
        start + last + line.len()
    };
    let has_head = part
        .get(..first)
        .is_some_and(|head| !head.trim().is_empty());
    Some((if has_head { start + first } else { start }, end))
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with(FENCE)
}

fn is_all_prose(text: &str) -> bool {
    text.lines()
        .all(|line| line.trim().is_empty() || is_prose(line))
}

/// Lines with their ends, and the byte at which each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        start += line.len();
        (start - line.len(), line)
    })
}

/// Whether a line is a sentence or an item of a list: no line of code begins
/// with a capital, has a few words, and none of code's signs.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let is_item = line.starts_with(['-', '*', '#', '>', '1', '2', '3', '4', '5']);
    let is_sentence = line.starts_with(|c: char| c.is_ascii_uppercase() || !c.is_ascii());
    (is_item || is_sentence)
        && line.split_whitespace().count() >= 3
        && !line.contains(['{', '}', ';', '=', '<', '>', '"'])
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_is_told_from_what_stands_around_it() {
        let of = |text: &str| {
            let range = code(text)?;
            let part = text.get(range.start as usize..range.end as usize)?;
            Some(part.trim().to_owned())
        };
        let is = |code: &str| Some(code.to_owned());
        assert_eq!(of("```tsx\na;\n```"), is("a;"));
        assert_eq!(of("```\na;"), is("a;"));
        assert_eq!(
            of("Here is it:\n\n```tsx\na;\n```\nIt does that."),
            is("a;")
        );
        assert_eq!(of("a;\n```\n\nIt does that.\n- And that too."), is("a;"));
        assert_eq!(of("Here is it:\na;\n\nIt does that."), is("a;"));
        // Dropping one of two pieces of code would lose work.
        assert_eq!(of("a;\n```\nb;"), None);
        assert_eq!(of("```\na;\n```\n```\nb;\n```"), None);
        assert_eq!(of("a;\nHere is it:\nb;"), None);
        assert_eq!(of("a;\nexport default App"), None);
        assert_eq!(of("\na;\n\n"), None);
        assert_eq!(of("Only a sentence."), None);
    }
}
