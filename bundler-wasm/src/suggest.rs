//! Nearest names, for "did you mean".

/// Most names that a message offers.
const MAX_NAMES: usize = 3;

/// The names nearest to `wanted`, best first, at most three; none when nothing
/// is near enough to be meant.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = wanted.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(2);
    let mut found: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| *name != wanted)
        .filter_map(|name| Some((score(&lower, &name.to_lowercase(), limit)?, name)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .take(MAX_NAMES)
        .map(|(_, name)| name)
        .collect()
}

/// Distance with a bonus where one name contains the other (`TrashIcon`, `Trash`).
fn score(wanted: &str, name: &str, limit: usize) -> Option<usize> {
    let difference = wanted.len().abs_diff(name.len());
    let shorter = wanted.len().min(name.len());
    if shorter >= 4 && difference <= 8 && (wanted.contains(name) || name.contains(wanted)) {
        return Some(1 + difference / 4);
    }
    if difference > limit {
        return None;
    }
    let distance = distance(wanted, name);
    (distance <= limit).then_some(distance)
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of
/// neighbours cost 1 each.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let at =
                |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j) + usize::from(ca != cb))
                .min(at(&last, j + 1) + 1)
                .min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(cb) && b.get(j - 1) == Some(ca);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
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
        assert!(nearest("Completely", names).is_empty());
    }

    #[test]
    fn joins_names_as_a_sentence_does() {
        assert_eq!(quoted_list(&["a"]), "`a`");
        assert_eq!(quoted_list(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
