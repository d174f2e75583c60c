//! Reads a text as roughly as is needed to tell how deep the parser would
//! recurse in it: brackets, tags, operators, and what strings and comments hide.

use super::Unparsable;
use crate::language::Language;
use crate::source::to_u32;

/// Brackets, tags and prefix operators open at one place. The browser's stack
/// of 1 MB (Chromium, Node) was seen to hold more than twice as many of the
/// costliest kind, optimised; hand-written code stays below 60.
const MAX_NESTING: usize = 200;
/// Operators, calls and members in one expression. The parser takes such a chain
/// in a loop, but when it meets an error it drops the tree that it has, and that
/// recurses: 6,000 were seen to work in the browser, 8,000 not.
const MAX_LINKS: usize = 4_000;

/// Whether a word starts another level of recursion without a bracket.
fn nests(word: &[u8]) -> bool {
    matches!(
        word,
        b"await"
            | b"delete"
            | b"do"
            | b"for"
            | b"if"
            | b"new"
            | b"typeof"
            | b"void"
            | b"while"
            | b"with"
            | b"yield"
            | b"keyof"
            | b"infer"
    )
}

/// Whether a quote after a word starts a string although it follows a letter.
fn precedes_string(word: &[u8]) -> bool {
    matches!(
        word,
        b"as"
            | b"await"
            | b"case"
            | b"default"
            | b"delete"
            | b"else"
            | b"extends"
            | b"from"
            | b"import"
            | b"in"
            | b"instanceof"
            | b"new"
            | b"of"
            | b"return"
            | b"throw"
            | b"typeof"
            | b"void"
            | b"yield"
    )
}

/// Whether a word goes on with an expression without a bracket.
fn links(word: &[u8]) -> bool {
    matches!(word, b"as" | b"in" | b"instanceof" | b"satisfies")
}

/// Levels that one counts for within which the parser tries everything twice or
/// more often: 30 of them would take it days.
const RETRIED: usize = 13;

/// What is open at one bracket: itself, and levels since it that end with it.
#[derive(Default)]
struct Frame {
    /// The bracket is a template literal's `${`.
    template: bool,
    /// Prefix operators, conditionals and the like since the last separator.
    run: usize,
    /// A class began whose body didn't.
    class_head: bool,
    /// JSX elements.
    tags: usize,
    /// Operators, calls and members since the last separator.
    links: usize,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    has_jsx: bool,
    at: usize,
    frames: Vec<Frame>,
    depth: usize,
    /// [`MAX_NESTING`] or [`MAX_LINKS`] has been passed.
    is_too_deep: bool,
    /// The last byte that isn't a space, and where the word that it ends begins.
    last: u8,
    last_at: usize,
    /// A line or block ended; what comes next tells whether its expression did.
    is_ended: bool,
    /// End of a line that was searched for the end of a regular expression in vain.
    no_regex_until: usize,
    /// The first element whose name has a colon and a dot.
    element_name: Option<usize>,
}

/// Looks for what the parser wouldn't survive.
pub(crate) fn unparsable(text: &str, language: Language) -> Option<Unparsable> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        has_jsx: language != Language::TypeScript,
        at: 0,
        frames: vec![Frame::default()],
        depth: 0,
        is_too_deep: false,
        last: b';',
        last_at: 0,
        is_ended: false,
        no_regex_until: 0,
        element_name: None,
    };
    while let Some(byte) = scanner.peek(0) {
        scanner.step(byte);
        if scanner.is_too_deep {
            let at = to_u32(scanner.at.min(text.len()).saturating_sub(1));
            return Some(Unparsable::TooDeep(at));
        }
    }
    let at = scanner.element_name?;
    Some(Unparsable::ElementName(to_u32(at)))
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn step(&mut self, byte: u8) {
        if byte.is_ascii_whitespace() {
            return self.skip_space();
        }
        let start = self.at;
        if std::mem::take(&mut self.is_ended) {
            self.separate_unless_continued();
        }
        match byte {
            b'/' if self.peek(1) == Some(b'/') && self.last != b':' => return self.skip_line(),
            b'/' if self.peek(1) == Some(b'*') => return self.skip_comment(),
            b'/' if self.peek(1) == Some(b'>') => {
                self.close_tag();
                self.at += 1;
            }
            b'/' if self.starts_value() => self.skip_regex(),
            b'"' | b'\'' if self.starts_string() => self.skip_string(byte),
            b'`' => {
                self.link();
                self.at += 1;
                self.skip_template();
            }
            b'(' | b'[' | b'{' => self.open(false),
            b')' | b']' | b'}' => self.close(byte),
            b';' | b',' => {
                self.separate();
                self.at += 1;
            }
            b'<' if self.peek(1) == Some(b'/') => {
                self.note_element_name(start + 2);
                self.close_tag();
                self.at += 2;
            }
            b'<' => self.less_than(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'0'..=b'9' | 0x80.. => self.word(),
            _ => self.operator(byte),
        }
        self.last = self
            .bytes
            .get(self.at.saturating_sub(1))
            .copied()
            .unwrap_or(byte);
        self.last_at = start;
    }

    fn open(&mut self, template: bool) {
        if let Some(frame) = self.frames.last_mut() {
            frame.class_head = false;
        }
        self.frames.push(Frame {
            template,
            ..Frame::default()
        });
        self.deepen(1);
        self.at += 1;
    }

    fn deepen(&mut self, levels: usize) {
        self.depth += levels;
        self.is_too_deep |= self.depth > MAX_NESTING;
    }

    fn close(&mut self, byte: u8) {
        self.at += 1;
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.depth = self.depth.saturating_sub(1 + frame.run + frame.tags);
        if frame.template {
            self.skip_template();
        } else if byte == b'}' {
            self.is_ended = true;
        } else {
            self.link();
        }
    }

    /// Another part of a chain. Between tags, signs are text.
    fn link(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && frame.tags == 0
        {
            frame.links += 1;
            self.is_too_deep |= frame.links > MAX_LINKS;
        }
    }

    /// Another level that ends at the next separator.
    fn nest(&mut self) {
        self.nest_by(1);
    }

    fn nest_by(&mut self, levels: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.run += levels;
            self.deepen(levels);
        }
    }

    fn separate(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            self.depth = self.depth.saturating_sub(frame.run);
            frame.run = 0;
            frame.links = 0;
        }
    }

    /// A line or block ended before this place: so did the expression, unless an
    /// operator or `else` goes on with it.
    fn separate_unless_continued(&mut self) {
        let continues = matches!(
            self.last,
            b'+' | b'-'
                | b'*'
                | b'/'
                | b'='
                | b'?'
                | b'&'
                | b'|'
                | b'<'
                | b'>'
                | b'!'
                | b'~'
                | b'.'
                | b'('
        );
        if continues {
            return;
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let starts_anew = rest.first().is_some_and(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'$' | b'"' | b'\'' | b'`' | b'}' | b'@')
        });
        if starts_anew && !rest.starts_with(b"else") {
            self.separate();
        }
    }

    fn close_tag(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && frame.tags > 0
        {
            frame.tags -= 1;
            self.depth = self.depth.saturating_sub(1);
        }
    }

    /// `<` opens an element, unless it follows a name (a type argument, a comparison).
    fn less_than(&mut self) {
        let opens = self
            .peek(1)
            .is_some_and(|b| b.is_ascii_alphabetic() || b"_$>".contains(&b));
        self.note_element_name(self.at + 1);
        if opens && !self.has_jsx && !is_word(self.last) {
            // A type before a value, or type parameters: the parser tries both.
            self.nest_by(RETRIED);
        } else if opens && !is_word(self.last) {
            if let Some(frame) = self.frames.last_mut() {
                frame.tags += 1;
                self.deepen(1);
            }
        } else if opens {
            self.nest();
        }
        self.at += 1;
    }

    /// Takes note of a name with a colon and a dot, where `<` can only begin a tag:
    /// `a ? b <c : d.e` has none.
    fn note_element_name(&mut self, from: usize) {
        let is_in_tag = self.frames.last().is_some_and(|frame| frame.tags > 0);
        let is_spaced = self.last_at + 1 < self.at;
        if self.element_name.is_some()
            || !self.has_jsx
            || !(self.starts_value() || is_in_tag && is_spaced)
        {
            return;
        }
        let is_name = |byte: &u8| is_word(*byte) || *byte == b'-';
        let mut rest = self.bytes.get(from..).unwrap_or_default();
        for sign in [b':', b'.'] {
            rest = rest.trim_ascii_start();
            let name = rest.iter().take_while(|byte| is_name(byte)).count();
            rest = rest.get(name..).unwrap_or_default().trim_ascii_start();
            match rest.split_first() {
                Some((first, tail)) if *first == sign && name > 0 => rest = tail,
                _ => return,
            }
        }
        self.element_name = Some(from);
    }

    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_word(*byte));
        let word = length.and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at += word.len();
        // No keyword is longer.
        if word.len() > b"instanceof".len() {
            return;
        }
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if word == b"class" {
            frame.class_head = true;
        } else if word == b"extends" && std::mem::take(&mut frame.class_head) {
            self.nest_by(RETRIED);
        } else if nests(word) {
            self.nest();
        } else if links(word) {
            self.link();
        }
    }

    fn operator(&mut self, byte: u8) {
        let next = self.peek(1).unwrap_or(b' ');
        let mut length = 1;
        // A union of thousands of strings is a list.
        if !(byte == b'|' && b"\"'".contains(&self.last)) {
            self.link();
        }
        match byte {
            b'=' if next == b'>' => {
                self.nest();
                length = 2;
            }
            b'=' | b'!' if next == b'=' => length = 2,
            b'=' if !b"=<>!".contains(&self.last) || self.last_at + 1 != self.at => self.nest(),
            b'?' if next == b'.' || next == b'?' => length = 2,
            b'*' if next == b'*' => {
                self.nest();
                length = 2;
            }
            b'?' | b':' | b'~' | b'@' => self.nest(),
            b'!' | b'+' | b'-' if self.starts_value() => self.nest(),
            _ => {}
        }
        self.at += length;
    }

    /// Whether a value, rather than an operator, is expected here.
    fn starts_value(&self) -> bool {
        if is_word(self.last) {
            return self.after_word();
        }
        matches!(
            self.last,
            b'+' | b'-'
                | b'*'
                | b'/'
                | b'%'
                | b'='
                | b'?'
                | b':'
                | b'&'
                | b'|'
                | b'<'
                | b'>'
                | b'!'
                | b'~'
                | b'^'
                | b','
                | b';'
                | b'('
                | b'['
                | b'{'
                | b'}'
        )
    }

    fn starts_string(&self) -> bool {
        let adjacent = self
            .at
            .checked_sub(1)
            .and_then(|at| self.bytes.get(at))
            .is_some_and(|b| is_word(*b));
        !adjacent || self.after_word()
    }

    fn after_word(&self) -> bool {
        let end = self.bytes.get(self.last_at..self.at).unwrap_or_default();
        precedes_string(end.trim_ascii_end())
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek(0)
            && byte.is_ascii_whitespace()
        {
            self.at += 1;
            self.is_ended |= byte == b'\n';
        }
    }

    /// Up to the first byte for which `find` finds a place, or to the end.
    fn skip_to(&mut self, find: impl FnOnce(&[u8]) -> Option<usize>) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += find(rest).unwrap_or(rest.len());
    }

    fn skip_line(&mut self) {
        self.skip_to(|rest| memchr::memchr(b'\n', rest));
    }

    fn skip_comment(&mut self) {
        self.at += 2;
        loop {
            self.skip_to(|rest| memchr::memchr(b'*', rest));
            match (self.peek(0), self.peek(1)) {
                (None, _) => return,
                (_, Some(b'/')) => {
                    self.at += 2;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_string(&mut self, quote: u8) {
        self.at += 1;
        loop {
            self.skip_to(|rest| memchr::memchr3(quote, b'\\', b'\n', rest));
            match self.peek(0) {
                Some(b'\\') => self.at += 2,
                Some(byte) if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => return,
            }
        }
    }

    /// Up to the closing slash on the same line; a lone slash is a division.
    fn skip_regex(&mut self) {
        if self.at < self.no_regex_until {
            self.at += 1;
            return;
        }
        let mut end = self.at + 1;
        let mut in_class = false;
        while let Some(byte) = self.bytes.get(end) {
            match byte {
                b'\\' => end += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'\n' => break,
                b'/' if !in_class => {
                    self.at = end + 1;
                    return;
                }
                _ => {}
            }
            end += 1;
        }
        self.no_regex_until = end;
        self.at += 1;
    }

    /// Up to the end of a template's text: its backtick, or a `${` that opens.
    fn skip_template(&mut self) {
        loop {
            self.skip_to(|rest| memchr::memchr3(b'`', b'\\', b'$', rest));
            match self.peek(0) {
                None => return,
                Some(b'\\') => self.at += 2,
                Some(b'`') => {
                    self.at += 1;
                    return;
                }
                _ if self.peek(1) == Some(b'{') => {
                    self.at += 1;
                    return self.open(true);
                }
                _ => self.at += 1,
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    WORD_BYTES.get(usize::from(byte)).is_some_and(|is| *is)
}

/// A table, because nearly every byte of a text is asked about.
#[expect(
    clippy::indexing_slicing,
    reason = "runs when it is compiled, within the table's length"
)]
const WORD_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = byte >= 0x80 || {
            let byte = byte.to_le_bytes()[0];
            byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<Unparsable> {
        unparsable(text, Language::TypeScriptJsx)
    }

    #[test]
    fn real_code_passes() {
        let lines =
            "<p>Don't {`a ${b}`} /* ( */ http://x.y</p>\nconst a = b < c ? d : e\nif (a) { b() }\n";
        assert_eq!(refused(&lines.repeat(2_000)), None);
        assert_eq!(refused(&"case 'a':\n".repeat(1_000)), None);
        assert_eq!(
            refused(&"const f: Map<string, A<B>> = new Map()\n".repeat(1_000)),
            None
        );
        assert_eq!(
            refused(&"const r = /[({\\/]/.test(x) || y / 2\n".repeat(1_000)),
            None
        );
        assert_eq!(refused(&"if(a){b=c?d:e}".repeat(1_000)), None);
    }

    #[test]
    fn deep_code_is_found() {
        for unit in [
            "(",
            "[",
            "{",
            "<a>",
            "!",
            "a?b:",
            "a=>",
            "a=",
            "if(a)",
            "`${",
            "x: ",
            "- ",
            "typeof ",
            "<div>{",
            "A<",
            "{a:",
            "class A extends ",
        ] {
            assert!(refused(&unit.repeat(3_000)).is_some(), "{unit}");
        }
    }

    #[test]
    fn long_chains_are_found() {
        for unit in [
            ".a",
            "?.a",
            "?.(a)",
            "[0]",
            "(a)",
            "`a`",
            "+a",
            "\n  .a(b)",
            "&&a",
            "|a",
            " as T",
            " in a",
            "==a",
            "/a",
        ] {
            assert!(refused(&unit.repeat(5_000)).is_some(), "{unit}");
            assert_eq!(refused(&unit.repeat(500)), None, "{unit}");
        }
        for unit in [
            "| 'a'\n",
            "<p>It. is.</p>\n",
            "a.b(c);",
            "a.b(c)\n",
            "a.b,",
            "{}",
        ] {
            assert_eq!(
                refused(&format!("<>{}", unit.repeat(5_000))),
                None,
                "{unit}"
            );
            assert_eq!(refused(&unit.repeat(3_000)), None, "{unit}");
        }
    }

    #[test]
    fn what_the_parser_tries_again_and_again_is_found() {
        for unit in [
            "(class extends ",
            "(class A<T extends B> extends (",
            "x=class extends f(",
        ] {
            assert!(refused(&unit.repeat(20)).is_some(), "{unit}");
        }
        let casts = |text: &str| unparsable(text, Language::TypeScript);
        for unit in ["(<T>", "<div>{a && ("] {
            assert!(casts(&unit.repeat(20)).is_some(), "{unit}");
        }
        let lines = "const a = <T>b;\nconst c = <T>(d: T) => <U>e\nclass F extends G {}\n";
        assert_eq!(casts(&lines.repeat(300)), None);
        assert_eq!(refused(&"class F extends G { h() {} }\n".repeat(300)), None);
        let conditional = "type A = B extends C ? D :\n".repeat(60);
        assert_eq!(refused(&conditional), None);
    }

    #[test]
    fn element_names_of_two_kinds_are_found() {
        for text in [
            "<a:b.c/>",
            "<p>it <a : b-b . c/></p>",
            "x = <a>{b}</a:b.c>",
            "return <a:b.c>",
        ] {
            let found = refused(text);
            assert!(matches!(found, Some(Unparsable::ElementName(_))), "{text}");
        }
        for text in [
            "<a:b/>",
            "<a.b.c/>",
            "x?y<b:c.d",
            "x ? f() <b : c.d",
            "<a b={c<d?e:f.g}/>",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn blank_lines_and_lone_slashes_cost_no_more_than_others() {
        // With the square of its length as its cost, this would take minutes.
        for (unit, is_refused) in [
            ("\n", false),
            ("\r\n", false),
            ("/[", true),
            ("=/(", true),
            ("<a>/", true),
        ] {
            let found = refused(&unit.repeat(500_000));
            assert_eq!(found.is_some(), is_refused, "{unit:?}");
        }
    }

    #[test]
    fn odd_ends_are_survived() {
        for text in [
            "'", "\"", "`", "`${", "/*", "//", "/", "\\", "'\\", "`\\", "<", "}", ")))", "=", "?",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }
}
