//! A consumer of builds, who receives modules bit by bit.

use std::collections::BTreeMap;

use bundler_wasm::{Build, Bundler};
use protocol::bundle::{Module, Severity};

use crate::{Step, assert_modules, bundler};

/// Builds a project edit by edit, and compares what has been delivered with a
/// build from nothing.
pub struct Consumer {
    bundler: Bundler,
    files: BTreeMap<String, Option<String>>,
    changes: BTreeMap<String, Option<String>>,
    delivered: BTreeMap<String, Module>,
}

impl Default for Consumer {
    fn default() -> Self {
        Self {
            bundler: bundler(),
            files: BTreeMap::new(),
            changes: BTreeMap::new(),
            delivered: BTreeMap::new(),
        }
    }
}

impl Consumer {
    /// Takes one step, and gives the build if it was one.
    pub fn take(&mut self, step: Step) -> Option<Build> {
        match step {
            Step::Change(path, text) => {
                self.changes.insert(path, text);
                None
            }
            Step::Build => Some(self.build()),
        }
    }

    fn build(&mut self) -> Build {
        let changes = std::mem::take(&mut self.changes);
        self.files.extend(changes.clone());
        let edited = self.bundler.build(changes);
        assert_modules(&edited);
        let fresh = bundler().build(self.files.clone());
        self.compare(edited.clone(), fresh);
        edited
    }

    fn compare(&mut self, mut edited: Build, mut fresh: Build) {
        let removed = std::mem::take(&mut edited.output.removed);
        let modules = std::mem::take(&mut edited.output.modules);
        let all = std::mem::take(&mut fresh.output.modules);
        assert_eq!(edited, fresh, "after edits of {:#?}", self.files);
        if edited
            .output
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
        {
            return;
        }
        for id in removed {
            assert!(
                self.delivered.remove(&id).is_some(),
                "{id} was never delivered"
            );
        }
        for module in modules {
            let before = self.delivered.insert(module.id.clone(), module.clone());
            assert_ne!(before, Some(module), "delivered in vain");
        }
        let all: BTreeMap<String, Module> = all
            .into_iter()
            .map(|module| (module.id.clone(), module))
            .collect();
        assert_eq!(self.delivered, all, "after edits of {:#?}", self.files);
    }
}
