//! Patches in place of whole files: search and replace blocks, unified diffs.
//!
//! Nobody asks for them, but models that work as editors elsewhere write them.
//! [`apply`] finds the place of each edit in the file's text, exactly at first,
//! then with less and less regard to space and to look-alike characters; a
//! place counts only when it is the only one.

mod place;
mod read;

use place::Text;
pub use read::{is_closed, is_mark, sections};

/// Most edits of one patch: each looks at all lines.
const MAX_EDITS: usize = 200;

/// Why a patch can't be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmatched {
    /// This line, the first of those, isn't in the file where the edit needs it.
    NotFound(String),
    /// The lines from this one on are in the file more than once.
    Ambiguous(String),
    /// It is none, or has more than 200 edits.
    Unreadable,
}

/// What an edit does with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Keep,
    Remove,
    Add,
}

/// Lines that stay, go and come in one place.
type Edit<'a> = Vec<(Action, &'a str)>;

/// The text that a patch makes of `text`; an empty text stands for a file that
/// isn't there yet. Takes time for every line and edit, and no more.
///
/// # Errors
/// The first edit that has no place, or several.
pub fn apply(text: &str, patch: &str) -> Result<String, Unmatched> {
    let edits = read::edits(patch).ok_or(Unmatched::Unreadable)?;
    if edits.is_empty() || edits.len() > MAX_EDITS {
        return Err(Unmatched::Unreadable);
    }
    let mut result = Text::new(text);
    for edit in &edits {
        result.apply(edit)?;
    }
    Ok(result.into_string())
}
