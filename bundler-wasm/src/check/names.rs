//! Names that are imported: whether the other side exports them, and what was
//! probably meant.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use protocol::bundle::Diagnostic;

use super::{Check, failure, icons, repair};
use crate::codes;
use crate::diagnostic::DiagnosticExt;
use crate::gather::gathered;
use crate::module::{Compiled, Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::scan::NamedImport;
use crate::suggest;

/// Of more exports than this, the first few say nothing about the others.
const MAX_LISTED: usize = 50;

/// What a module exports, with everything it passes on by `export * from`.
#[derive(Default)]
pub(super) struct Exports<'a> {
    values: BTreeSet<&'a str>,
    types: BTreeSet<&'a str>,
    /// Packages whose exports are passed on too.
    packages: Vec<&'a str>,
    /// A part of it is unknown, so that a missing name proves nothing.
    is_open: bool,
}

impl Exports<'_> {
    /// Whether a value of this name is exported, or may be.
    pub(super) fn has(&self, name: &str) -> bool {
        self.is_open || self.values.contains(name)
    }
}

/// Exports of a project module.
pub(super) fn exports<'a>(modules: &'a BTreeMap<String, Rc<Compiled>>, id: &'a str) -> Exports<'a> {
    let mut exports = Exports::default();
    let mut queue = vec![(id, true)];
    let mut seen = BTreeSet::new();
    while let Some((id, with_default)) = queue.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(module) = modules.get(id).filter(|module| !module.is_broken) else {
            exports.is_open = true;
            continue;
        };
        let names = module.exports.iter().map(|export| export.name.as_str());
        exports
            .values
            .extend(names.filter(|name| with_default || *name != "default"));
        exports
            .types
            .extend(module.types.iter().map(String::as_str));
        for import in module.imports.iter().filter(|i| i.kind == ImportKind::Star) {
            match &import.resolution {
                Resolution::Module(target) => queue.push((target, false)),
                Resolution::Package { specifier, .. } => exports.packages.push(specifier),
                _ => exports.is_open = true,
            }
        }
    }
    exports
}

/// Findings about names imported from a project module.
pub(super) fn of_module(check: &Check<'_>, import: &Import, target: &str) -> Vec<Diagnostic> {
    if import.names.is_empty() {
        return Vec::new();
    }
    let exports = exports(check.modules, target);
    let known = |name: &str| {
        exports.has(name)
            || exports.types.contains(name)
            || exports.packages.iter().any(|package| {
                check
                    .manifest
                    .packages
                    .get(*package)
                    .is_some_and(|package| package.exports.iter().any(|e| e == name))
            })
    };
    import
        .names
        .iter()
        .filter(|imported| !known(&imported.name))
        .map(|imported| unknown(check, import, imported, target, &exports.values))
        .collect()
}

/// Findings about names imported from a package.
pub(super) fn of_package(check: &Check<'_>, import: &Import, specifier: &str) -> Vec<Diagnostic> {
    let Some(package) = check.manifest.packages.get(specifier) else {
        return Vec::new();
    };
    // The lists are sorted and long: an icon package has thousands of names.
    let has = |list: &[String], name: &str| {
        list.binary_search_by(|entry| entry.as_str().cmp(name))
            .is_ok()
    };
    let known = |name: &str| {
        (name == "default" && package.has_default)
            || has(&package.exports, name)
            || has(&package.types, name)
    };
    let wrong: Vec<&ImportedName> = import
        .names
        .iter()
        // Without a place, a pass asked for it, not the user.
        .filter(|imported| imported.range.is_some() && import.range.is_some())
        .filter(|imported| !known(&imported.name))
        .collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let mut values: BTreeSet<&str> = gathered(package.exports.iter().map(String::as_str));
    if package.has_default {
        values.insert("default");
    }
    wrong
        .into_iter()
        .map(|imported| unknown(check, import, imported, specifier, &values))
        .collect()
}

fn unknown(
    check: &Check<'_>,
    import: &Import,
    imported: &ImportedName,
    target: &str,
    exports: &BTreeSet<&str>,
) -> Diagnostic {
    match &imported.form {
        NameForm::Default { local, is_alone } => {
            no_default(check, import, imported, target, exports, local, *is_alone)
        }
        NameForm::Member => {
            // Reading a property that isn't there gives undefined, which code may test for.
            let message = format!("`{target}` has no export `{}`.", imported.name);
            let near = near(check, target, &imported.name, exports);
            let diagnostic = check
                .at(imported.range, codes::UNKNOWN_EXPORT, message)
                .warning();
            with_near(check, imported, diagnostic, &near, false)
        }
        NameForm::Plain { .. } | NameForm::Renamed if imported.name == "default" => {
            let message = format!("`{target}` has no default export.");
            check
                .at(imported.range, codes::UNKNOWN_EXPORT, message)
                .help(listing(exports))
        }
        form => {
            let message = format!("`{target}` has no export `{}`.", imported.name);
            let diagnostic = check.at(imported.range, codes::UNKNOWN_EXPORT, message);
            let near = near(check, target, &imported.name, exports);
            let is_plain = matches!(form, NameForm::Plain { .. });
            let is_named_so = failure::stem(target).rsplit('/').next() == Some(&imported.name);
            if is_plain && exports.contains("default") && (near.is_empty() || is_named_so) {
                return as_default(check, import, imported, diagnostic);
            }
            if near.is_empty() {
                return diagnostic.help(listing(exports));
            }
            with_near(
                check,
                imported,
                diagnostic,
                &near,
                *form != NameForm::Renamed,
            )
        }
    }
}

/// A default export that was imported by name.
fn as_default(
    check: &Check<'_>,
    import: &Import,
    imported: &ImportedName,
    diagnostic: Diagnostic,
) -> Diagnostic {
    const TITLE: &str = "Import the default export";
    let name = imported.name.as_str();
    let diagnostic = diagnostic.help(format!(
        "It has a default export: write `import {name} from \"{}\"`.",
        import.specifier
    ));
    if let NameForm::Plain {
        alone: Some(braces),
    } = imported.form
    {
        return diagnostic.fix(TITLE, check.module.source.span(braces), name);
    }
    match repair::clause(check, import) {
        Some(clause) if clause.default.is_none() => {
            let named: Vec<NamedImport> = clause
                .named
                .iter()
                .filter(|named| named.local != name)
                .cloned()
                .collect();
            let (span, text) = repair::rewrite(check, clause, Some(name), &named);
            diagnostic.fix(TITLE, span, text)
        }
        _ => diagnostic,
    }
}

/// A name that was imported as the default export.
fn no_default(
    check: &Check<'_>,
    import: &Import,
    imported: &ImportedName,
    target: &str,
    exports: &BTreeSet<&str>,
    local: &str,
    is_alone: bool,
) -> Diagnostic {
    let message = format!("`{target}` has no default export.");
    let diagnostic = check.at(imported.range, codes::UNKNOWN_EXPORT, message);
    let named = if exports.contains(local) {
        Some(local)
    } else {
        near(check, target, local, exports).first().copied()
    };
    let Some(name) = named else {
        return diagnostic.help(listing(exports));
    };
    let named = NamedImport {
        name: name.to_owned(),
        local: local.to_owned(),
        is_type: false,
    };
    let title = format!("Import {name} by name");
    let clause = format!("{{ {} }}", named.render());
    let diagnostic = diagnostic.help(format!("Import it by name: `{clause}`."));
    if is_alone && let Some(range) = imported.range {
        return diagnostic.fix(title, check.module.source.span(range), clause);
    }
    match repair::clause(check, import) {
        Some(clause) if clause.namespace.is_none() => {
            let mut all = vec![named];
            all.extend(clause.named.iter().cloned());
            let (span, text) = repair::rewrite(check, clause, None, &all);
            diagnostic.fix(title, span, text)
        }
        _ => diagnostic,
    }
}

fn near<'a>(
    check: &Check<'_>,
    target: &str,
    name: &str,
    exports: &BTreeSet<&'a str>,
) -> Vec<&'a str> {
    let package = check.manifest.packages.get(target);
    if package.is_some_and(|package| package.category == icons::CATEGORY) {
        let known: Vec<&str> = icons::synonyms(name)
            .iter()
            .filter_map(|icon| exports.get(icon).copied())
            .collect();
        if !known.is_empty() {
            return known;
        }
    }
    let names = exports.iter().copied().filter(|name| *name != "default");
    suggest::nearest(name, names)
}

/// The nearest names as help and as repairs; `keep_local` keeps the code's own
/// name for what is imported under another one.
fn with_near(
    check: &Check<'_>,
    imported: &ImportedName,
    diagnostic: Diagnostic,
    near: &[&str],
    keep_local: bool,
) -> Diagnostic {
    if near.is_empty() {
        return diagnostic;
    }
    let mut diagnostic = diagnostic.help(format!("Did you mean {}?", suggest::quoted_list(near)));
    if let Some(range) = imported.range {
        let span = check.module.source.span(range);
        for name in near {
            let replacement = if keep_local {
                format!("{name} as {}", imported.name)
            } else {
                (*name).to_owned()
            };
            diagnostic = diagnostic.fix(format!("Use {name}"), span, replacement);
        }
    }
    diagnostic
}

/// What there is, when nothing is near.
fn listing(exports: &BTreeSet<&str>) -> String {
    if exports.len() > MAX_LISTED {
        return format!("Use another one of its {} exports.", exports.len());
    }
    let names: Vec<&str> = exports
        .iter()
        .copied()
        .filter(|n| *n != "default")
        .take(6)
        .collect();
    if names.is_empty() && exports.contains("default") {
        "It has a default export only.".to_owned()
    } else if names.is_empty() {
        "It exports nothing.".to_owned()
    } else {
        format!(
            "It exports {}.",
            suggest::quoted_list(&names).replace(" or ", " and ")
        )
    }
}
