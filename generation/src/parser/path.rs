//! Paths as models write them: cleaning, and finding one in a line of prose or
//! in a comment.

use std::collections::BTreeSet;

/// Extensions that make a word a file name.
const EXTENSIONS: [&str; 15] = [
    "tsx", "ts", "jsx", "js", "mjs", "css", "json", "html", "md", "mdx", "svg", "txt", "yml",
    "yaml", "toml",
];

/// Most words of a line that can be the header of the fence below it. Longer
/// lines are sentences, which are passed on as they come.
pub(super) const HEADER_WORDS: usize = 10;
/// Most bytes of such a line: the longest path with markup around it.
pub(super) const HEADER_BYTES: usize = 240;

/// A path found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinePath {
    /// As cleaned by [`clean`].
    pub(super) path: String,
    /// Whether the line says nothing else.
    pub(super) pure: bool,
    /// Whether the line is a heading or all bold, which names the section below it.
    pub(super) heading: bool,
}

/// Brings a path into the project's form where its meaning is clear:
/// separators, quotes, `./`, `/` and the folder that some models imagine.
/// What is left may still be refused by [`protocol::path::check_path`].
pub(super) fn clean(raw: &str) -> String {
    let trimmed = raw
        .trim()
        .trim_matches(|c| matches!(c, '`' | '"' | '\'' | '*' | '“' | '”'))
        .trim();
    let mut path = trimmed.replace('\\', "/");
    for prefix in ["/home/project/", "home/project/"] {
        if let Some(inside) = path.strip_prefix(prefix) {
            path = inside.to_owned();
        }
    }
    let mut rest = path.as_str();
    while let Some(inside) = rest.strip_prefix("./").or_else(|| rest.strip_prefix('/')) {
        rest = inside;
    }
    rest.to_owned()
}

/// The part after the last slash.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The extension in lower case, empty when there is none.
pub(crate) fn extension(path: &str) -> String {
    match base_name(path).rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// The path without its extension.
pub(crate) fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() => stem,
        _ => path,
    }
}

/// Whether the path holds Markdown, where fences nest.
pub(super) fn is_markdown(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "mdx")
}

/// Whether a word can be meant as a file of a project: it has the extension
/// of a source file and no character that only prose has.
pub(super) fn looks_like_path(word: &str) -> bool {
    let named = !base_name(word).starts_with('.')
        && EXTENSIONS.contains(&extension(word).as_str())
        && !word.contains("://");
    named
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || "/\\._-@+$[]()~ ".contains(c))
}

/// Whether a line is short enough to be the header of a fence.
pub(super) fn maybe_header(line: &str) -> bool {
    line.len() <= HEADER_BYTES && line.trim().matches(' ').count() < HEADER_WORDS
}

/// Finds the one path in a line above a fence: `**src/App.tsx**`,
/// `### File: src/App.tsx`, ``Now `src/App.tsx`:``.
pub(super) fn path_in_line(line: &str, known: &BTreeSet<String>) -> Option<LinePath> {
    if !maybe_header(line) {
        return None;
    }
    let trimmed = line.trim();
    let mut found: Option<(String, bool)> = None;
    let mut other_words = 0;
    for word in trimmed.split(|c: char| c.is_whitespace() || "`*\"'()<>,;“”".contains(c)) {
        if word.contains("://") {
            other_words += 1;
            continue;
        }
        let word = word
            .trim_end_matches([':', '.', '!'])
            .trim_start_matches("//");
        // `File:src/App.tsx`
        let (label, name) = match word.rsplit_once(':') {
            Some((label, name)) if looks_like_path(name) => (label, name),
            _ => ("", word),
        };
        if looks_like_path(name) && is_file_word(name, known) {
            let path = clean(name);
            if found.as_ref().is_some_and(|(first, _)| *first != path) {
                return None;
            }
            found = Some((path, name.contains(['/', '\\'])));
            other_words += usize::from(!label.is_empty() && !is_label(label));
        } else if word.chars().any(char::is_alphanumeric) && !is_label(word) {
            other_words += 1;
        }
    }
    let (path, in_folder) = found?;
    let pure = other_words == 0;
    // A bare name inside a sentence is more often a mention than a header.
    if !pure && !in_folder && !trimmed.ends_with(':') {
        return None;
    }
    if !pure
        && !matches!(
            extension(&path).as_str(),
            "tsx" | "ts" | "jsx" | "js" | "mjs" | "css"
        )
    {
        return None;
    }
    let heading = trimmed.starts_with('#') || (trimmed.starts_with("**") && pure);
    Some(LinePath {
        path,
        pure,
        heading,
    })
}

/// Words that only introduce a path.
fn is_label(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_empty()
        || word.bytes().all(|b| b.is_ascii_digit())
        || [
            "file", "filename", "path", "filepath", "new", "updated", "modified", "title",
        ]
        .iter()
        .any(|label| word.eq_ignore_ascii_case(label))
}

/// Tells `App.tsx` from `Node.js`: a name without a folder counts when the
/// project has it or its extension isn't one that products carry.
fn is_file_word(name: &str, known: &BTreeSet<String>) -> bool {
    name.contains(['/', '\\'])
        || matches!(
            extension(name).as_str(),
            "tsx" | "jsx" | "ts" | "css" | "html" | "json"
        )
        || known.iter().any(|path| base_name(path) == name)
}

/// Reads a first line that only names the file: a comment, `{path=…}`,
/// `path: …`, or the bare path.
pub(super) fn path_in_first_line(line: &str) -> Option<String> {
    let trimmed = line.trim();
    if trimmed.len() > HEADER_BYTES {
        return None;
    }
    let attribute = trimmed.trim_start_matches(['{', ' ']);
    if ["path", "file", "title"]
        .iter()
        .any(|key| attribute.starts_with(key))
        && let Some(path) = super::fence::key_value(attribute)
        && !trimmed.ends_with([';', ','])
    {
        return Some(path);
    }
    let comment = comment_body(trimmed);
    let body = comment.unwrap_or(trimmed);
    let body = body.trim_start_matches('@').trim();
    let named = body
        .split_once(':')
        .filter(|(label, _)| is_label(label))
        .map_or(body, |(_, value)| value)
        .trim();
    let word = named
        .strip_suffix("(new)")
        .or_else(|| named.strip_suffix("(updated)"))
        .unwrap_or(named)
        .trim();
    if word.contains(char::is_whitespace) || !looks_like_path(word) {
        return None;
    }
    // Outside a comment only a path with a folder can't be code.
    (comment.is_some() || word.contains(['/', '\\'])).then(|| clean(word))
}

/// The text of a line that is one comment, whatever the language.
pub(super) fn comment_body(line: &str) -> Option<&str> {
    let line = line.trim();
    for (open, close) in [
        ("{/*", "*/}"),
        ("/*", "*/"),
        ("<!--", "-->"),
        ("//", ""),
        ("#", ""),
    ] {
        if let Some(body) = line.strip_prefix(open) {
            let body = body.strip_suffix(close).unwrap_or(body);
            return Some(
                body.trim_matches(|c: char| c == '*' || c == '/' || c == '#' || c.is_whitespace()),
            );
        }
    }
    None
}

/// Reads `DELETE src/x.tsx`. The word in capitals is the protocol; other
/// spellings count as well, and the caller accepts only files that exist.
pub(super) fn delete_line(line: &str) -> Option<String> {
    let trimmed = line.trim();
    if !maybe_header(trimmed) {
        return None;
    }
    let bare = trimmed
        .trim_start_matches(|c: char| {
            c == '-' || c == '#' || c == '*' || c == '`' || c.is_whitespace()
        })
        .trim_end_matches(['`', '*', '.']);
    let (verb, rest) = bare.split_once(|c: char| c.is_whitespace() || c == ':')?;
    if !verb.trim_end_matches('*').eq_ignore_ascii_case("delete") {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| c == ':' || c == '*' || c.is_whitespace());
    let path = clean(rest);
    (!path.is_empty()
        && !path.contains(char::is_whitespace)
        && (looks_like_path(&path) || path.contains('/')))
    .then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_in_header_lines() {
        let known = BTreeSet::new();
        for (line, path) in [
            ("**src/App.tsx**", Some("src/App.tsx")),
            ("### `src/App.tsx`", Some("src/App.tsx")),
            ("File: src\\lib\\a.ts", Some("src/lib/a.ts")),
            ("1. **File:** `./src/App.tsx`:", Some("src/App.tsx")),
            ("Update `src/App.tsx` as follows:", Some("src/App.tsx")),
            ("App.tsx", Some("App.tsx")),
            ("This uses Node.js:", None),
            ("Move it from src/a.ts to src/b.ts:", None),
            ("See https://example.org/a.ts", None),
        ] {
            let found = path_in_line(line, &known).map(|found| found.path);
            assert_eq!(found.as_deref(), path, "{line}");
        }
    }

    #[test]
    fn finds_paths_in_first_lines() {
        for (line, path) in [
            ("// src/App.tsx", Some("src/App.tsx")),
            ("/* src/index.css */", Some("src/index.css")),
            ("// File: src/App.tsx", Some("src/App.tsx")),
            ("{path=src/App.tsx}", Some("src/App.tsx")),
            ("src/App.tsx", Some("src/App.tsx")),
            ("// see src/App.tsx for more", None),
            ("{ path = 'src/App.tsx' }", Some("src/App.tsx")),
            ("const file = \"src/a.ts\";", None),
            ("import x from \"./App.tsx\";", None),
            ("<!-- index.html -->", Some("index.html")),
        ] {
            assert_eq!(path_in_first_line(line).as_deref(), path, "{line}");
        }
    }

    #[test]
    fn reads_delete_lines() {
        assert_eq!(
            delete_line("DELETE src/x.tsx").as_deref(),
            Some("src/x.tsx")
        );
        assert_eq!(
            delete_line("- **DELETE** `src/x.tsx`").as_deref(),
            Some("src/x.tsx")
        );
        assert_eq!(delete_line("DELETE FROM cards;"), None);
        assert_eq!(delete_line("Delete the cards in src/x.tsx"), None);
    }
}
