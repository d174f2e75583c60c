//! Texts as JavaScript: string literals, names, and the line that names a module.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The line that names a module in stacks and in the browser's tools, as an
/// address: what isn't plain in one is percent-encoded.
pub(crate) fn source_url(id: &str) -> String {
    let mut url = String::from("//# sourceURL=cumulet:///");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~@+".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing into a string can't fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url.push('\n');
    url
}

/// A string as a JavaScript literal that is safe in any script.
pub(crate) fn string_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    push_string_literal(&mut literal, text);
    literal
}

/// Writes what [`string_literal`] gives.
pub(crate) fn push_string_literal(literal: &mut String, text: &str) {
    literal.push('"');
    let mut rest = text;
    // Most texts need no escape, which bytes tell sooner than characters.
    let is_plain = |byte: u8| byte.is_ascii() && !needs_escape(char::from(byte));
    if text.bytes().all(is_plain) {
        literal.push_str(text);
        rest = "";
    }
    while let Some((index, c)) = rest.char_indices().find(|(_, c)| needs_escape(*c)) {
        let (plain, from) = rest.split_at(index);
        literal.push_str(plain);
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '<' => literal.push_str("\\x3C"),
            c => {
                let _ = write!(literal, "\\u{:04X}", c as u32);
            }
        }
        rest = from.get(c.len_utf8()..).unwrap_or_default();
    }
    literal.push_str(rest);
    literal.push('"');
}

fn needs_escape(c: char) -> bool {
    matches!(c, '"' | '\\' | '<' | '\u{2028}' | '\u{2029}') || c.is_control()
}

/// Whether a text can stand as a name in code (`{ name: … }`, `a.name`).
/// ASCII only: everything else is quoted, which is always right.
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$')
}

/// `.name`, or `["name"]` where the name needs quotes.
pub(crate) fn member(name: &str) -> String {
    if is_identifier(name) {
        format!(".{name}")
    } else {
        format!("[{}]", string_literal(name))
    }
}

/// A key of an object literal; computed where a plain one would set the prototype.
pub(crate) fn key(name: &str) -> Cow<'_, str> {
    if name == "__proto__" {
        Cow::Borrowed("[\"__proto__\"]")
    } else if is_identifier(name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(string_literal(name))
    }
}
