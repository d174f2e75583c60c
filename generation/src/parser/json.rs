//! Files in a JSON object, for models that answer so whatever they are told.

use crate::json::{Reader, Value};

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

/// Reads `{"files": {"path": "text"}}`, `{"files": [{"path": …, "content": …}]}`,
/// the same without `files`, and a list. Empty when it is none of these.
pub(super) fn files(text: &str) -> Vec<JsonFile> {
    let mut files = Vec::new();
    collect(Reader::new(text).value(), 0, &mut files);
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
