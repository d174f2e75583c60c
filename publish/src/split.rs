//! Which modules load together. What the entry imports statically is one
//! script; what only `import()` reaches loads when it is asked for. Modules
//! that several such imports share load once, in a script of their own.

use std::collections::{BTreeMap, BTreeSet};

use bundler_wasm::Part;

/// Modules that load together.
pub(crate) struct Chunk<'a> {
    /// The `import()`s that need it.
    pub(crate) roots: BTreeSet<&'a str>,
    /// Ids, sorted.
    pub(crate) modules: Vec<&'a str>,
}

/// An app in chunks.
pub(crate) struct Split<'a> {
    /// Modules that run from the start, sorted.
    pub(crate) start: BTreeSet<&'a str>,
    /// What loads later.
    pub(crate) chunks: Vec<Chunk<'a>>,
    /// By module that `import()` asks for: all that it needs beyond the start.
    pub(crate) later: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Splits an app that starts at `entry`.
pub(crate) fn split<'a>(entry: &str, parts: &BTreeMap<&'a str, Part<'a>>) -> Split<'a> {
    let start = reached(entry, parts, &BTreeSet::new());
    let roots: BTreeSet<&str> = parts
        .values()
        .flat_map(Part::dynamic_imports)
        .filter(|id| parts.contains_key(id) && !start.contains(id))
        .collect();
    let later: BTreeMap<&str, BTreeSet<&str>> = roots
        .into_iter()
        .map(|root| (root, reached(root, parts, &start)))
        .collect();
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (root, modules) in &later {
        for module in modules {
            users.entry(module).or_default().insert(root);
        }
    }
    let mut chunks: BTreeMap<BTreeSet<&str>, Vec<&str>> = BTreeMap::new();
    for (module, roots) in users {
        chunks.entry(roots).or_default().push(module);
    }
    Split {
        start,
        chunks: chunks
            .into_iter()
            .map(|(roots, modules)| Chunk { roots, modules })
            .collect(),
        later,
    }
}

/// All that a module needs, itself included, without what is there already.
fn reached<'a>(
    root: &str,
    parts: &BTreeMap<&'a str, Part<'a>>,
    present: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = parts
        .get_key_value(root)
        .map(|(id, _)| *id)
        .into_iter()
        .collect();
    while let Some(id) = open.pop() {
        if let Some(part) = parts.get(id)
            && !present.contains(id)
            && found.insert(id)
        {
            open.extend(part.static_imports());
        }
    }
    found
}
