//! What a module exports: getters that are registered before anything runs.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::imports::{ImportedBinding, Imports};
use crate::literal::key;
use crate::module::Export;

/// Where an export's value comes from.
#[derive(Debug)]
pub(super) enum Value {
    /// An expression of the module's own.
    Text(String),
    /// A name that it imports.
    Imported(ImportedBinding),
}

/// All that a module exports.
#[derive(Debug, Default)]
pub(super) struct Exports {
    values: BTreeMap<String, Value>,
    types: BTreeSet<String>,
}

impl Exports {
    /// A value; the first of two of the same name stands. Says whether it is the first.
    pub(super) fn value(&mut self, name: String, value: Value) -> bool {
        match self.values.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(value);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// A name that is gone when the code runs.
    pub(super) fn type_name(&mut self, name: String) {
        self.types.insert(name);
    }

    /// `__cumulet.export(__exports, { name: () => name, … });`, or nothing.
    pub(super) fn register(
        &self,
        context: &Context<'_>,
        imports: &Imports<'_>,
        exports: &str,
        require: &str,
    ) -> String {
        if self.values.is_empty() {
            return String::new();
        }
        let getters: Vec<String> = self
            .values
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => text.clone(),
                    Value::Imported(binding) => {
                        imports.forwarded(*binding, require).unwrap_or_default()
                    }
                };
                format!("{}: () => {value}", key(name))
            })
            .collect();
        format!(
            "{}.export({exports}, {{ {} }}); ",
            context.global("__cumulet"),
            getters.join(", ")
        )
    }

    /// Names of the values, and of the types that are no values.
    pub(super) fn finish(self) -> (Vec<Export>, BTreeSet<String>) {
        let mut types = self.types;
        types.retain(|name| !self.values.contains_key(name));
        let values = self.values.into_keys().map(|name| Export { name });
        (values.collect(), types)
    }
}
