//! CSS in tokens: as many kinds as moving rules and renaming classes needs.
//! Every text has tokens, and together they are the text.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Comment,
    /// With its quotes.
    String,
    /// `url(…)` without quotes inside.
    Url,
    /// A name, escapes included.
    Name,
    /// A number with its unit.
    Number,
    /// One sign.
    Sign(u8),
}

/// A part of a style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Token<'a> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is(&self, sign: u8) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it only stands between others.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.kind, Kind::Space | Kind::Comment)
    }

    /// A string without its quotes.
    pub(super) fn inner(&self) -> &'a str {
        self.text
            .strip_prefix(['"', '\''])
            .map_or(self.text, |text| {
                text.strip_suffix(['"', '\'']).unwrap_or(text)
            })
    }
}

/// Takes a style sheet apart.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = first(rest);
        // A length within a character can't come up: signs are ASCII, and
        // everything else ends before or after one.
        let text = rest.get(..length).unwrap_or(rest);
        tokens.push(Token { kind, start, text });
        start += text.len();
    }
    tokens
}

fn first(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    match at(0) {
        b'/' if at(1) == b'*' => {
            let end = rest.get(2..).and_then(|body| body.find("*/"));
            (Kind::Comment, end.map_or(rest.len(), |end| end + 4))
        }
        quote @ (b'"' | b'\'') => (Kind::String, string_length(bytes, quote)),
        byte if byte.is_ascii_whitespace() => {
            let end = rest.find(|c: char| !c.is_ascii_whitespace());
            (Kind::Space, end.unwrap_or(rest.len()))
        }
        byte if byte.is_ascii_digit() || (byte == b'.' && at(1).is_ascii_digit()) => {
            let end = rest.find(|c: char| !is_name(c) && !".%".contains(c));
            (Kind::Number, end.unwrap_or(rest.len()))
        }
        b'-' if at(1).is_ascii_digit() || at(1) == b'.' => {
            let end = rest.find(|c: char| !is_name(c) && !".%".contains(c));
            (Kind::Number, end.unwrap_or(rest.len()))
        }
        byte if byte == b'\\' || rest.starts_with(is_name) => {
            let length = name_length(rest);
            let word = rest.get(..length).unwrap_or_default();
            let after = rest.get(length..).unwrap_or_default();
            if word.eq_ignore_ascii_case("url")
                && let Some(inside) = after.strip_prefix('(')
                && !inside.trim_start().starts_with(['"', '\''])
            {
                let end = inside.find(')').map_or(inside.len(), |end| end + 1);
                return (Kind::Url, length + 1 + end);
            }
            (Kind::Name, length.max(1))
        }
        byte => (Kind::Sign(byte), 1),
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_' || !c.is_ascii()
}

/// A string ends with its quote, or with its line when that is missing.
fn string_length(bytes: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' => at += 2,
            b'\n' => return at,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn name_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        if c == '\\' {
            let Some((_, escaped)) = chars.next() else {
                return text.len();
            };
            if escaped.is_ascii_hexdigit() {
                let mut digits = 1;
                while digits < 6 && chars.next_if(|(_, c)| c.is_ascii_hexdigit()).is_some() {
                    digits += 1;
                }
                chars.next_if(|(_, c)| c.is_ascii_whitespace());
            }
        } else if !is_name(c) {
            return index;
        }
    }
    text.len()
}

/// A name without its escapes.
pub(super) fn unescaped(name: &str) -> String {
    let mut plain = String::new();
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let mut code = String::new();
        while code.len() < 6
            && let Some(digit) = chars.next_if(char::is_ascii_hexdigit)
        {
            code.push(digit);
        }
        if code.is_empty() {
            plain.extend(chars.next());
        } else {
            let c = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
            plain.push(c.unwrap_or('\u{fffd}'));
            chars.next_if(char::is_ascii_whitespace);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(css: &str) -> Vec<&str> {
        tokens(css).iter().map(|token| token.text).collect()
    }

    #[test]
    fn names_numbers_and_addresses_are_told_apart() {
        assert_eq!(
            texts(".a\\:b>#c:is(.5em,-.5px){--x:url( a;b )url('c')}"),
            [
                ".",
                "a\\:b",
                ">",
                "#",
                "c",
                ":",
                "is",
                "(",
                ".5em",
                ",",
                "-.5px",
                ")",
                "{",
                "--x",
                ":",
                "url( a;b )",
                "url",
                "(",
                "'c'",
                ")",
                "}"
            ]
        );
        assert_eq!(
            texts("\"a\\\"b\" 'c\nd"),
            ["\"a\\\"b\"", " ", "'c", "\n", "d"]
        );
        assert_eq!(texts("/* a */b/*"), ["/* a */", "b", "/*"]);
    }

    #[test]
    fn tokens_are_the_whole_text_whatever_it_is() {
        let css = ".é\\31 0 \\";
        for text in [css, "\\", "\"\\é", "url(", "-", "/*é", "a\\é{", "\\é"] {
            assert_eq!(texts(text).concat(), text);
        }
        assert_eq!(unescaped("sm\\:p\\31 0\\"), "sm:p10");
    }
}
