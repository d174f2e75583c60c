//! `import.meta.glob`: which files of the project a pattern means, and under
//! which keys, as Vite has them.

use std::collections::BTreeMap;

use crate::config::{Aliases, Target};
use crate::resolve::join;

/// Alternatives that the braces of one pattern may come to.
const MAX_ALTERNATIVES: usize = 256;

/// The files that patterns mean: path by key, sorted by key. Keys are relative
/// to the importer when all patterns are, and begin with `/` otherwise.
///
/// # Errors
/// The pattern that begins neither with `./`, `../` or `/` nor with an alias,
/// or that leads out of the project.
pub(crate) fn expand<'a>(
    importer: &str,
    patterns: &'a [String],
    aliases: &Aliases,
    paths: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeMap<String, &'a str>, &'a str> {
    let folder = importer.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut wanted = Vec::new();
    let mut unwanted = Vec::new();
    for pattern in patterns {
        let (list, plain) = match pattern.strip_prefix('!') {
            Some(plain) => (&mut unwanted, plain),
            None => (&mut wanted, pattern.as_str()),
        };
        let rooted = from_root(folder, plain, aliases).ok_or(pattern.as_str())?;
        list.extend(alternatives(&rooted));
    }
    let is_relative = patterns
        .iter()
        .all(|pattern| pattern.starts_with(['.', '!']));
    let any = |patterns: &[String], path: &str| patterns.iter().any(|one| matches(one, path));
    Ok(paths
        .into_iter()
        .filter(|path| *path != importer && any(&wanted, path) && !any(&unwanted, path))
        .map(|path| {
            let key = if is_relative {
                relative(folder, path)
            } else {
                format!("/{path}")
            };
            (key, path)
        })
        .collect())
}

/// A pattern as one of project paths.
fn from_root(folder: &str, pattern: &str, aliases: &Aliases) -> Option<String> {
    if pattern.starts_with("./") || pattern.starts_with("../") {
        return join(folder, pattern);
    }
    if let Some(rest) = pattern.strip_prefix('/') {
        return join("", rest);
    }
    if pattern.starts_with("**") {
        return Some(pattern.to_owned());
    }
    let found = aliases
        .targets(pattern)
        .into_iter()
        .find_map(|target| match target {
            Target::Path(path) => Some(path),
            Target::Specifier(_) => None,
        });
    let usual = || {
        pattern
            .strip_prefix("@/")
            .or_else(|| pattern.strip_prefix("~/"))
    };
    found.or_else(|| join("src", usual()?))
}

/// A path as seen from a folder: `./a.ts`, `../b/a.ts`.
fn relative(folder: &str, path: &str) -> String {
    let folders: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    let names: Vec<&str> = path.split('/').collect();
    let parents = names.len().saturating_sub(1);
    let shared = folders
        .iter()
        .zip(names.iter().take(parents))
        .take_while(|(a, b)| a == b)
        .count();
    let ups = "../".repeat(folders.len() - shared);
    let rest: Vec<&str> = names.into_iter().skip(shared).collect();
    let start = if ups.is_empty() { "./" } else { &ups };
    format!("{start}{}", rest.join("/"))
}

/// The patterns that `{a,b}` stands for.
fn alternatives(pattern: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut queue = vec![pattern.to_owned()];
    while let Some(pattern) = queue.pop() {
        let Some((before, choices, after)) = braces(&pattern) else {
            done.push(pattern);
            continue;
        };
        if queue.len() + done.len() > MAX_ALTERNATIVES {
            break;
        }
        queue.extend(
            choices
                .iter()
                .map(|choice| format!("{before}{choice}{after}")),
        );
    }
    done
}

/// The first outermost braces with a comma in them, and what is around them.
fn braces(pattern: &str) -> Option<(&str, Vec<&str>, &str)> {
    let open = pattern.find('{')?;
    let inner = pattern.get(open + 1..)?;
    let (mut depth, mut start, mut choices) = (0_u32, 0, Vec::new());
    for (index, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                choices.push(inner.get(start..index)?);
                return Some((pattern.get(..open)?, choices, inner.get(index + 1..)?));
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                choices.push(inner.get(start..index)?);
                start = index + 1;
            }
            _ => {}
        }
    }
    None
}

/// Whether a path fits a pattern without braces. `**` is any number of folders.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    wildcard(
        &pattern,
        &path,
        |part| *part == "**",
        // Names that begin with a dot are meant only by patterns that do.
        |name| !name.starts_with('.'),
        |part, name| part.starts_with('.') == name.starts_with('.') && segment_matches(part, name),
    )
}

/// `*` is any part of a name, `?` one character, `[a-z]` one of them.
fn segment_matches(pattern: &str, name: &str) -> bool {
    let signs = signs(pattern);
    let name: Vec<char> = name.chars().collect();
    wildcard(
        &signs,
        &name,
        |sign| *sign == Sign::Any,
        |_| true,
        |sign, c| match sign {
            Sign::Any => false,
            Sign::One => true,
            Sign::Is(wanted) => wanted == c,
            Sign::Among { ranges, negated } => {
                ranges.iter().any(|(from, to)| (from..=to).contains(&c)) != *negated
            }
        },
    )
}

#[derive(Debug, PartialEq, Eq)]
enum Sign {
    Any,
    One,
    Is(char),
    Among {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
}

fn signs(pattern: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut rest = pattern;
    // Looked for once: a pattern of `[` alone must not be searched from each.
    let mut closes = pattern.matches(']').count();
    while let Some(c) = rest.chars().next() {
        let mut after = rest.get(c.len_utf8()..).unwrap_or_default();
        let class = (c == '[' && closes > 0)
            .then(|| after.split_once(']'))
            .flatten()
            .filter(|(inside, _)| !inside.is_empty());
        signs.push(match (c, class) {
            ('*', _) => Sign::Any,
            ('?', _) => Sign::One,
            (_, Some((inside, tail))) => {
                after = tail;
                closes -= 1;
                let plain = inside.strip_prefix(['!', '^']);
                Sign::Among {
                    ranges: ranges(plain.unwrap_or(inside)),
                    negated: plain.is_some(),
                }
            }
            (c, None) => Sign::Is(c),
        });
        closes -= usize::from(c == ']');
        rest = after;
    }
    signs
}

fn ranges(inside: &str) -> Vec<(char, char)> {
    let mut ranges = Vec::new();
    let mut chars = inside.chars().peekable();
    while let Some(from) = chars.next() {
        let mut ahead = chars.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(to)) => {
                ranges.push((from, to));
                chars = ahead;
            }
            _ => ranges.push((from, from)),
        }
    }
    ranges
}

/// Matches with wildcards for any number of items. Going back to the last
/// wildcard is enough, so that no pattern takes more than pattern × items steps.
fn wildcard<P, T>(
    pattern: &[P],
    items: &[T],
    is_any: impl Fn(&P) -> bool,
    any_takes: impl Fn(&T) -> bool,
    fits: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut item) = (0, 0);
    // After the last wildcard, and where its next try begins.
    let mut retry: Option<(usize, usize)> = None;
    while let Some(current) = items.get(item) {
        match pattern.get(at) {
            Some(part) if is_any(part) => {
                at += 1;
                retry = Some((at, item));
            }
            Some(part) if fits(part, current) => {
                at += 1;
                item += 1;
            }
            _ => match retry {
                Some((after, from)) if items.get(from).is_some_and(&any_takes) => {
                    retry = Some((after, from + 1));
                    (at, item) = (after, from + 1);
                }
                _ => return false,
            },
        }
    }
    pattern
        .get(at..)
        .is_some_and(|rest| rest.iter().all(is_any))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: [&str; 9] = [
        "index.html",
        "src/.hidden.ts",
        "src/a.test.ts",
        "src/a.ts",
        "src/main.ts",
        "src/pages/[id].tsx",
        "src/pages/deep/b.tsx",
        "src/pages/home.tsx",
        "src/pages/note.md",
    ];

    fn keys(patterns: &[&str]) -> Vec<String> {
        let patterns: Vec<String> = patterns.iter().map(|one| (*one).to_owned()).collect();
        match expand("src/main.ts", &patterns, &Aliases::default(), PATHS) {
            Ok(found) => {
                let target = |(key, path): (String, &str)| {
                    assert!(
                        path.ends_with(key.trim_start_matches(['.', '/'])),
                        "{key} {path}"
                    );
                    key
                };
                found.into_iter().map(target).collect()
            }
            Err(pattern) => vec![format!("refused {pattern}")],
        }
    }

    #[test]
    fn patterns_mean_files() {
        for (patterns, expected) in [
            (vec!["./*.ts"], vec!["./a.test.ts", "./a.ts"]),
            (vec!["./*.ts", "!./*.test.ts"], vec!["./a.ts"]),
            (
                vec!["./pages/**/*.tsx"],
                vec!["./pages/[id].tsx", "./pages/deep/b.tsx", "./pages/home.tsx"],
            ),
            (vec!["./**/b.tsx"], vec!["./pages/deep/b.tsx"]),
            (
                vec!["/src/pages/*.{tsx,md}"],
                vec![
                    "/src/pages/[id].tsx",
                    "/src/pages/home.tsx",
                    "/src/pages/note.md",
                ],
            ),
            (vec!["@/pages/h?me.*"], vec!["/src/pages/home.tsx"]),
            (vec!["../*.html", "!**/x"], vec!["../index.html"]),
            (vec!["./pages/[a-m]*.tsx"], vec!["./pages/home.tsx"]),
            (
                vec!["./{a,pages/{home,none}}.{ts,tsx}"],
                vec!["./a.ts", "./pages/home.tsx"],
            ),
            (vec!["./.hidden.ts"], vec!["./.hidden.ts"]),
            (vec!["./none/*"], vec![]),
            (vec!["pages/*.tsx"], vec!["refused pages/*.tsx"]),
            (vec!["../../*.ts"], vec!["refused ../../*.ts"]),
        ] {
            assert_eq!(keys(&patterns), expected, "{patterns:?}");
        }
    }

    #[test]
    fn folders_of_the_key_are_those_of_the_importer() {
        assert_eq!(relative("src/a/b", "src/c/d.ts"), "../../c/d.ts");
        assert_eq!(relative("", "src/c.ts"), "./src/c.ts");
        assert_eq!(relative("src/a", "src/a"), "../a");
    }

    #[test]
    fn hostile_patterns_end_soon() {
        let pattern = "a*".repeat(100) + "c";
        assert!(!segment_matches(&pattern, &"a".repeat(200)));
        let pattern = "**/a/".repeat(60) + "b";
        assert!(!matches(&pattern, &("a/".repeat(90) + "c")));
        assert!(alternatives(&"{a,b}".repeat(40)).len() <= 2 * MAX_ALTERNATIVES);
        assert!(!segment_matches(&"x[".repeat(500_000), "a"));
        for pattern in ["{", "{a", "[", "[]", "[!", "}", "*{"] {
            assert!(!matches(pattern, "src/a.ts"));
        }
    }
}
