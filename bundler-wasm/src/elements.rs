//! Which JSX element isn't closed. swc says only that something is missing,
//! and says it at the end; the person needs the opening tag.

use crate::source::{ByteRange, to_u32};

/// An element whose end tag is missing or another one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unclosed<'a> {
    /// Tag name; empty for a fragment.
    pub(crate) name: &'a str,
    /// Its start tag up to the name.
    pub(crate) range: ByteRange,
    /// The end tag that stands in its place, if one does.
    pub(crate) found: Option<&'a str>,
}

/// The first element of a text that isn't closed. Only called for texts that
/// don't parse, so a wrong guess costs a less helpful message at most.
pub(crate) fn unclosed(text: &str) -> Option<Unclosed<'_>> {
    let bytes = text.as_bytes();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some(step) = text.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + step;
        let before = start.checked_sub(1).and_then(|index| bytes.get(index));
        at = start + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let name_start = if closes { at + 1 } else { at };
        let name = tag_name(text.get(name_start..).unwrap_or_default());
        let after = bytes.get(name_start + name.len());
        if closes {
            if after != Some(&b'>') {
                continue;
            }
            match open.pop() {
                Some((opened, _)) if opened == name => {}
                Some((opened, opened_at)) => {
                    return Some(found(opened, opened_at, Some(name)));
                }
                None => {}
            }
            continue;
        }
        // `a < b`, `Array<string>` and `<T,>(…)` aren't elements.
        let follows_name = before.is_some_and(|b| b.is_ascii_alphanumeric() || b"_$)".contains(b));
        let is_tag = after.is_some_and(|b| b.is_ascii_whitespace() || b"/>".contains(b));
        if follows_name || !is_tag || (name.is_empty() && after != Some(&b'>')) {
            continue;
        }
        let rest = text.get(name_start + name.len()..).unwrap_or_default();
        let Some((length, closes_itself)) = tag_end(rest) else {
            continue;
        };
        at = name_start + name.len() + length;
        if !closes_itself {
            open.push((name, start));
        }
    }
    let (name, start) = open.pop()?;
    Some(found(name, start, None))
}

fn found<'a>(name: &'a str, start: usize, found: Option<&'a str>) -> Unclosed<'a> {
    Unclosed {
        name,
        range: ByteRange {
            start: to_u32(start),
            end: to_u32(start + 1 + name.len().max(1)),
        },
        found,
    }
}

fn tag_name(text: &str) -> &str {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$');
    let length = text
        .find(|c: char| !c.is_ascii_alphanumeric() && !"_$.:-".contains(c))
        .unwrap_or(text.len());
    if starts {
        text.get(..length).unwrap_or_default()
    } else {
        ""
    }
}

/// Bytes up to the end of a start tag, and whether the element ends with it.
/// Attributes may hold strings, and code in braces.
fn tag_end(text: &str) -> Option<(usize, bool)> {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut last = ' ';
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 => return Some((index + 1, last == '/')),
            _ => {}
        }
        last = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unclosed_element_is_named() {
        let found = |text| unclosed(text).map(|unclosed| (unclosed.name, unclosed.found));
        assert_eq!(found("<div><p>text</div>"), Some(("p", Some("div"))));
        assert_eq!(found("return <div>\n"), Some(("div", None)));
        assert_eq!(found("<><a.b/></a>"), Some(("", Some("a"))));
        assert_eq!(found("<img src={a > b ? `>` : '}'}>"), Some(("img", None)));
        assert_eq!(
            found("a < b; f<T>(x); const g = <T,>(a: T) => <p onClick={() => 1}>x</p>"),
            None
        );
        assert_eq!(found("</p>"), None);
        assert_eq!(found("<"), None);
    }
}
