//! A forgiving reader of JSON as models write it: raw line breaks in strings,
//! trailing commas, a missing end. What the values mean is their reader's:
//! [`crate::parser`] looks for files, [`crate::ask`] for lines.

/// Deepest nesting that is followed; what anybody looks for lies in the first five levels.
const MAX_DEPTH: u32 = 8;

/// What stands there.
#[derive(Debug)]
pub(crate) enum Value {
    /// A string, and whether it was closed.
    Text {
        text: String,
        complete: bool,
    },
    /// Anything else without parts: a number, `true`, `null`, nothing at all.
    Literal(String),
    Object(Vec<(String, Value)>),
    Array(Vec<Value>),
}

/// Reads a text from its beginning to its end.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() || c == ',') {
            self.next();
        }
    }

    /// The value that begins here, after spaces.
    pub(crate) fn value(&mut self) -> Value {
        self.nested(0)
    }

    fn nested(&mut self, depth: u32) -> Value {
        self.skip_space();
        match self.peek() {
            Some('"') => {
                let (text, complete) = self.string();
                Value::Text { text, complete }
            }
            Some('{') if depth < MAX_DEPTH => self.object(depth),
            Some('[') if depth < MAX_DEPTH => self.array(depth),
            _ => {
                let start = self.at;
                while self.peek().is_some_and(|c| !",}]\"\n".contains(c)) {
                    self.next();
                }
                let text = self.text.get(start..self.at).unwrap_or_default();
                Value::Literal(text.trim().to_owned())
            }
        }
    }

    fn object(&mut self, depth: u32) -> Value {
        self.next();
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            if self.peek() != Some('"') {
                self.next();
                return Value::Object(entries);
            }
            let (key, _) = self.string();
            self.skip_space();
            if self.peek() != Some(':') {
                return Value::Object(entries);
            }
            self.next();
            let value = self.nested(depth + 1);
            entries.push((key, value));
        }
    }

    fn array(&mut self, depth: u32) -> Value {
        self.next();
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(']' | '}') => {
                    self.next();
                    return Value::Array(items);
                }
                _ => {
                    let before = self.at;
                    items.push(self.nested(depth + 1));
                    if self.at == before {
                        self.next();
                    }
                }
            }
        }
    }

    fn string(&mut self) -> (String, bool) {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => return (text, true),
                '\\' => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') | None => {}
                    Some('b') => text.push('\u{8}'),
                    Some('f') => text.push('\u{c}'),
                    Some('u') => text.push(self.unicode()),
                    Some(other) => text.push(other),
                },
                c => text.push(c),
            }
        }
        (text, false)
    }

    /// Four hexadecimal digits after `\u`, and the second half of a pair.
    fn unicode(&mut self) -> char {
        let Some(first) = self.hex() else {
            return char::REPLACEMENT_CHARACTER;
        };
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            if let Some(second) = self
                .hex()
                .filter(|second| (0xDC00..0xE000).contains(second))
            {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
            self.at = before;
        }
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let code = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(code)
    }
}
