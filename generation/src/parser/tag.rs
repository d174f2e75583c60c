//! Tags in which other tools teach models to wrap files.

use super::fence::key_value;
use super::path::{clean, extension, looks_like_path};

/// Longest opening tag, in bytes; longer ones are text.
pub(super) const MAX_TAG: usize = 2048;

/// What a recognised tag means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A file begins.
    File {
        /// Name for the closing tag, normalised.
        name: String,
        /// Cleaned path.
        path: String,
    },
    /// A command for a terminal begins, or another action that isn't a file.
    Command {
        /// Name for the closing tag, normalised.
        name: String,
    },
    /// A file is deleted.
    Delete(String),
    /// A file gets another name.
    Rename { from: String, to: String },
    /// Thinking begins.
    Think,
    /// Thinking ends.
    ThinkEnd,
    /// A file or command ends.
    End {
        /// Normalised name.
        name: String,
    },
    /// Says nothing about files. `ends` when it closes the wrapper of all files.
    Wrapper { ends: bool },
}

/// Result of looking at text that begins with `<`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Look {
    /// Ordinary text.
    No,
    /// Too short to tell, or a known tag whose `>` is missing so far.
    Partial {
        /// Whether the name is already known.
        known: bool,
    },
    /// A known tag.
    Tag {
        /// Bytes of the tag.
        length: usize,
        /// What it means.
        meaning: Meaning,
    },
}

/// Names, lower case without `-` and `_`.
const WRITE: [&str; 8] = [
    "dyadwrite",
    "dyadsearchreplace",
    "boltaction",
    "file",
    "lovwrite",
    "writefile",
    "createfile",
    "cumuletfile",
];
const DELETE: [&str; 3] = ["dyaddelete", "deletefile", "lovdelete"];
const RENAME: [&str; 2] = ["dyadrename", "lovrename"];
const THINK: [&str; 4] = ["think", "thinking", "thought", "reasoning"];
const WRAPPER: [&str; 7] = [
    "dyadadddependency",
    "boltartifact",
    "artifact",
    "files",
    "dyadchatsummary",
    "lovcode",
    "answer",
];
/// Longest of the names with its separators.
const LONGEST_NAME: usize = 19;

/// Looks at text that begins with `<`. `text` may go on later unless the
/// caller knows that its line has ended.
pub(super) fn look(text: &str) -> Look {
    let Some(inside) = text.strip_prefix('<') else {
        return Look::No;
    };
    let spaced = inside.trim_start_matches([' ', '\t']);
    let (closing, named) = match spaced.strip_prefix('/') {
        Some(rest) => (true, rest.trim_start_matches([' ', '\t'])),
        None => (false, spaced),
    };
    if text.len() - named.len() > 8 {
        return Look::No;
    }
    let name_length = named
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .unwrap_or(named.len());
    let (raw_name, rest) = named.split_at_checked(name_length).unwrap_or((named, ""));
    if raw_name.len() > LONGEST_NAME {
        return Look::No;
    }
    let name: String = raw_name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let all = || {
        [
            &WRITE[..],
            &DELETE[..],
            &RENAME[..],
            &THINK[..],
            &WRAPPER[..],
        ]
        .into_iter()
        .flatten()
    };
    if rest.is_empty() {
        // Names that differ from JSX elements decide early, so little is kept back.
        return if all().any(|known| known.starts_with(name.as_str())) {
            Look::Partial { known: false }
        } else {
            Look::No
        };
    }
    // `<File>` and `<Answer>` are components of the code, `<file>` isn't.
    let component =
        raw_name.contains(|c: char| c.is_ascii_uppercase()) && !name.starts_with("bolt");
    if component || !all().any(|known| *known == name) {
        return Look::No;
    }
    // Only these characters follow a tag's name.
    if !rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/') {
        return Look::No;
    }
    // No further than a tag can be: a line may hold any number of beginnings.
    let room = MAX_TAG.saturating_sub(text.len() - rest.len());
    let near = rest.get(..rest.floor_char_boundary(room)).unwrap_or(rest);
    let end = match tag_end(near) {
        TagEnd::At(end) => end,
        TagEnd::Later if near.len() == rest.len() => return Look::Partial { known: true },
        TagEnd::Later | TagEnd::Never => return Look::No,
    };
    let attributes = rest.get(..end).unwrap_or_default();
    match meaning(&name, closing, attributes) {
        Some(meaning) => Look::Tag {
            length: text.len() - rest.len() + end + 1,
            meaning,
        },
        None => Look::No,
    }
}

enum TagEnd {
    /// Offset of the `>`.
    At(usize),
    /// Not in this text.
    Later,
    /// Another `<` comes first.
    Never,
}

/// Finds the `>` that ends a tag, outside quotes.
fn tag_end(attributes: &str) -> TagEnd {
    let mut quote = None;
    for (at, c) in attributes.char_indices() {
        match (quote, c) {
            (None, '>') => return TagEnd::At(at),
            (None, '<') => return TagEnd::Never,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    TagEnd::Later
}

fn meaning(name: &str, closing: bool, attributes: &str) -> Option<Meaning> {
    if THINK.contains(&name) {
        return Some(if closing {
            Meaning::ThinkEnd
        } else {
            Meaning::Think
        });
    }
    if WRAPPER.contains(&name) {
        return Some(Meaning::Wrapper {
            ends: closing && name == "boltartifact",
        });
    }
    if closing {
        return Some(if WRITE.contains(&name) {
            Meaning::End {
                name: name.to_owned(),
            }
        } else {
            Meaning::Wrapper { ends: false }
        });
    }
    if DELETE.contains(&name) {
        return key_value(attributes).map(Meaning::Delete);
    }
    if RENAME.contains(&name) {
        let from = attribute(attributes, "from")?;
        let to = attribute(attributes, "to")?;
        return Some(Meaning::Rename { from, to });
    }
    let command = || Meaning::Command {
        name: name.to_owned(),
    };
    if let Some("shell" | "start" | "build" | "supabase") = attribute(attributes, "type").as_deref()
    {
        return Some(command());
    }
    match key_value(attributes) {
        Some(path) => Some(Meaning::File {
            name: name.to_owned(),
            path,
        }),
        // `<file>` without a path is an element like any other.
        None if name == "file" => bare_path(attributes).map(|path| Meaning::File {
            name: name.to_owned(),
            path,
        }),
        None => Some(
            bare_path(attributes).map_or_else(command, |path| Meaning::File {
                name: name.to_owned(),
                path,
            }),
        ),
    }
}

/// A path without a key: `<file src/App.tsx>`, `<file="src/App.tsx">`.
fn bare_path(attributes: &str) -> Option<String> {
    attributes
        .split(|c: char| c.is_whitespace() || "=\"'".contains(c))
        .find(|word| looks_like_path(word))
        .map(clean)
}

fn attribute(attributes: &str, key: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once('=') {
        let after = after.trim_start();
        if before.trim_end().rsplit(char::is_whitespace).next() == Some(key) {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = match quote {
                Some(quote) => after.trim_start_matches(quote).split(quote).next(),
                None => after.split(char::is_whitespace).next(),
            };
            return value.map(clean);
        }
        rest = after;
    }
    None
}

/// Whether a file tag inside another file really begins a file there, and
/// isn't an element of the code.
pub(super) fn is_file_start(path: &str) -> bool {
    !extension(path).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Option<(usize, String)> {
        match look(text) {
            Look::Tag {
                length,
                meaning: Meaning::File { path, .. },
            } => Some((length, path)),
            _ => None,
        }
    }

    #[test]
    fn reads_file_tags_of_every_tool() {
        for tag in [
            "<dyad-write path=\"src/App.tsx\" description=\"a > b\">",
            "<dyad-write file='src/App.tsx'>",
            "<boltAction type=\"file\" filePath=\"src/App.tsx\">",
            "< boltAction type=\"file\" filePath=\"/src/App.tsx\" >",
            "<file path=src/App.tsx>",
            "<file src/App.tsx>",
            "<lov-write file_path=\"src/App.tsx\">",
            "<boltAction\n  type=\"file\"\n  filePath=\"src/App.tsx\">",
        ] {
            assert_eq!(
                file(tag),
                Some((tag.len(), "src/App.tsx".to_owned())),
                "{tag}"
            );
        }
    }

    #[test]
    fn leaves_elements_alone() {
        for text in [
            "<div>",
            "<File path=\"a\"",
            "<Filer x>",
            "<p",
            "< 3",
            "<filesystem>",
            "<file>",
        ] {
            assert!(!matches!(look(text), Look::Tag { .. }), "{text}");
        }
        assert_eq!(look("<div"), Look::No);
        assert_eq!(look("<thi"), Look::Partial { known: false });
        assert_eq!(look("<dyad-write path="), Look::Partial { known: true });
        assert_eq!(
            look("</ boltAction >"),
            Look::Tag {
                length: 15,
                meaning: Meaning::End {
                    name: "boltaction".to_owned()
                }
            }
        );
    }
}
