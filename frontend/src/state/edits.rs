//! Replacing a span of a text. Lines and columns count from 1, columns in
//! UTF-16 code units, as the compiler gives them.

use protocol::bundle::Span;

/// The one warning whose fix is made without asking, as those of errors are: what
/// isn't declared throws when it is reached.
pub(super) const UNDECLARED: &str = "undeclared-name";

/// The text with the span replaced; `None` when the span lies outside of it.
pub(super) fn replace_span(text: &str, span: Span, replacement: &str) -> Option<String> {
    let start = offset(text, span.line, span.column)?;
    let end = offset(text, span.end_line, span.end_column)?;
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    (start <= end).then(|| format!("{before}{replacement}{after}"))
}

/// Byte offset of a place.
fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let mut start = 0;
    for _ in 1..line {
        start += text.get(start..)?.find('\n')? + 1;
    }
    let rest = text.get(start..)?;
    let rest = rest.split('\n').next().unwrap_or_default();
    let mut units = 0;
    let wanted = column.checked_sub(1)? as usize;
    for (at, character) in rest.char_indices() {
        if units >= wanted {
            return (units == wanted).then_some(start + at);
        }
        units += character.len_utf16();
    }
    (units == wanted).then_some(start + rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(line: u32, column: u32, end_line: u32, end_column: u32) -> Span {
        Span {
            line,
            column,
            end_line,
            end_column,
        }
    }

    #[test]
    fn replaces_by_utf16_columns() {
        let text = "a😀b\ncd\n";
        assert_eq!(
            replace_span(text, span(1, 4, 1, 5), "X").as_deref(),
            Some("a😀X\ncd\n")
        );
        assert_eq!(
            replace_span(text, span(1, 1, 2, 3), "").as_deref(),
            Some("\n")
        );
        assert_eq!(
            replace_span(text, span(3, 1, 3, 1), "e").as_deref(),
            Some("a😀b\ncd\ne")
        );
    }

    #[test]
    fn refuses_places_outside() {
        assert_eq!(replace_span("ab", span(1, 4, 1, 5), ""), None);
        assert_eq!(replace_span("ab", span(2, 1, 2, 1), ""), None);
        assert_eq!(replace_span("😀", span(1, 2, 1, 3), ""), None);
        assert_eq!(replace_span("ab", span(1, 3, 1, 1), ""), None);
    }
}
