//! Short ids of modules. They come from the paths, not from positions in a
//! list: a new module leaves the others' scripts, and their names, as they are,
//! unless its id begins like another one.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::hash;

/// Shortest id: among a hundred modules, a longer one is rarely needed.
const MIN_CHARS: usize = 4;

/// The id of each module.
pub(crate) fn short_ids<'a>(modules: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let mut taken = BTreeSet::new();
    let mut ids = BTreeMap::new();
    for module in modules {
        let hash = letters(&hash(module.as_bytes()));
        let id = (MIN_CHARS..=hash.len())
            .filter_map(|length| hash.get(..length))
            .find(|id| !taken.contains(*id))
            .unwrap_or(&hash)
            .to_owned();
        taken.insert(id.clone());
        ids.insert(module, id);
    }
    ids
}

/// Hexadecimal digits as letters: as keys of objects they need no quotes, and
/// look like no number.
fn letters(hash: &str) -> String {
    let digits = hash.bytes();
    let letters = digits.map(|digit| match digit {
        b'0'..=b'9' => digit - b'0' + b'g',
        letter => letter,
    });
    letters.map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_differ() {
        let paths: Vec<String> = (0..2_000).map(|n| format!("src/{n}.ts")).collect();
        let ids = short_ids(paths.iter().map(String::as_str));
        let different: BTreeSet<&String> = ids.values().collect();
        assert_eq!(different.len(), paths.len());
        assert!(ids.values().all(|id| id.len() <= 7));
    }

    #[test]
    fn a_new_module_leaves_the_others_alone() {
        let before = short_ids(["src/App.tsx", "src/b.ts"].into_iter());
        let after = short_ids(["src/App.tsx", "src/a.ts", "src/b.ts"].into_iter());
        for (path, id) in &before {
            assert_eq!(after.get(path), Some(id));
        }
        assert!(before.values().all(|id| id.len() == MIN_CHARS));
    }
}
