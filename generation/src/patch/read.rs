//! The two kinds of patches, as models write them.

use super::{Action, Edit};

/// Fewest characters of a mark: `<<<<<<<` has seven, but models miscount.
const MARK_CHARS: usize = 5;

/// Whether a line is part of a patch and of nothing else.
pub fn is_mark(line: &str) -> bool {
    is_search(line)
        || line.starts_with(">>>>>>> ")
        || (line.starts_with("@@ -") && line.contains(" @@"))
}

/// Whether a patch that a stream ended is whole.
pub fn is_closed(patch: &str) -> bool {
    let last = patch.lines().rev().find(|line| !line.trim().is_empty());
    last.is_some_and(is_replace)
}

/// What follows a run of marks.
fn after_marks(line: &str, mark: char) -> Option<&str> {
    let line = line.trim();
    let rest = line.trim_start_matches(mark);
    (line.len() - rest.len() >= MARK_CHARS).then(|| rest.trim())
}

/// `<<<<<<< SEARCH`, Cline's `------- SEARCH`.
fn is_search(line: &str) -> bool {
    let named = |rest: &str| {
        rest.trim_end_matches([':', '>'])
            .eq_ignore_ascii_case("search")
    };
    after_marks(line, '<').is_some_and(|rest| named(rest) || matches!(rest, "HEAD" | "ORIGINAL"))
        || after_marks(line, '-').is_some_and(named)
}

fn is_divider(line: &str) -> bool {
    after_marks(line, '=').is_some_and(str::is_empty)
}

/// `>>>>>>> REPLACE`, Cline's `+++++++ REPLACE`.
fn is_replace(line: &str) -> bool {
    after_marks(line, '>').is_some_and(|rest| !rest.contains(char::is_whitespace))
        || after_marks(line, '+').is_some_and(|rest| rest.eq_ignore_ascii_case("replace"))
}

/// The edits of a patch, in order; `None` when one isn't whole.
pub(super) fn edits(patch: &str) -> Option<Vec<Edit<'_>>> {
    if patch.lines().any(is_search) {
        blocks(patch)
    } else {
        Some(hunks(patch))
    }
}

fn blocks(patch: &str) -> Option<Vec<Edit<'_>>> {
    let mut edits = Vec::new();
    let mut open: Option<(Edit<'_>, Action)> = None;
    for line in patch.lines() {
        open = match open {
            None if is_search(line) => Some((Vec::new(), Action::Remove)),
            None => None,
            Some((edit, Action::Remove)) if is_divider(line) => Some((edit, Action::Add)),
            Some((edit, Action::Add)) if is_replace(line) => {
                edits.push(edit);
                None
            }
            // The end mark was forgotten.
            Some((edit, Action::Add)) if is_search(line) => {
                edits.push(edit);
                Some((Vec::new(), Action::Remove))
            }
            Some((mut edit, action)) => {
                edit.push((action, line));
                Some((edit, action))
            }
        };
    }
    match open {
        None => Some(edits),
        Some((edit, Action::Add)) => {
            edits.push(edit);
            Some(edits)
        }
        Some(_) => None,
    }
}

fn hunks(patch: &str) -> Vec<Edit<'_>> {
    let mut hunks: Vec<Edit<'_>> = Vec::new();
    let mut hunk: Edit<'_> = Vec::new();
    let mut begun = false;
    let mut lines = patch.lines().peekable();
    while let Some(line) = lines.next() {
        let next_is_new_file = lines.peek().is_some_and(|next| next.starts_with("+++ "));
        if line.starts_with("--- ") && next_is_new_file {
            lines.next();
            continue;
        }
        if line.starts_with("@@") {
            hunks.push(std::mem::take(&mut hunk));
            begun = true;
        } else if let Some(line) = line.strip_prefix('-') {
            hunk.push((Action::Remove, line));
        } else if let Some(line) = line.strip_prefix('+') {
            hunk.push((Action::Add, line));
        } else if let Some(line) = line.strip_prefix(' ') {
            hunk.push((Action::Keep, line));
        } else if !line.starts_with('\\') && (begun || !hunk.is_empty()) && !is_header(line) {
            // A line that stays, whose mark was forgotten.
            hunk.push((Action::Keep, line));
        }
    }
    hunks.push(hunk);
    for hunk in &mut hunks {
        // The empty line before the next hunk or the end.
        while hunk
            .pop_if(|(action, line)| *action == Action::Keep && line.is_empty())
            .is_some()
        {}
    }
    hunks.retain(|hunk| hunk.iter().any(|(action, _)| *action != Action::Keep));
    hunks
}

fn is_header(line: &str) -> bool {
    [
        "diff --git ",
        "index ",
        "new file mode",
        "deleted file mode",
        "similarity index",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// The files of a diff: path and patch of each, `None` for the patch of one
/// that is deleted.
pub fn sections(diff: &str) -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    let mut lines = diff.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(old) = line.strip_prefix("--- ")
            && let Some(new) = lines.peek().and_then(|next| next.strip_prefix("+++ "))
        {
            let (old, new) = (header_path(old), header_path(new));
            let deleted = new == "/dev/null";
            let path = if deleted { old } else { new };
            found.push((path.to_owned(), (!deleted).then(String::new)));
            lines.next();
        } else if let Some((_, Some(patch))) = found.last_mut()
            && !is_header(line)
        {
            patch.push_str(line);
            patch.push('\n');
        }
    }
    found
}

/// `b/src/App.tsx`, with a time after a tab.
fn header_path(text: &str) -> &str {
    let path = text.split('\t').next().unwrap_or(text).trim();
    path.strip_prefix("a/")
        .or_else(|| path.strip_prefix("b/"))
        .unwrap_or(path)
}
