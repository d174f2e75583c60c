//! Packages that an app uses, and the dependency files that this takes.

use std::collections::{BTreeMap, BTreeSet};

use protocol::bundle::DependencyUse;
use protocol::manifest::{Manifest, Package};

use crate::module::Compiled;
use crate::resolve::Resolution;
use crate::swc::FxHashMap;

/// Packages that the frame's runtime itself mounts an app with.
pub(crate) const RUNTIME_PACKAGES: [&str; 2] = ["react", "react-dom/client"];

/// Which file of a split package fills which export: the lists are long
/// (thousands of icons), and are asked at every build.
#[derive(Debug, Default)]
pub(crate) struct PartIndex(FxHashMap<String, FxHashMap<String, String>>);

impl PartIndex {
    /// Reads the parts of all packages.
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let mut index = Self::default();
        for (specifier, package) in &manifest.packages {
            index.add(specifier, package);
        }
        index
    }

    /// Reads the parts of a package.
    pub(crate) fn add(&mut self, specifier: &str, package: &Package) {
        if package.parts.is_empty() {
            return;
        }
        let files = self.0.entry(specifier.to_owned()).or_default();
        for part in &package.parts {
            for name in &part.exports {
                files
                    .entry(name.clone())
                    .or_insert_with(|| part.file.clone());
            }
        }
    }

    /// Files that fill these exports, sorted; `None` when one of them is in no part.
    fn files(&self, specifier: &str, names: &BTreeSet<&str>) -> Option<BTreeSet<&str>> {
        let files = self.0.get(specifier)?;
        names
            .iter()
            .map(|name| files.get(*name).map(String::as_str))
            .collect()
    }
}

/// What is used of each package.
#[derive(Default)]
pub(crate) struct Uses<'a>(BTreeMap<&'a str, Use<'a>>);

#[derive(Default)]
struct Use<'a> {
    names: BTreeSet<&'a str>,
    is_whole: bool,
}

impl<'a> Uses<'a> {
    /// Notes what a module imports.
    pub(crate) fn add(&mut self, module: &'a Compiled) {
        for import in &module.imports {
            let Resolution::Package { specifier, .. } = &import.resolution else {
                continue;
            };
            let used = self.0.entry(specifier).or_default();
            used.is_whole |= import.is_whole;
            used.names
                .extend(import.names.iter().map(|name| name.name.as_str()));
        }
    }

    /// The wire form, sorted by specifier.
    pub(crate) fn list(&self) -> Vec<DependencyUse> {
        self.0
            .iter()
            .map(|(specifier, used)| DependencyUse {
                specifier: (*specifier).to_owned(),
                names: if used.is_whole {
                    Vec::new()
                } else {
                    used.names.iter().map(|name| (*name).to_owned()).collect()
                },
            })
            .collect()
    }

    /// Files to load for these packages and for what is used, each after those
    /// that it needs.
    pub(crate) fn files(
        &self,
        manifest: &Manifest,
        parts: &PartIndex,
        first: &[&str],
    ) -> Vec<String> {
        let mut order = Order {
            manifest,
            seen: BTreeSet::new(),
            files: Vec::new(),
        };
        for specifier in first {
            if let Some(package) = manifest.packages.get(*specifier) {
                order.add(&package.file);
            }
        }
        for (specifier, used) in &self.0 {
            let Some(package) = manifest.packages.get(*specifier) else {
                continue;
            };
            match parts.files(specifier, &used.names) {
                Some(parts) if !used.is_whole && !parts.is_empty() => {
                    for file in parts {
                        order.add(file);
                    }
                }
                _ => order.add(&package.file),
            }
        }
        order.files
    }
}

struct Order<'a> {
    manifest: &'a Manifest,
    seen: BTreeSet<String>,
    files: Vec<String>,
}

impl Order<'_> {
    /// Depth first with its own stack: a manifest is data, its depth unknown.
    fn add(&mut self, file: &str) {
        let mut stack = vec![(file, false)];
        while let Some((file, imports_done)) = stack.pop() {
            if imports_done {
                self.files.push(file.to_owned());
                continue;
            }
            if file.is_empty() || !self.seen.insert(file.to_owned()) {
                continue;
            }
            stack.push((file, true));
            if let Some(entry) = self.manifest.files.get(file) {
                stack.extend(
                    entry
                        .imports
                        .iter()
                        .rev()
                        .map(|import| (import.as_str(), false)),
                );
            }
        }
    }
}
