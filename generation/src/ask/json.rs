//! JSON in an answer, turned into the lines that were asked for.
//!
//! Forgives what such answers have: prose and fences around it, raw line
//! breaks in strings, trailing commas, a missing end.

/// Deepest nesting that is followed; what the tasks need lies in the first five levels.
const MAX_DEPTH: u32 = 8;
/// Keys of an object that name it, the best first.
const NAMES: [&str; 8] = [
    "name", "label", "title", "text", "option", "screen", "field", "action",
];

#[derive(Debug)]
pub(super) enum Value {
    /// A string, number or literal.
    Text(String),
    Object(Vec<(String, Value)>),
    Array(Vec<Value>),
}

/// All objects and arrays of a text, in order.
pub(super) fn values(text: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut reader = Reader { text, at: 0 };
    let mut line_start = true;
    while let Some(c) = reader.peek() {
        let begins = match c {
            '{' => reader.second() == Some('"'),
            // In mid-line, one of texts is a list of options.
            '[' => {
                matches!(reader.second(), Some(second) if second == '{' || (second == '"' && line_start))
            }
            _ => false,
        };
        if begins {
            values.extend(reader.value(0));
        } else {
            reader.next();
        }
        line_start = c == '\n' || (line_start && c.is_whitespace());
    }
    values
}

/// Objects as lines `key: text`, arrays as a line `key:` and one bullet for
/// each item. An object in an array whose key is one of `lists` becomes one
/// bullet: `- name: rest, rest`. The key of an outermost array is empty.
pub(super) fn as_lines(values: &[Value], lists: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for value in values {
        let is_list = matches!(value, Value::Array(_)) && lists("");
        write(value, is_list, lists, &mut out);
    }
    out
}

fn write(value: &Value, is_list: bool, lists: &dyn Fn(&str) -> bool, out: &mut String) {
    match value {
        Value::Text(text) => bullet(text, out),
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Object(entries) if is_list => bullet(&item_text(entries), out),
                    item => write(item, is_list, lists, out),
                }
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    // `"data": {"Task": ["title"]}`
                    value if is_list => bullet(&format!("{key}: {}", joined(value)), out),
                    Value::Text(text) => push_line(&format!("{key}: {text}"), out),
                    value => {
                        push_line(&format!("{key}:"), out);
                        write(value, lists(key), lists, out);
                    }
                }
            }
        }
    }
}

fn item_text(entries: &[(String, Value)]) -> String {
    let named = NAMES.iter().find_map(|name| {
        entries
            .iter()
            .position(|(key, value)| key.eq_ignore_ascii_case(name) && is_text(value))
    });
    let first = named
        .or_else(|| entries.iter().position(|(_, value)| is_text(value)))
        .unwrap_or_default();
    let rest: Vec<String> = entries
        .iter()
        .enumerate()
        .filter(|(at, (key, _))| *at != first && key != "id")
        .map(|(_, (_, value))| joined(value))
        .filter(|text| !text.is_empty())
        .collect();
    let name = entries.get(first).map(|(_, value)| joined(value));
    match (name.unwrap_or_default(), rest.join(", ")) {
        (name, rest) if rest.is_empty() => name,
        (name, rest) => format!("{name}: {rest}"),
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Text(_))
}

/// Texts of a value, of objects their names.
fn joined(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| match item {
                    Value::Object(entries) => {
                        let text = item_text(entries);
                        text.split(':').next().unwrap_or_default().to_owned()
                    }
                    item => joined(item),
                })
                .collect();
            items.join(", ")
        }
        Value::Object(entries) => {
            let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
            keys.join(", ")
        }
    }
}

fn bullet(text: &str, out: &mut String) {
    push_line(&format!("- {}", text.trim()), out);
}

fn push_line(text: &str, out: &mut String) {
    out.push_str(&text.replace(['\n', '\r'], " "));
    out.push('\n');
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next character but one that isn't a space.
    fn second(&self) -> Option<char> {
        self.rest().chars().skip(1).find(|c| !c.is_whitespace())
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

    /// Goes past at least one character, if there is one and it doesn't close.
    fn value(&mut self, depth: u32) -> Option<Value> {
        self.skip_space();
        match self.peek()? {
            '"' => self.string().map(Value::Text),
            '{' if depth < MAX_DEPTH => Some(self.object(depth)),
            '[' if depth < MAX_DEPTH => Some(self.array(depth)),
            _ => {
                let mut text = String::new();
                while let Some(c) = self.peek().filter(|c| !",}]\"\n".contains(*c)) {
                    text.push(c);
                    self.next();
                }
                let text = text.trim();
                (!text.is_empty() && text != "null").then(|| Value::Text(text.to_owned()))
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
            let key = self.string();
            self.skip_space();
            let Some(key) = key.filter(|_| self.peek() == Some(':')) else {
                return Value::Object(entries);
            };
            self.next();
            if let Some(value) = self.value(depth + 1) {
                entries.push((key, value));
            }
        }
    }

    fn array(&mut self, depth: u32) -> Value {
        self.next();
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if matches!(self.peek(), None | Some(']' | '}')) {
                self.next();
                return Value::Array(items);
            }
            items.extend(self.value(depth + 1));
        }
    }

    /// None when it never ends: half a text isn't what was meant.
    fn string(&mut self) -> Option<String> {
        self.next();
        let mut text = String::new();
        loop {
            match self.next()? {
                '"' => return Some(text),
                '\\' => match self.next()? {
                    'n' | 'r' | 't' => text.push('\n'),
                    'u' => text.extend(self.unicode()),
                    other => text.push(other),
                },
                c => text.push(c),
            }
        }
    }

    /// Four hexadecimal digits after `\u`. Halves of pairs, which emoji are made of, go away.
    fn unicode(&mut self) -> Option<char> {
        let code = u32::from_str_radix(self.rest().get(..4)?, 16).ok()?;
        self.at += 4;
        char::from_u32(code)
    }
}
