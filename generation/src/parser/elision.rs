//! Places where a model left code out and wrote a comment instead.
//!
//! Taking such a file over would delete what the comment stands for.

use super::path::{comment_body, extension};

/// Phrases that stand for code when dots are beside them.
const WITH_DOTS: [&str; 16] = [
    "rest of",
    "existing ",
    "remaining ",
    "remains ",
    "previous ",
    "unchanged",
    "same as",
    "omitted",
    "other code",
    "other imports",
    "other components",
    "other functions",
    "other styles",
    "code here",
    "keep ",
    "as before",
];
/// Beginnings that stand for code on their own.
const BEGINNINGS: [&str; 14] = [
    "existing code",
    "existing imports",
    "rest of the code",
    "rest of code",
    "rest of the component",
    "rest of the file",
    "rest of the app",
    "rest of your code",
    "rest of the imports",
    "rest of the styles",
    "rest of the function",
    "keep existing",
    "your existing code",
    "previous code",
];
/// Endings that stand for code on their own.
const ENDINGS: [&str; 6] = [
    "remains unchanged",
    "remain unchanged",
    "remains the same",
    "remain the same",
    "stays the same",
    "code unchanged",
];
/// Most words of such a comment; real comments explain more.
const MAX_WORDS: usize = 9;

/// Whether one line of the file at `path` stands for code that was left out.
pub(super) fn is_elision(path: &str, line: &str) -> bool {
    if !matches!(
        extension(path).as_str(),
        "tsx" | "ts" | "jsx" | "js" | "mjs" | "css" | "html" | "json"
    ) {
        return false;
    }
    let line = line.trim();
    if line == "..." || line == "…" {
        return true;
    }
    if line.len() > 160 {
        return false;
    }
    let Some(body) = comment_body(line) else {
        return false;
    };
    let lower = body.to_lowercase();
    let dotted = lower.contains("...") || lower.contains('…');
    let text = lower.replace("...", " ").replace('…', " ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() {
        return dotted;
    }
    if text.split_whitespace().count() > MAX_WORDS {
        return false;
    }
    let spaced = format!("{text} ");
    (dotted && WITH_DOTS.iter().any(|phrase| spaced.contains(phrase)))
        || BEGINNINGS.iter().any(|phrase| begins(text, phrase))
        || ENDINGS.iter().any(|phrase| text.ends_with(phrase))
}

/// Whether `text` begins with the phrase as whole words and little follows.
fn begins(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| {
        (rest.is_empty() || rest.starts_with(' ')) && rest.split_whitespace().count() <= 3
    })
}

/// Lines of a whole file that stand for code that was left out.
pub(super) fn count_elisions(path: &str, text: &str) -> usize {
    text.lines().filter(|line| is_elision(path, line)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_placeholders() {
        for line in [
            "// ... rest of code",
            "// ...existing code...",
            "  {/* existing code */}",
            "{/* ... rest of the component ... */}",
            "/* … remaining styles … */",
            "// rest of the component remains the same",
            "// ... (keep the imports)",
            "...",
            "// …",
            "<!-- existing code -->",
        ] {
            assert!(is_elision("src/App.tsx", line), "{line}");
        }
    }

    #[test]
    fn leaves_real_comments_alone() {
        for line in [
            "// existing cards keep their column",
            "// ...rest goes to the button",
            "const a = [...items];",
            "// Loading...",
            "{/* Sidebar */}",
            "// the rest of the day is free",
            "// keep the focus inside",
        ] {
            assert!(!is_elision("src/App.tsx", line), "{line}");
        }
        assert!(!is_elision("README.md", "..."));
    }
}
