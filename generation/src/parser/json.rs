//! Files in a JSON object, for models that answer so whatever they are told.
//!
//! The reader forgives what such answers have: raw line breaks in strings,
//! trailing commas, a missing end.

/// One file found in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonFile {
    /// As written.
    pub(super) path: String,
    /// Its text.
    pub(super) content: String,
    /// Whether the string was closed.
    pub(super) complete: bool,
}

/// Deepest nesting that is followed; files lie in the first levels.
const MAX_DEPTH: u32 = 8;

enum Value {
    Text { text: String, complete: bool },
    Object(Vec<(String, Value)>),
    Array(Vec<Value>),
    Other,
}

/// Reads `{"files": {"path": "text"}}`, `{"files": [{"path": …, "content": …}]}`,
/// the same without `files`, and a list. Empty when it is none of these.
pub(super) fn files(text: &str) -> Vec<JsonFile> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0);
    let mut files = Vec::new();
    collect(value, 0, &mut files);
    files
}

fn collect(value: Value, level: u32, files: &mut Vec<JsonFile>) {
    match value {
        Value::Object(entries) => {
            if let Some(file) = described(&entries) {
                files.push(file);
                return;
            }
            for (key, value) in entries {
                match value {
                    Value::Text { text, complete } if super::path::looks_like_path(&key) => {
                        files.push(JsonFile {
                            path: key,
                            content: text,
                            complete,
                        });
                    }
                    // `{"src/App.tsx": {"code": "…"}}`
                    Value::Object(inner) if super::path::looks_like_path(&key) => {
                        if let Some((content, complete)) = content(&inner) {
                            files.push(JsonFile {
                                path: key,
                                content,
                                complete,
                            });
                        }
                    }
                    nested @ (Value::Object(_) | Value::Array(_)) if level < 3 => {
                        collect(nested, level + 1, files);
                    }
                    _ => {}
                }
            }
        }
        Value::Array(items) if level < 4 => {
            for item in items {
                collect(item, level + 1, files);
            }
        }
        _ => {}
    }
}

/// An object that describes one file.
fn described(entries: &[(String, Value)]) -> Option<JsonFile> {
    let path = entries.iter().find_map(|(key, value)| match value {
        Value::Text { text, .. }
            if ["path", "file", "filename", "filePath", "file_path", "name"]
                .contains(&key.as_str())
                && super::path::looks_like_path(text) =>
        {
            Some(text.clone())
        }
        _ => None,
    })?;
    let (content, complete) = content(entries)?;
    Some(JsonFile {
        path,
        content,
        complete,
    })
}

fn content(entries: &[(String, Value)]) -> Option<(String, bool)> {
    entries.iter().find_map(|(key, value)| match value {
        Value::Text { text, complete }
            if ["content", "contents", "code", "text", "source"].contains(&key.as_str()) =>
        {
            Some((text.clone(), *complete))
        }
        _ => None,
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() || c == ',') {
            self.next();
        }
    }

    fn value(&mut self, depth: u32) -> Value {
        self.skip_space();
        match self.peek() {
            Some('"') => {
                let (text, complete) = self.string();
                Value::Text { text, complete }
            }
            Some('{') if depth < MAX_DEPTH => self.object(depth),
            Some('[') if depth < MAX_DEPTH => self.array(depth),
            _ => {
                while self.peek().is_some_and(|c| !",}]\"".contains(c)) {
                    self.next();
                }
                Value::Other
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
            let value = self.value(depth + 1);
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
                    items.push(self.value(depth + 1));
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
        if (0xD800..0xDC00).contains(&first)
            && self
                .text
                .get(self.at..)
                .is_some_and(|rest| rest.starts_with("\\u"))
        {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<(String, String, bool)> {
        files(text)
            .into_iter()
            .map(|file| (file.path, file.content, file.complete))
            .collect()
    }

    #[test]
    fn reads_the_usual_shapes() {
        let one = vec![("src/App.tsx".to_owned(), "a\n\"b\"".to_owned(), true)];
        assert_eq!(paths(r#"{"files":{"src/App.tsx":"a\n\"b\""}}"#), one);
        assert_eq!(
            paths(r#"{"files":[{"path":"src/App.tsx","content":"a\n\"b\"",}],}"#),
            one
        );
        assert_eq!(paths(r#"[{"name":"src/App.tsx","code":"a\n\"b\""}]"#), one);
        assert_eq!(paths("{\"src/App.tsx\":\"a\n\\\"b\\\"\"}"), one);
        assert_eq!(
            paths(r#"{"name":"app","dependencies":{"react":"19"}}"#),
            vec![]
        );
    }

    #[test]
    fn keeps_what_a_cut_answer_holds() {
        assert_eq!(
            paths(r#"{"files":{"src/a.ts":"1","src/b.ts":"2\u00e"#),
            vec![
                ("src/a.ts".to_owned(), "1".to_owned(), true),
                ("src/b.ts".to_owned(), "2\u{FFFD}00e".to_owned(), false),
            ]
        );
        assert_eq!(paths(r#"{"src/a.ts":"\ud83d\ude00"}"#)[0].1, "😀");
    }

    #[test]
    fn survives_nonsense() {
        for text in [
            "",
            "{",
            "[",
            "{{{{{{{{{{{{{{",
            "[[[[[[[[[[[[[[[",
            "{\"a\"",
            "[}",
            "{\"a\":]}",
            "\"\\",
        ] {
            assert!(files(text).is_empty(), "{text}");
        }
    }
}
