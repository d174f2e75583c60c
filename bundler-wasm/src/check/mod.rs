//! What shows only when all files are known: imports that lead nowhere, names
//! that aren't exported, an entry that can't be mounted.

mod declared;
mod failure;
mod icons;
mod names;
mod repair;
mod written;

use std::collections::BTreeMap;
use std::rc::Rc;

use protocol::bundle::{Diagnostic, Entry};
use protocol::manifest::Manifest;

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::language::split_query;
use crate::module::{Compiled, Import, ImportKind};
use crate::project::Project;
use crate::resolve::Resolution;
use crate::source::ByteRange;

/// What the checks of one file share.
struct Check<'a> {
    project: &'a Project,
    manifest: &'a Manifest,
    modules: &'a BTreeMap<String, Rc<Compiled>>,
    file: &'a str,
    module: &'a Compiled,
}

impl Check<'_> {
    /// A finding about an import, at its specifier.
    fn at_import(&self, import: &Import, code: &str, message: impl Into<String>) -> Diagnostic {
        self.at(import.range, code, message)
    }

    fn at(&self, range: Option<ByteRange>, code: &str, message: impl Into<String>) -> Diagnostic {
        match range {
            Some(range) => diagnostic::at(code, self.file, &self.module.source, range, message),
            None => diagnostic::whole(code, self.file, message),
        }
    }
}

/// Findings about what one file imports, and what it should.
pub(crate) fn imports(
    project: &Project,
    manifest: &Manifest,
    modules: &BTreeMap<String, Rc<Compiled>>,
    file: &str,
    module: &Compiled,
) -> Vec<Diagnostic> {
    let check = Check {
        project,
        manifest,
        modules,
        file: split_query(file).0,
        module,
    };
    let mut found = declared::undeclared(&check);
    found.extend(declared::duplicates(&check));
    for import in &module.imports {
        match &import.resolution {
            Resolution::Failed(failure) if import.kind == ImportKind::Address => {
                found.push(failure::missing_address(&check, import, failure));
            }
            Resolution::Failed(failure) => found.push(failure::explain(&check, import, failure)),
            Resolution::PackageStyle => found.push(
                check
                    .at_import(
                        import,
                        codes::UNSUPPORTED_FILE,
                        format!("`{}` is left out: style sheets of packages aren't served.", import.specifier),
                    )
                    .help("Remove the import, and style the component with Tailwind classes or your own CSS.")
                    .warning(),
            ),
            Resolution::Package { specifier, .. } => {
                found.extend(names::of_package(&check, import, specifier));
            }
            Resolution::Module(target) => found.extend(names::of_module(&check, import, target)),
            Resolution::Style(_) => {}
        }
    }
    for import in &module.dropped {
        if let Resolution::Failed(failure) = &import.resolution {
            found.push(failure::explain(&check, import, failure).warning());
        }
    }
    found
}

/// Findings about the file that the app starts with.
pub(crate) fn entry(
    entry: Option<&Entry>,
    modules: &BTreeMap<String, Rc<Compiled>>,
) -> Option<Diagnostic> {
    let Some(entry) = entry else {
        let diagnostic =
            diagnostic::whole(codes::NO_ENTRY, "", "The app has no file to start with.");
        return Some(
            diagnostic.help(
                "Create src/App.tsx with a component as its default export, or src/main.tsx.",
            ),
        );
    };
    let module = modules.get(&entry.id)?;
    if !entry.mount || module.is_broken {
        return None;
    }
    if names::exports(modules, &entry.id).has("default") {
        return None;
    }
    let near: Vec<&str> = module
        .exports
        .iter()
        .map(|export| export.name.as_str())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        .collect();
    let help = match near.first() {
        Some(name) => format!("Write `export default {name};` at the end of the file."),
        None => "Write `export default function App() { … }`.".to_owned(),
    };
    let message = format!(
        "`{}` has no default export, so there is nothing to show.",
        entry.id
    );
    Some(diagnostic::whole(codes::NO_DEFAULT_EXPORT, &entry.id, message).help(help))
}
