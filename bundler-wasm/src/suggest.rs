//! Nearest names, for "did you mean".

use std::collections::BTreeSet;

/// Most names that a message offers.
const MAX_NAMES: usize = 3;

/// What icon packages put before and after a name that they export plain too.
const AFFIXES: (&[u8], &[u8]) = (b"lucide", b"icon");

/// The names nearest to `wanted`, best first, at most three; none when nothing
/// is near enough to be meant. An icon package has thousands of names, so most
/// are put aside by their length alone.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted_lower = wanted.to_ascii_lowercase().into_bytes();
    let limit = limit(bare(&wanted_lower).len());
    let mut distance = Distance::default();
    let mut name_lower = Vec::new();
    let mut found: BTreeSet<(usize, bool, bool, usize, &str)> = BTreeSet::new();
    for name in names {
        name_lower.clear();
        name_lower.extend(name.bytes().map(|byte| byte.to_ascii_lowercase()));
        if name != wanted
            && let Some(score) = score(&wanted_lower, &name_lower, limit, &mut distance)
        {
            let (wanted, bare_name) = (bare(&wanted_lower), bare(&name_lower));
            // Among equals: the same word with an ending, then the same first letter.
            let is_other_word = !wanted.starts_with(bare_name) && !bare_name.starts_with(wanted);
            let is_other_start = wanted.first() != bare_name.first();
            let difference = wanted.len().abs_diff(bare_name.len());
            found.insert((score, is_other_word, is_other_start, difference, name));
        }
    }
    if found.first().is_some_and(|(score, ..)| *score == 0) {
        found.retain(|(score, ..)| *score == 0);
    }
    let mut best: Vec<&str> = Vec::new();
    for (.., name) in found {
        let is_full = best.len() >= MAX_NAMES;
        let known = best.iter_mut().find(|known| stem(known) == stem(name));
        match known {
            // `Trash` rather than `TrashIcon` and `LucideTrash`.
            Some(known) if name.len() < known.len() => *known = name,
            Some(_) => {}
            None if is_full => break,
            None => best.push(name),
        }
    }
    best
}

/// Typing mistakes that a name of this length may hold: in short names two
/// changes make another word.
fn limit(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=11 => 2,
        _ => 3,
    }
}

/// A name without an icon package's affixes.
fn stem(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let bare = bare(lower.as_bytes());
    String::from_utf8_lossy(bare).into_owned()
}

fn bare(lower: &[u8]) -> &[u8] {
    let (prefix, suffix) = AFFIXES;
    let bare = lower.strip_prefix(prefix).unwrap_or(lower);
    let bare = bare.strip_suffix(suffix).unwrap_or(bare);
    // `lucide-react` and `react-icon` are packages, not names with an affix.
    if bare.is_empty() || lower.contains(&b'-') {
        lower
    } else {
        bare
    }
}

/// Changes between two lower-case names; fewer where they differ by affixes
/// (`TrashIcon`, `Trash`) or where one contains the other (`Dashboard`,
/// `LayoutDashboard`).
fn score(wanted: &[u8], name: &[u8], limit: usize, distance: &mut Distance) -> Option<usize> {
    let (wanted, name) = (bare(wanted), bare(name));
    let difference = wanted.len().abs_diff(name.len());
    if difference <= limit
        && let Some(changes) = distance.within(wanted, name, limit)
    {
        return Some(changes);
    }
    let (longer, shorter) = if wanted.len() > name.len() {
        (wanted, name)
    } else {
        (name, wanted)
    };
    // `react-toast` isn't a misspelt `react`.
    let is_part_of_package = wanted.len() > name.len() && wanted.contains(&b'-');
    let contains = shorter.len() >= 4
        && !is_part_of_package
        && difference <= 8
        && longer.windows(shorter.len()).any(|part| part == shorter);
    contains.then_some(2 + difference / 4)
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of
/// neighbours cost 1 each. Keeps its rows for the next pair.
#[derive(Default)]
struct Distance {
    before: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

impl Distance {
    /// The distance, if it isn't over the limit.
    fn within(&mut self, a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
        let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
        self.last.clear();
        self.last.extend(0..=b.len());
        for (i, ca) in a.iter().enumerate() {
            self.row.clear();
            self.row.push(i + 1);
            for (j, cb) in b.iter().enumerate() {
                let mut cost = (at(&self.last, j) + usize::from(ca != cb))
                    .min(at(&self.last, j + 1) + 1)
                    .min(at(&self.row, j) + 1);
                let swapped =
                    i > 0 && j > 0 && a.get(i - 1) == Some(cb) && b.get(j - 1) == Some(ca);
                if swapped {
                    cost = cost.min(at(&self.before, j - 1) + 1);
                }
                self.row.push(cost);
            }
            if self.row.iter().all(|cost| *cost > limit) {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.row);
        }
        self.last.last().copied().filter(|cost| *cost <= limit)
    }
}

/// "`a`, `b` or `c`".
pub(crate) fn quoted_list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_the_nearest_names() {
        let names = ["Trash", "Trash2", "Search", "Star", "useState", "useEffect"];
        assert_eq!(nearest("TrashIcon", names), ["Trash"]);
        assert_eq!(nearest("usestate", names), ["useState"]);
        assert_eq!(nearest("Saerch", names), ["Search"]);
        assert_eq!(nearest("Trahs", names), ["Trash", "Trash2"]);
        assert!(nearest("Completely", names).is_empty());
        assert_eq!(nearest("Sta", ["Zap", "Sat"]), ["Sat"]);
    }

    #[test]
    fn icons_are_found_by_any_of_their_names() {
        let names = [
            "ChevronDown",
            "ChevronDownIcon",
            "LucideChevronDown",
            "ChevronUp",
            "LayoutDashboard",
            "Settings",
        ];
        assert_eq!(nearest("ChevronDownicon", names), ["ChevronDown"]);
        assert_eq!(nearest("chevrondown", names), ["ChevronDown"]);
        assert_eq!(nearest("ChevornDownIcon", names)[0], "ChevronDown");
        assert_eq!(nearest("Dashboard", names), ["LayoutDashboard"]);
        assert_eq!(nearest("SettingsIcon", names), ["Settings"]);
        assert_eq!(nearest("Setting", names), ["Settings"]);
        assert_eq!(nearest("Hearts", ["HeartX", "Heart", "Earth"])[0], "Heart");
    }

    #[test]
    fn packages_are_found_by_a_part_of_their_name() {
        let names = ["react", "react-dom", "framer-motion", "date-fns"];
        assert_eq!(nearest("framer", names), ["framer-motion"]);
        assert_eq!(nearest("datefns", names), ["date-fns"]);
        assert!(nearest("react-toast", names).is_empty());
        assert!(nearest("react-icon", names).is_empty());
    }

    #[test]
    fn thousands_of_names_are_looked_through() {
        let names: Vec<String> = (0..20_000).map(|n| format!("Shape{n}")).collect();
        let names = || names.iter().map(String::as_str).chain(["Circle"]);
        assert_eq!(nearest("Cirlce", names()), ["Circle"]);
        assert!(nearest("Zebra", names()).is_empty());
    }

    #[test]
    fn joins_names_as_a_sentence_does() {
        assert_eq!(quoted_list(&["a"]), "`a`");
        assert_eq!(quoted_list(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
