//! JSON in an answer, turned into the lines that were asked for.
//!
//! Prose and fences around it are passed over.

use crate::json::{self, Reader};

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
    let mut reader = Reader::new(text);
    let mut line_start = true;
    while let Some(c) = reader.peek() {
        let begins = match c {
            '{' => second(&reader) == Some('"'),
            // In mid-line, one of texts is a list of options.
            '[' => {
                matches!(second(&reader), Some(second) if second == '{' || (second == '"' && line_start))
            }
            _ => false,
        };
        if begins {
            values.extend(usable(reader.value()));
        } else {
            reader.next();
        }
        line_start = c == '\n' || (line_start && c.is_whitespace());
    }
    values
}

/// The next character but one that isn't a space.
fn second(reader: &Reader<'_>) -> Option<char> {
    reader.rest().chars().skip(1).find(|c| !c.is_whitespace())
}

/// Without what says nothing: `null`, and texts that never end, since half a
/// text isn't what was meant.
fn usable(value: json::Value) -> Option<Value> {
    match value {
        json::Value::Text {
            complete: false, ..
        } => None,
        json::Value::Text { text, .. } => Some(Value::Text(text)),
        json::Value::Literal(text) => {
            (!text.is_empty() && text != "null").then_some(Value::Text(text))
        }
        json::Value::Object(entries) => {
            let entries = entries.into_iter();
            let entries = entries.filter_map(|(key, value)| Some((key, usable(value)?)));
            Some(Value::Object(entries.collect()))
        }
        json::Value::Array(items) => {
            Some(Value::Array(items.into_iter().filter_map(usable).collect()))
        }
    }
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
    out.push_str(&text.replace(['\n', '\r', '\t'], " "));
    out.push('\n');
}
