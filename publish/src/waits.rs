//! Modules that have to wait: those with an `await` at their top level, and what
//! imports them. The runtime is told what they import, which it needs to know
//! before it runs them; of all others it finds out on the way.

use std::collections::BTreeMap;

use bundler_wasm::Part;

/// What runs before each module that has to wait, in order. Without an `await`
/// in the app, that is nothing.
pub(crate) fn waits<'a>(parts: &BTreeMap<&'a str, Part<'a>>) -> BTreeMap<&'a str, Vec<String>> {
    let run_before: BTreeMap<&str, Vec<String>> = parts
        .iter()
        .map(|(id, part)| (*id, part.run_before()))
        .collect();
    let mut importers: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
    for (importer, imported) in &run_before {
        for id in imported {
            importers.entry(id).or_default().push(importer);
        }
    }
    let awaiting = parts.values().filter(|part| part.awaits());
    let mut open: Vec<&str> = awaiting.map(|part| part.id).collect();
    let mut found = BTreeMap::new();
    while let Some(id) = open.pop() {
        if let Some(imported) = run_before.get(id)
            && found.insert(id, imported.clone()).is_none()
        {
            open.extend(importers.get(id).into_iter().flatten());
        }
    }
    found
}
