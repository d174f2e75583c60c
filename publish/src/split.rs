//! Which modules load together. What the entry imports statically is one
//! script; what only `import()` reaches loads when it is asked for. Modules
//! that several such imports share load once, in a script of their own.

use std::collections::{BTreeMap, BTreeSet};

use bundler_wasm::Part;

/// Modules that load together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk<'a> {
    /// The `import()`s that need it.
    pub(crate) roots: BTreeSet<&'a str>,
    /// Ids, sorted.
    pub(crate) modules: Vec<&'a str>,
}

/// An app in chunks.
#[derive(Debug, PartialEq, Eq)]
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
    let static_imports = |id: &str| parts.get(id).map(Part::static_imports).unwrap_or_default();
    let start = reached(entry, parts, &BTreeSet::new(), static_imports);
    let roots: BTreeSet<&str> = parts
        .values()
        .flat_map(Part::dynamic_imports)
        .filter(|id| parts.contains_key(id) && !start.contains(id))
        .collect();
    let later: BTreeMap<&str, BTreeSet<&str>> = roots
        .into_iter()
        .map(|root| (root, reached(root, parts, &start, static_imports)))
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
    imports: impl Fn(&str) -> BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = parts
        .get_key_value(root)
        .map(|(id, _)| *id)
        .into_iter()
        .collect();
    while let Some(id) = open.pop() {
        if !present.contains(id) && parts.contains_key(id) && found.insert(id) {
            open.extend(imports(id));
        }
    }
    found
}
