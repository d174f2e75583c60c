//! How the continuation of a cut answer joins what came before: models repeat
//! lines, open the fence again, say that they go on, or begin the file anew.

use crate::parser::opening;

/// Lines of a continuation that are looked at before it is joined.
pub(super) const HEAD_LINES: usize = 16;
/// Bytes after which it is joined although there are fewer lines.
pub(super) const HEAD_BYTES: usize = 8 * 1024;
/// Most lines at the end of the answer that a continuation repeats.
const TAIL_LINES: usize = 12;
/// Lines that a continuation shares with the beginning of a file that it begins anew.
const ANEW_LINES: usize = 3;
/// Lines before a fence that can be an introduction.
const INTRODUCTION_LINES: usize = 4;
/// Letters and digits that make a line worth comparing: `</div>` comes often.
const TELLING_CHARS: usize = 8;

/// Which parts belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Join {
    /// Bytes of the answer that stay.
    pub(super) keep: usize,
    /// Bytes at the start of the continuation that go.
    pub(super) skip: usize,
}

/// Joins a continuation's `head` to the `answer` so far. `open` is path and
/// text of the file in which the answer was cut, `finished` whether that file
/// could be whole.
pub(super) fn join(answer: &str, open: Option<(&str, &str)>, finished: bool, head: &str) -> Join {
    let mut skip = match open {
        Some((path, _)) => introduction(path, finished, head),
        None => 0,
    };
    let whole = answer.rfind('\n').map_or(0, |at| at + 1);
    let (lines, partial) = answer.split_at_checked(whole).unwrap_or((answer, ""));
    let rest = head.get(skip..).unwrap_or_default();
    if let Some((_, text)) = open
        && let Some(start) = begins_anew(lines, text, rest)
    {
        return Join { keep: start, skip };
    }
    skip += repeated(lines, rest);
    if partial.is_empty() {
        return Join {
            keep: answer.len(),
            skip,
        };
    }
    // The line that was cut was taken away from the model, so it writes it again.
    let rest = head.get(skip..).unwrap_or_default();
    if rest.trim().is_empty() {
        return Join {
            keep: answer.len(),
            skip,
        };
    }
    let space = rest.len() - rest.trim_start().len();
    let line = rest.trim_start();
    if line.starts_with(partial.trim_start()) {
        let repeated = if rest.starts_with(partial) {
            partial.len()
        } else {
            space + partial.trim_start().len()
        };
        return Join {
            keep: answer.len(),
            skip: skip + repeated,
        };
    }
    Join { keep: whole, skip }
}

/// Bytes of an introduction and of a fence that opens the same file again.
fn introduction(path: &str, finished: bool, head: &str) -> usize {
    let mut at = 0;
    let mut introduced = 0;
    for (index, line) in head.split_inclusive('\n').enumerate() {
        let end = at + line.len();
        if let Some(opening) = opening(line.trim_end_matches('\n')) {
            // `App.tsx` means src/App.tsx as well.
            let other = opening
                .path
                .is_some_and(|named| named != path && !path.ends_with(&format!("/{named}")));
            let closes = opening.is_bare && finished;
            let after = line.get(opening.length..).unwrap_or_default();
            return match (other || closes, after.trim().is_empty()) {
                (true, _) => introduced,
                (false, true) => end,
                (false, false) => at + opening.length,
            };
        }
        let is_introduction = line.trim().is_empty() || is_introduction(line);
        if index >= INTRODUCTION_LINES || !is_introduction {
            break;
        }
        at = end;
        if !line.trim().is_empty() {
            introduced = end;
        }
    }
    introduced
}

/// Whether a line says that the model goes on, instead of going on.
fn is_introduction(line: &str) -> bool {
    const STARTS: [&str; 12] = [
        "continu",
        "here",
        "sure",
        "certainly",
        "of course",
        "okay",
        "ok,",
        "i'll",
        "i will",
        "let me",
        "sorry",
        "apologies",
    ];
    let line = line.trim().to_lowercase();
    line.ends_with([':', '.', '!', '…'])
        && line.contains(' ')
        && STARTS.iter().any(|start| line.starts_with(start))
}

/// Where the open file starts in the answer, when the continuation begins it anew.
fn begins_anew(answer: &str, text: &str, rest: &str) -> Option<usize> {
    let mut again = rest.lines().filter(|line| !line.trim().is_empty());
    let mut first = text.lines().filter(|line| !line.trim().is_empty());
    // Imports after code don't go on with it, even when they come otherwise.
    let imports = |line: Option<&str>| line.is_some_and(|line| line.starts_with("import "));
    let goes_back = imports(again.clone().next())
        && imports(first.clone().next())
        && first.clone().any(|line| line.starts_with("export "));
    for _ in 0..ANEW_LINES {
        if !goes_back && first.next()?.trim_end() != again.next()?.trim_end() {
            return None;
        }
    }
    let beginning: String = text.split_inclusive('\n').take(ANEW_LINES).collect();
    answer.rfind(&beginning)
}

/// Bytes at the start of the continuation that repeat the end of the answer.
fn repeated(answer: &str, rest: &str) -> usize {
    let mut tail: Vec<&str> = answer.lines().rev().take(TAIL_LINES).collect();
    tail.reverse();
    let head: Vec<&str> = rest.split_inclusive('\n').take(TAIL_LINES).collect();
    for start in 0..tail.len() {
        let end = tail.get(start..).unwrap_or_default();
        let Some(same) = head.get(..end.len()) else {
            continue;
        };
        let equal = end
            .iter()
            .zip(same)
            .all(|(a, b)| a.trim_end() == b.trim_end());
        let telling = end
            .iter()
            .any(|line| line.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING_CHARS);
        if equal && telling {
            return same.iter().map(|line| line.len()).sum();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Hi.\n```tsx path=a.tsx\nimport a from \"a\";\nimport b from \"b\";\nimport c from \"c\";\n\nexport default function App() {\n  const one = 1;\n  const tw";
    const OPEN: (&str, &str) = (
        "a.tsx",
        "import a from \"a\";\nimport b from \"b\";\nimport c from \"c\";\n\nexport default function App() {\n  const one = 1;\n  const tw",
    );

    fn joined(head: &str) -> String {
        let Join { keep, skip } = join(ANSWER, Some(OPEN), false, head);
        let kept = ANSWER.get(..keep).expect("a boundary");
        let tail: Vec<&str> = kept.lines().rev().take(2).collect();
        format!(
            "{}|{}|{}",
            tail[1],
            tail[0],
            head.get(skip..).expect("a boundary")
        )
    }

    #[test]
    fn the_cut_line_is_written_once() {
        let good = "  const one = 1;|  const tw|o = 2;\n}\n";
        for head in [
            "  const two = 2;\n}\n",
            "const two = 2;\n}\n",
            "```tsx\n  const two = 2;\n}\n",
            "```tsx path=a.tsx\n  const two = 2;\n}\n",
            "<dyad-write path=\"a.tsx\">\n  const two = 2;\n}\n",
            "Continuing from where I left off:\n\n```tsx path=a.tsx\n  const one = 1;\n  const two = 2;\n}\n",
            "export default function App() {\n  const one = 1;\n  const two = 2;\n}\n",
        ] {
            assert_eq!(joined(head), good, "{head}");
        }
    }

    #[test]
    fn a_line_that_comes_otherwise_replaces_the_cut_one() {
        assert_eq!(
            joined("  return null;\n}\n"),
            "export default function App() {|  const one = 1;|  return null;\n}\n"
        );
    }

    #[test]
    fn a_file_that_begins_anew_replaces_its_beginning() {
        assert_eq!(
            joined(
                "```tsx path=a.tsx\nimport a from \"a\";\nimport b from \"b\";\nimport c from \"c\";\n"
            ),
            "Hi.|```tsx path=a.tsx|import a from \"a\";\nimport b from \"b\";\nimport c from \"c\";\n"
        );
        assert_eq!(
            joined("```tsx\nimport { a, d } from \"a\";\n"),
            "Hi.|```tsx path=a.tsx|import { a, d } from \"a\";\n"
        );
    }

    #[test]
    fn the_next_file_and_short_lines_stay() {
        let answer = "```tsx path=a.tsx\n<div>\n</div>\n";
        let open = Some(("a.tsx", "<div>\n</div>\n"));
        for (head, skip) in [
            ("</div>\n</div>\n", 0),
            ("```tsx path=b.tsx\n", 0),
            ("Here is the next file:\n```tsx path=b.tsx\n", 23),
        ] {
            assert_eq!(
                join(answer, open, true, head),
                Join {
                    keep: answer.len(),
                    skip
                },
                "{head}"
            );
        }
        assert_eq!(join(answer, open, true, "```\n").skip, 0);
        assert_eq!(join(answer, open, false, "```\n").skip, 4);
    }
}
