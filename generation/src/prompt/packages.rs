//! The package sections of the prompt, made from the manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use protocol::manifest::{Manifest, Package};

/// Categories in the order of the catalogue; others follow by name.
const CATEGORIES: [&str; 19] = [
    "core",
    "utils",
    "icons",
    "ui",
    "animations",
    "forms",
    "charts",
    "advanced",
    "state",
    "data",
    "text",
    "numbers",
    "color",
    "dnd",
    "tables",
    "files",
    "routing",
    "storage",
    "misc",
];
/// Packages whose import line is shown as an example when the list has none.
const EXAMPLES: [&str; 4] = ["react", "lucide-react", "recharts", "date-fns"];
const HEADING: &str = "## Packages";
/// Names of blocked packages that share a replacement, at most.
const MAX_BLOCKED_NAMES: usize = 6;

/// How much the list says about each package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Hint and import line.
    Examples,
    /// Hint.
    Hints,
    /// Only the name.
    Names,
}

/// The list of what can be imported.
pub(super) fn packages_section(manifest: &Manifest, detail: Detail) -> String {
    let mut by_category: BTreeMap<(usize, &str), Vec<(&String, &Package)>> = BTreeMap::new();
    for (name, package) in manifest
        .packages
        .iter()
        .filter(|(_, package)| package.in_prompt)
    {
        let category = package.category.as_str();
        let rank = CATEGORIES
            .iter()
            .position(|known| *known == category)
            .unwrap_or(CATEGORIES.len());
        by_category
            .entry((rank, category))
            .or_default()
            .push((name, package));
    }
    let mut text = format!(
        "{HEADING}\n\nNothing else can be imported. All are installed; an app loads what it imports.\n"
    );
    for ((_, category), packages) in by_category {
        if detail == Detail::Names {
            let names: Vec<String> = packages
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            push(
                &mut text,
                format_args!("\n- {category}: {}", names.join(", ")),
            );
            continue;
        }
        push(&mut text, format_args!("\n{category}:\n"));
        let mut plain = Vec::new();
        for (name, package) in packages {
            let hint = package.hint.trim().trim_end_matches('.');
            let example = package.example.trim();
            match (
                hint.is_empty(),
                example.is_empty() || detail != Detail::Examples,
            ) {
                (true, true) => plain.push(format!("`{name}`")),
                (false, true) => push(&mut text, format_args!("- `{name}`: {hint}\n")),
                (true, false) => push(&mut text, format_args!("- `{name}`: `{example}`\n")),
                (false, false) => {
                    push(&mut text, format_args!("- `{name}`: {hint}. `{example}`\n"));
                }
            }
        }
        if !plain.is_empty() {
            push(&mut text, format_args!("- also: {}\n", plain.join(", ")));
        }
    }
    text.push('\n');
    if detail != Detail::Examples {
        text.push_str(&examples(manifest));
    }
    text.push_str("\nWhere no package fits, write plain TypeScript.\n");
    text
}

fn examples(manifest: &Manifest) -> String {
    let lines: Vec<&str> = EXAMPLES
        .iter()
        .filter_map(|name| manifest.packages.get(*name))
        .filter(|package| package.in_prompt && !package.example.trim().is_empty())
        .map(|package| package.example.trim())
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\nImport like this:\n\n```ts\n{}\n```\n", lines.join("\n"))
}

/// What is often imported and can't be, with the way out.
pub(super) fn blocked_section(manifest: &Manifest, detail: Detail) -> String {
    let blocked = manifest.blocked.iter();
    let blocked = blocked.map(|(name, blocked)| (name, &blocked.replacement));
    let avoided = manifest.packages.iter().filter_map(|(name, package)| {
        let avoid = package.avoid.as_ref()?;
        Some((name, &avoid.replacement))
    });
    let mut by_replacement: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, replacement) in blocked.chain(avoided) {
        // `node:fs` says nothing that `fs` doesn't.
        if !name.starts_with("node:") {
            let names = by_replacement.entry(replacement.trim()).or_default();
            names.push(name);
        }
    }
    if by_replacement.is_empty() {
        return String::new();
    }
    let most = if detail == Detail::Names {
        MAX_BLOCKED_NAMES / 2
    } else {
        MAX_BLOCKED_NAMES
    };
    let mut text = "\n## Not available\n\n".to_owned();
    for (replacement, names) in by_replacement {
        let listed: Vec<String> = names
            .iter()
            .take(most)
            .map(|name| format!("`{name}`"))
            .collect();
        let more = if names.len() > most {
            " and the like"
        } else {
            ""
        };
        push(
            &mut text,
            format_args!("- {}{more}: {replacement}\n", listed.join(", ")),
        );
    }
    text
}

/// Appends formatted text; writing to a `String` can't fail.
fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}

/// The packages that a system message names, so that a test can compare them
/// with the manifest both ways.
pub fn named_packages(system_message: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let lines = system_message
        .lines()
        .skip_while(|line| *line != HEADING)
        .skip(1)
        .take_while(|line| !line.starts_with("## "));
    for line in lines.filter(|line| line.starts_with("- ")) {
        let mut quoted = line.split('`').skip(1).step_by(2);
        if line.starts_with("- `") {
            // Further quotes are the hint's or the example's.
            names.extend(quoted.next().map(str::to_owned));
        } else {
            names.extend(quoted.map(str::to_owned));
        }
    }
    names
}
