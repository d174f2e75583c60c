//! Keeps hostile or broken texts from exhausting the stack. A recursive parser
//! has no way to stop by itself, and a stack that overflows ends the worker
//! (in the browser) or the process (natively).
//!
//! Two gates: [`too_deep`] estimates from the bare text how deep the parser
//! would recurse; [`deep_tree`] measures the tree, because chains such as
//! `a + b + c` are parsed in a loop but walked recursively. The estimate may be
//! wrong by a little in either direction; real code stays far below the limits.

use crate::source::to_u32;
use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

/// Brackets, tags and prefix operators open at one place. The browser's stack
/// of 1 MB (Chromium, Node) was seen to hold more than twice as many of the
/// costliest kind, optimised; hand-written code stays below 60.
const MAX_NESTING: usize = 200;
/// Depth of the tree in expressions, statements, types and elements: a sum of
/// this many strings still works. Measured the same way.
const MAX_TREE_DEPTH: u32 = 700;

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

/// What is open at one bracket: itself, and levels since it that end with it.
#[derive(Default)]
struct Frame {
    /// The bracket is a template literal's `${`.
    template: bool,
    /// Prefix operators, conditionals and the like since the last separator.
    run: usize,
    /// JSX elements.
    tags: usize,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    frames: Vec<Frame>,
    depth: usize,
    /// The last byte that isn't a space, and where the word that it ends begins.
    last: u8,
    last_at: usize,
}

/// Byte at which a text is nested deeper than the parser's stack can bear.
pub(crate) fn too_deep(text: &str) -> Option<u32> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        frames: vec![Frame::default()],
        depth: 0,
        last: b';',
        last_at: 0,
    };
    while let Some(byte) = scanner.peek(0) {
        scanner.step(byte);
        if scanner.depth > MAX_NESTING {
            return Some(to_u32(scanner.at.min(text.len()).saturating_sub(1)));
        }
    }
    None
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn step(&mut self, byte: u8) {
        let start = self.at;
        match byte {
            b'\n' => {
                self.at += 1;
                self.separate_unless_continued();
                return;
            }
            b' ' | b'\t' | b'\r' => {
                let rest = self.bytes.get(self.at..).unwrap_or_default();
                let length = rest.iter().position(|byte| !b" \t\r".contains(byte));
                self.at += length.unwrap_or(rest.len());
                return;
            }
            b'/' if self.peek(1) == Some(b'/') && self.last != b':' => return self.skip_line(),
            b'/' if self.peek(1) == Some(b'*') => return self.skip_comment(),
            b'/' if self.peek(1) == Some(b'>') => {
                self.close_tag();
                self.at += 1;
            }
            b'/' if self.starts_value() => self.skip_regex(),
            b'"' | b'\'' if self.starts_string() => self.skip_string(byte),
            b'`' => {
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
        self.frames.push(Frame {
            template,
            ..Frame::default()
        });
        self.depth += 1;
        self.at += 1;
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
            self.last = byte;
            self.separate_unless_continued();
        }
    }

    /// Another level that ends at the next separator.
    fn nest(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.run += 1;
            self.depth += 1;
        }
    }

    fn separate(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            self.depth = self.depth.saturating_sub(frame.run);
            frame.run = 0;
        }
    }

    /// A line or block ended: so did the expression, unless an operator or
    /// `else` goes on with it.
    fn separate_unless_continued(&mut self) {
        if b"+-*/=?&|<>!~.(".contains(&self.last) {
            return;
        }
        let rest = self
            .bytes
            .get(self.at..)
            .unwrap_or_default()
            .trim_ascii_start();
        let starts_anew = rest
            .first()
            .is_some_and(|b| b.is_ascii_alphanumeric() || b"_$\"'`}@".contains(b));
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
        if opens && !is_word(self.last) {
            if let Some(frame) = self.frames.last_mut() {
                frame.tags += 1;
                self.depth += 1;
            }
        } else if opens {
            self.nest();
        }
        self.at += 1;
    }

    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_word(*byte));
        let word = length.and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at += word.len();
        if nests(word) {
            self.nest();
        }
    }

    fn operator(&mut self, byte: u8) {
        let next = self.peek(1).unwrap_or(b' ');
        let mut length = 1;
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
        b"+-*/%=?:&|<>!~^,;([{}".contains(&self.last)
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

    fn skip_line(&mut self) {
        while self.peek(0).is_some_and(|b| b != b'\n') {
            self.at += 1;
        }
    }

    fn skip_comment(&mut self) {
        self.at += 2;
        while let Some(byte) = self.peek(0) {
            if byte == b'*' && self.peek(1) == Some(b'/') {
                self.at += 2;
                return;
            }
            self.at += 1;
        }
    }

    fn skip_string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 2,
                b'\n' => return,
                _ => self.at += 1,
            }
            if byte == quote {
                return;
            }
        }
    }

    /// Up to the closing slash on the same line; a lone slash is a division.
    fn skip_regex(&mut self) {
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
        self.at += 1;
    }

    /// Up to the end of a template's text: its backtick, or a `${` that opens.
    fn skip_template(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    return;
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 1;
                    return self.open(true);
                }
                _ => self.at += 1,
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80..)
}

/// Place where a tree is deeper than the passes' stack can bear.
pub(crate) fn deep_tree(module: &ast::Module) -> Option<Span> {
    let mut depth = Depth {
        depth: 0,
        found: None,
    };
    module.visit_with(&mut depth);
    depth.found
}

struct Depth {
    depth: u32,
    found: Option<Span>,
}

impl Depth {
    fn enter<N: Spanned + VisitWith<Self>>(&mut self, node: &N) {
        if self.found.is_some() {
            return;
        }
        if self.depth >= MAX_TREE_DEPTH {
            self.found = Some(node.span());
            return;
        }
        self.depth += 1;
        node.visit_children_with(self);
        self.depth -= 1;
    }
}

impl Visit for Depth {
    fn visit_expr(&mut self, node: &ast::Expr) {
        self.enter(node);
    }
    fn visit_stmt(&mut self, node: &ast::Stmt) {
        self.enter(node);
    }
    fn visit_pat(&mut self, node: &ast::Pat) {
        self.enter(node);
    }
    fn visit_ts_type(&mut self, node: &ast::TsType) {
        self.enter(node);
    }
    fn visit_ts_entity_name(&mut self, node: &ast::TsEntityName) {
        self.enter(node);
    }
    fn visit_jsx_element(&mut self, node: &ast::JSXElement) {
        self.enter(node);
    }
    fn visit_jsx_member_expr(&mut self, node: &ast::JSXMemberExpr) {
        self.enter(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_code_passes() {
        let lines =
            "<p>Don't {`a ${b}`} /* ( */ http://x.y</p>\nconst a = b < c ? d : e\nif (a) { b() }\n";
        assert_eq!(too_deep(&lines.repeat(2_000)), None);
        assert_eq!(too_deep(&"case 'a':\n".repeat(1_000)), None);
        assert_eq!(
            too_deep(&"const f: Map<string, A<B>> = new Map()\n".repeat(1_000)),
            None
        );
        assert_eq!(
            too_deep(&"const r = /[({\\/]/.test(x) || y / 2\n".repeat(1_000)),
            None
        );
        assert_eq!(too_deep(&"if(a){b=c?d:e}".repeat(1_000)), None);
    }

    #[test]
    fn deep_code_is_found() {
        for unit in [
            "(", "[", "{", "<a>", "!", "a?b:", "a=>", "a=", "if(a)", "`${", "x: ", "- ", "typeof ",
            "<div>{", "A<", "{a:",
        ] {
            assert!(too_deep(&unit.repeat(3_000)).is_some(), "{unit}");
        }
    }

    #[test]
    fn odd_ends_are_survived() {
        for text in [
            "'", "\"", "`", "`${", "/*", "//", "/", "\\", "'\\", "`\\", "<", "}", ")))", "=", "?",
        ] {
            assert_eq!(too_deep(text), None, "{text}");
        }
    }
}
