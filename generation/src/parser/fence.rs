//! Fence lines and their info strings.

use super::path::{clean, looks_like_path};

/// Longest fence line that is read as one, in bytes; longer ones are text.
pub(super) const MAX_FENCE_LINE: usize = 1024;

/// An opening fence, as far as its closing one depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    /// Backtick or tilde.
    pub(super) mark: char,
    /// Number of marks, three or more.
    pub(super) length: usize,
    /// Spaces before it.
    pub(super) indent: usize,
}

/// A line that begins with a fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FenceLine<'a> {
    pub(super) fence: Fence,
    /// What follows the marks, trimmed.
    pub(super) info: &'a str,
}

impl Fence {
    /// Whether `line` closes a block that this fence opened.
    pub(super) fn is_closed_by(self, line: &FenceLine<'_>) -> bool {
        self.matches(line) && line.info.is_empty()
    }

    /// Whether `line` stands where it can end this fence's block.
    pub(super) fn matches(self, line: &FenceLine<'_>) -> bool {
        line.fence.mark == self.mark
            && line.fence.length >= self.length
            && line.fence.indent <= self.indent + 3
    }
}

/// Reads a line that begins with at least three marks.
pub(super) fn fence_line(line: &str) -> Option<FenceLine<'_>> {
    if line.len() > MAX_FENCE_LINE {
        return None;
    }
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - info.len();
    // Marks after the first run make it inline code.
    if length < 3
        || info.contains("```")
        || (mark == '`' && info.trim_end().ends_with('`') && !info.contains('='))
    {
        return None;
    }
    Some(FenceLine {
        fence: Fence {
            mark,
            length,
            indent,
        },
        info: info.trim(),
    })
}

/// What an info string says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Info {
    /// Lower-case language, empty when none.
    pub(super) language: String,
    /// Path, cleaned.
    pub(super) path: Option<String>,
    /// Whether a brace or a key waits for its rest on the next line.
    pub(super) open: bool,
}

/// Reads an info string: `tsx path=src/App.tsx`, `tsx {file="src/App.tsx"}`,
/// `tsx:src/App.tsx`, `src/App.tsx`, `tsx [src/App.tsx]`.
pub(super) fn read_info(info: &str) -> Info {
    let first = info
        .split(|c: char| c.is_whitespace() || ":{[(,".contains(c))
        .next()
        .unwrap_or_default();
    let is_language = !first.contains(['=', '.', '/', '\\']);
    let language = if is_language {
        first.to_ascii_lowercase()
    } else {
        String::new()
    };
    let path = key_value(info).or_else(|| {
        info.split(|c: char| c.is_whitespace() || "{}[](),:;\"'".contains(c))
            .find(|word| looks_like_path(word))
            .map(clean)
    });
    let open = path.is_none()
        && (info.matches('{').count() > info.matches('}').count() || info.ends_with('='));
    Info {
        language,
        path,
        open,
    }
}

/// Whether an info string can be one: a language, with attributes at most. A
/// sentence after the marks is something else.
pub(super) fn is_plausible_info(info: &str) -> bool {
    let read = read_info(info);
    read.path.is_some()
        || read.open
        || (info.split_whitespace().count() <= 1
            && info
                .chars()
                .all(|c| c.is_alphanumeric() || "+#-_.{}".contains(c)))
}

/// Finds `path=…`, `file: "…"`, `filename='…'`, `title=…` in an info string or
/// attribute list.
pub(super) fn key_value(text: &str) -> Option<String> {
    const KEYS: [&str; 8] = [
        "path",
        "filepath",
        "file_path",
        "file-path",
        "filename",
        "file",
        "title",
        "name",
    ];
    let mut at = 0;
    while let Some(offset) = text.get(at..)?.find(['=', ':']) {
        let (before, after) = text.split_at_checked(at + offset)?;
        at += offset + 1;
        let key = before
            .trim_end()
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .next()
            .unwrap_or_default()
            .trim_matches('"');
        let Some(kind) = KEYS.iter().find(|name| key.eq_ignore_ascii_case(name)) else {
            continue;
        };
        let value = value(after.get(1..)?.trim_start());
        let path = clean(value);
        // A title can be a sentence and a name anything; a path is what it says.
        let means_path = !matches!(*kind, "title" | "name") && !path.contains(' ');
        if !path.is_empty() && (means_path || looks_like_path(&path)) {
            return Some(path);
        }
    }
    None
}

/// The value at the start of `text`: quoted, or up to the next separator.
fn value(text: &str) -> &str {
    for quote in ['"', '\'', '`', '“'] {
        if let Some(quoted) = text.strip_prefix(quote) {
            let close = if quote == '“' { '”' } else { quote };
            return quoted.split(close).next().unwrap_or_default();
        }
    }
    text.split(|c: char| c.is_whitespace() || "},;>".contains(c))
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_of_path() {
        for info in [
            "tsx path=src/App.tsx",
            "tsx {path=src/App.tsx}",
            "tsx{path=src/App.tsx}",
            "tsx file=\"src/App.tsx\"",
            "tsx filename='src/App.tsx'",
            "tsx title=\"src/App.tsx\"",
            "tsx:src/App.tsx",
            "src/App.tsx",
            "tsx src/App.tsx",
            "tsx [src/App.tsx]",
            "tsx // src/App.tsx",
            "tsx path = ./src/App.tsx",
            "path=src\\App.tsx",
            "{path=/src/App.tsx}",
        ] {
            assert_eq!(
                read_info(info).path.as_deref(),
                Some("src/App.tsx"),
                "{info}"
            );
        }
        assert_eq!(read_info("tsx title=\"A counter\"").path, None);
        assert_eq!(read_info("tsx {1,3}").path, None);
        assert_eq!(read_info("tsx:src/App.tsx").language, "tsx");
        assert!(read_info("tsx{path=").open);
        assert!(read_info("tsx {").open);
    }

    #[test]
    fn tells_fences_from_inline_code() {
        assert!(fence_line("```tsx").is_some());
        assert!(fence_line("  ~~~~").is_some());
        assert!(fence_line("```npm test```").is_none());
        assert!(fence_line("``x").is_none());
    }
}
