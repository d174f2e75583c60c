//! The tags of HTML and XML texts: as much of a tokenizer as `index.html` and
//! SVG files need. It reads any text; what isn't a tag is text.

/// A part of a markup text, by byte offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: PieceKind<'a>,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PieceKind<'a> {
    /// `<name attributes>` or `<name attributes />`
    Open {
        name: &'a str,
        attributes: Vec<Attribute<'a>>,
        is_empty: bool,
    },
    /// `</name>`
    Close(&'a str),
    Text(&'a str),
    /// The inside of `<![CDATA[…]]>`.
    Data(&'a str),
    /// Comments, `<!doctype>`, `<?xml ?>`.
    Other,
}

/// One attribute; the value as written, with its entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Option<&'a str>,
    /// Where the value begins in the text.
    pub(crate) value_start: usize,
}

/// Elements of HTML whose content is text, whatever it looks like.
const RAW_TEXT: [&str; 4] = ["script", "style", "title", "textarea"];

/// Takes a text apart. In `html` the content of scripts and styles is text.
pub(crate) fn pieces(text: &str, html: bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut raw: Option<&str> = None;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let (length, kind) = match raw.take() {
            Some(name) => {
                let length = closing(rest, name).unwrap_or(rest.len());
                (
                    length,
                    PieceKind::Text(rest.get(..length).unwrap_or_default()),
                )
            }
            None => piece(rest, at),
        };
        if let PieceKind::Open {
            name,
            is_empty: false,
            ..
        } = &kind
            && html
            && let Some(name) = RAW_TEXT.iter().find(|raw| name.eq_ignore_ascii_case(raw))
        {
            raw = Some(name);
        }
        if length > 0 {
            pieces.push(Piece {
                start: at,
                end: at + length,
                kind,
            });
        }
        at += length;
    }
    pieces
}

/// Where `</name` begins.
fn closing(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        text.get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// The first part of a text that begins at `at`, and its length.
fn piece(rest: &str, at: usize) -> (usize, PieceKind<'_>) {
    let until = |start: &str, end: &str| {
        let inner = rest.strip_prefix(start)?;
        let length = inner.find(end).unwrap_or(inner.len());
        let whole = (start.len() + length + end.len()).min(rest.len());
        Some((whole, inner.get(..length)?))
    };
    if let Some((length, data)) = until("<![CDATA[", "]]>") {
        return (length, PieceKind::Data(data));
    }
    for (start, end) in [("<!--", "-->"), ("<?", "?>")] {
        if let Some((length, _)) = until(start, end) {
            return (length, PieceKind::Other);
        }
    }
    if rest.starts_with("<!") {
        return (doctype_length(rest), PieceKind::Other);
    }
    if let Some((length, name)) = until("</", ">") {
        return (length, PieceKind::Close(name.trim()));
    }
    if rest
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        // A tag that never ends takes the rest of the text with it, as in a browser.
        return open(rest, at).unwrap_or((rest.len(), PieceKind::Other));
    }
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length = rest
        .get(first..)
        .and_then(|rest| rest.find('<'))
        .map_or(rest.len(), |length| first + length);
    (length, PieceKind::Text(rest.get(..length).unwrap_or(rest)))
}

/// A document type can hold declarations of its own in brackets.
fn doctype_length(rest: &str) -> usize {
    let mut depth = 0_u32;
    for (index, c) in rest.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '>' if depth == 0 => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

fn open(rest: &str, at: usize) -> Option<(usize, PieceKind<'_>)> {
    let is_name = |c: char| !c.is_whitespace() && !"<>/=\"'".contains(c);
    let inner = rest.strip_prefix('<')?;
    let mut left = inner.trim_start_matches(is_name);
    let name = inner.get(..inner.len() - left.len())?;
    let mut attributes = Vec::new();
    loop {
        left = left.trim_start();
        if let Some(after) = left.strip_prefix("/>") {
            let kind = PieceKind::Open {
                name,
                attributes,
                is_empty: true,
            };
            return Some((rest.len() - after.len(), kind));
        }
        if let Some(after) = left.strip_prefix('>') {
            let kind = PieceKind::Open {
                name,
                attributes,
                is_empty: false,
            };
            return Some((rest.len() - after.len(), kind));
        }
        let after = left.trim_start_matches(is_name);
        let name = left.get(..left.len() - after.len())?;
        if name.is_empty() {
            // A stray sign inside of a tag; without one the text has ended.
            left = left.get(left.chars().next()?.len_utf8()..)?;
            continue;
        }
        left = after;
        let mut attribute = Attribute {
            name,
            value: None,
            value_start: 0,
        };
        if let Some(after) = after.trim_start().strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, value_rest, skipped) = if let Some(quote) = quote {
                let (value, rest) = after.get(1..)?.split_once(quote)?;
                (value, rest, 1)
            } else {
                let end = after.find(|c: char| c.is_whitespace() || c == '>')?;
                (after.get(..end)?, after.get(end..)?, 0)
            };
            attribute.value = Some(value);
            attribute.value_start = at + rest.len() - after.len() + skipped;
            left = value_rest;
        }
        attributes.push(attribute);
    }
}

/// Longest reference to a character that is looked for, its semicolon included.
const MAX_ENTITY_BYTES: usize = 10;

/// Text with the entities of XML and character references resolved; others,
/// which a browser knows hundreds of, stay as they are.
pub(crate) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after
            .bytes()
            .take(MAX_ENTITY_BYTES)
            .position(|byte| byte == b';');
        let found = end.and_then(|end| {
            let (name, after) = (after.get(..end)?, after.get(end + 1..)?);
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16),
                        None => number.parse(),
                    };
                    char::from_u32(code.ok()?)?
                }
            };
            Some((c, after))
        });
        plain.push(found.map_or('&', |(c, _)| c));
        rest = found.map_or(after, |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, html: bool) -> Vec<String> {
        pieces(text, html)
            .into_iter()
            .map(|piece| match piece.kind {
                PieceKind::Open {
                    name,
                    attributes,
                    is_empty,
                } => {
                    let attributes: Vec<String> = attributes
                        .iter()
                        .map(|one| {
                            let value = one.value.unwrap_or("-");
                            if one.value.is_some() {
                                assert!(
                                    text.get(one.value_start..)
                                        .is_some_and(|rest| rest.starts_with(value)),
                                    "{text}"
                                );
                            }
                            format!(" {}={value}", one.name)
                        })
                        .collect();
                    format!(
                        "+{name}{}{}",
                        attributes.concat(),
                        if is_empty { "/" } else { "" }
                    )
                }
                PieceKind::Close(name) => format!("-{name}"),
                PieceKind::Text(text) => text.to_owned(),
                PieceKind::Data(data) => format!("[{data}]"),
                PieceKind::Other => "!".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_and_texts_are_told_apart() {
        assert_eq!(
            show(
                "<!doctype html><a b=1 c='x>y' d>t &lt; 1 < 2</a><br/><!-- <b> -->",
                true
            ),
            [
                "!",
                "+a b=1 c=x>y d=-",
                "t &lt; 1 ",
                "< 2",
                "-a",
                "+br/",
                "!"
            ]
        );
        assert_eq!(
            show("<script>if (a<b) '</p>'</script ><p>", true),
            ["+script", "if (a<b) '</p>'", "-script", "+p"]
        );
        assert_eq!(
            show(
                "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg:g><![CDATA[<x>]]>",
                false
            ),
            ["!", "!", "+svg:g", "[<x>]"]
        );
    }

    #[test]
    fn every_cut_of_a_text_is_read_to_its_end() {
        let text = "<!-- ü --><a b=\"c\" d='é' e=f/><p>x</p><![CDATA[y]]><?z?>";
        for (end, _) in text.char_indices() {
            let length: usize = pieces(text.get(..end).unwrap(), true)
                .iter()
                .map(|p| p.end - p.start)
                .sum();
            assert_eq!(length, end);
        }
    }

    #[test]
    fn entities_are_resolved() {
        assert_eq!(
            unescaped("a &amp;&lt;&#65;&#x42; &nbsp; & b"),
            "a &<AB &nbsp; & b"
        );
    }
}
