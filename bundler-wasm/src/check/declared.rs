//! Names that a file uses and nothing declares, and names that two imports
//! declare.

use protocol::bundle::Diagnostic;
use protocol::manifest::Package;

use super::repair::{self, Wanted};
use super::{Check, failure, icons, written};
use crate::codes;
use crate::diagnostic::DiagnosticExt;
use crate::scan::{ImportClause, NameUse, Undeclared};
use crate::suggest;
use crate::swc::FxHashMap;

/// More places than this to import a name from are no help.
const MAX_OFFERS: usize = 3;

/// More names of one file that are imported twice than this are noise.
const MAX_DUPLICATES: usize = 30;

/// Where a name can be imported from.
struct Offer {
    specifier: String,
    is_default: bool,
}

/// Components and hooks that nothing declares.
pub(super) fn undeclared(check: &Check<'_>) -> Vec<Diagnostic> {
    let names = &check.module.names.undeclared;
    names.iter().map(|name| missing(check, name)).collect()
}

fn missing(check: &Check<'_>, undeclared: &Undeclared) -> Diagnostic {
    let name = undeclared.name.as_str();
    let mut diagnostic = check
        .at(
            Some(undeclared.range),
            codes::UNDECLARED_NAME,
            format!("`{name}` is used here, and nothing declares it."),
        )
        .warning();
    let offers = offers(check, undeclared);
    for offer in &offers {
        let wanted = Wanted {
            name,
            specifier: &offer.specifier,
            is_default: offer.is_default,
        };
        let (span, text) = repair::add(check, &wanted);
        diagnostic = diagnostic.fix(
            format!("Import {name} from {}", offer.specifier),
            span,
            text,
        );
    }
    diagnostic.help(match offers.first() {
        Some(offer) => {
            let line = repair::declaration(&Wanted {
                name,
                specifier: &offer.specifier,
                is_default: offer.is_default,
            });
            format!("Import it: `{line}`")
        }
        None => match near(check, undeclared).as_slice() {
            [] => "Import it, or write it in a file of the project and import it from there."
                .to_owned(),
            near => format!("Did you mean {}?", suggest::quoted_list(near)),
        },
    })
}

/// The project's own first, then React, then other packages, icons last.
fn offers(check: &Check<'_>, undeclared: &Undeclared) -> Vec<Offer> {
    let name = undeclared.name.as_str();
    let package = |specifier: &str, is_default| Offer {
        specifier: specifier.to_owned(),
        is_default,
    };
    let in_packages = |pick: &dyn Fn(&str, &Package) -> bool| -> Vec<Offer> {
        check
            .manifest
            .packages
            .iter()
            .filter(|(key, package)| pick(key, package) && has(&package.exports, name))
            .map(|(key, _)| package(key, false))
            .collect()
    };
    match undeclared.kind {
        NameUse::React if check.manifest.packages.contains_key("react") => {
            return vec![package("react", true)];
        }
        NameUse::React => return Vec::new(),
        NameUse::Component | NameUse::Namespace | NameUse::Hook => {}
    }
    let entry = check.project.conventional_entry().map(|entry| entry.id);
    let mut offers: Vec<Offer> = check
        .project
        .paths()
        .filter(|path| *path != check.file && Some(*path) != entry.as_deref())
        .filter_map(|path| {
            let text = check.project.source(path)?.text();
            let is_default = written::exports(path, text, name)?;
            Some(Offer {
                specifier: failure::relative(check.file, path),
                is_default,
            })
        })
        .collect();
    offers.extend(in_packages(&|key, _| key == "react"));
    offers.extend(in_packages(&|key, package| {
        key != "react" && package.in_prompt && package.category != icons::CATEGORY
    }));
    if undeclared.kind == NameUse::Component {
        offers.extend(in_packages(&|_, package| {
            package.category == icons::CATEGORY
        }));
    }
    offers.truncate(MAX_OFFERS);
    offers
}

/// Names in reach that were probably meant.
fn near<'a>(check: &'a Check<'_>, undeclared: &Undeclared) -> Vec<&'a str> {
    let imported = check.module.names.clauses.iter();
    let imported = imported.flat_map(|clause| clause.values().map(|(local, _)| local));
    let react = check.manifest.packages.get("react");
    let react = react.into_iter().flat_map(|react| &react.exports);
    suggest::nearest(&undeclared.name, imported.chain(react.map(String::as_str)))
}

fn has(sorted: &[String], name: &str) -> bool {
    sorted
        .binary_search_by(|entry| entry.as_str().cmp(name))
        .is_ok()
}

/// Names that a second import declares again.
pub(super) fn duplicates(check: &Check<'_>) -> Vec<Diagnostic> {
    let mut first: FxHashMap<&str, (&str, &str)> = FxHashMap::default();
    let mut found = Vec::new();
    for clause in &check.module.names.clauses {
        if found.len() >= MAX_DUPLICATES {
            break;
        }
        for (local, name) in clause.values() {
            let this = (clause.specifier.as_str(), name);
            match first.get(local) {
                None => {
                    first.insert(local, this);
                }
                Some(earlier) if is_same(*earlier, this) => {
                    found.push(repeated(check, clause, local, name));
                }
                Some((earlier, _)) => {
                    let message = format!(
                        "`{local}` is imported twice: from `{earlier}` and from `{}`.",
                        clause.specifier
                    );
                    found.push(
                        check
                            .at(Some(clause.range), codes::DUPLICATE_IMPORT, message)
                            .help(format!(
                                "Give one of them another name: `{local} as Other{local}`."
                            )),
                    );
                }
            }
        }
    }
    found
}

/// The same thing under the same name again: it runs, and is taken out.
fn repeated(check: &Check<'_>, clause: &ImportClause, local: &str, name: &str) -> Diagnostic {
    let default = clause
        .default
        .as_deref()
        .filter(|default| *default != local);
    let mut rest = clause.clone();
    rest.named.retain(|named| named.local != local);
    if name == "*" {
        rest.namespace = None;
    }
    let (span, text) = repair::rewrite(check, &rest, default, &rest.named);
    let message = format!("`{local}` is imported from `{}` already.", clause.specifier);
    check
        .at(Some(clause.range), codes::DUPLICATE_IMPORT, message)
        .help("Import it once.")
        .warning()
        .fix(format!("Remove the second {local}"), span, text)
}

/// Whether two imports bring in the same thing; React is the same either way.
fn is_same(one: (&str, &str), other: (&str, &str)) -> bool {
    let is_whole = |name| matches!(name, "default" | "*");
    one == other || (one.0 == "react" && other.0 == "react" && is_whole(one.1) && is_whole(other.1))
}
