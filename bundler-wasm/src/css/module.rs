//! What code gets of a `.module.css` file: a module with its class names. The
//! rules themselves are a part of the app's style sheet.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use super::scope::{Composed, Origin, Scoped, scope};
use crate::assets;
use crate::diagnostic::{self, DiagnosticExt};
use crate::language::FileKind;
use crate::literal::{is_identifier, string_literal};
use crate::module::{Compiled, Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::source::{ByteRange, Source};

/// The module of a `.module.css` file: an object of names as default export,
/// and each name by itself.
pub(crate) fn module(
    path: &str,
    source: &Rc<Source>,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Compiled {
    let mut scoped = scope(path, source);
    let mut sheets = Sheets::default();
    let composed = scoped.names.values().flat_map(|local| &local.composes);
    for one in composed {
        if let Origin::Sheet(specifier, range) = &one.from {
            sheets.add(specifier, *range, one, resolve);
        }
    }
    for import in &sheets.imports {
        if matches!(
            &import.resolution,
            Resolution::Style(_) | Resolution::Module(_)
        ) && module_path(&import.resolution).is_none()
            && let Some(range) = import.range
        {
            let message = format!("`{}` has no class names to compose.", import.specifier);
            scoped.diagnostics.push(
                diagnostic::at("unsupported-file", path, source, range, message)
                    .help("Compose from a file whose name ends in .module.css."),
            );
        }
    }

    let mut body = String::new();
    for (index, import) in sheets.imports.iter().enumerate() {
        if let Some(path) = module_path(&import.resolution) {
            // Writing into a string can't fail.
            let _ = write!(
                body,
                "const _m{index} = __require({}).default; ",
                string_literal(path)
            );
        }
    }
    body.push_str("const names = {");
    let mut getters = String::from("default: () => names");
    let mut exports = vec!["default".to_owned()];
    for name in scoped.names.keys() {
        let key = string_literal(name);
        let _ = write!(body, " [{key}]: {},", value(&scoped, &sheets, name));
        if name != "default" && name != "__proto__" {
            let key = if is_identifier(name) { name } else { &key };
            let _ = write!(getters, ", {key}: () => names[{}]", string_literal(name));
            exports.push(name.clone());
        }
    }
    body.push_str(" };");
    let mut compiled = assets::module(path, source, &getters, &body, exports);
    compiled.imports = sheets.imports;
    compiled.imports.retain(|import| {
        !matches!(
            &import.resolution,
            Resolution::Style(_) | Resolution::Module(_)
        ) || module_path(&import.resolution).is_some()
    });
    compiled.diagnostics = scoped.diagnostics;
    compiled
}

/// Sheets that names are composed from, in order of first mention.
#[derive(Default)]
struct Sheets {
    imports: Vec<Import>,
}

impl Sheets {
    fn add(
        &mut self,
        specifier: &str,
        range: ByteRange,
        composed: &Composed,
        resolve: &dyn Fn(&str) -> Resolution,
    ) {
        let name = ImportedName {
            name: composed.name.clone(),
            range: Some(composed.range),
            form: NameForm::Renamed,
        };
        let known = self.imports.iter_mut().find(|i| i.specifier == specifier);
        match known {
            Some(import) => import.names.push(name),
            None => self.imports.push(Import {
                specifier: specifier.to_owned(),
                range: Some(range),
                resolution: resolve(specifier),
                kind: ImportKind::Static,
                names: vec![name],
                is_whole: false,
            }),
        }
    }
}

fn module_path(resolution: &Resolution) -> Option<&str> {
    match resolution {
        Resolution::Module(path) if FileKind::of(path) == FileKind::CssModule => Some(path),
        _ => None,
    }
}

/// Classes of one sheet that a class may compose.
const MAX_COMPOSED: usize = 100;

/// The value of a name as an expression: its scoped name, and those of all
/// that it composes, each once.
fn value(scoped: &Scoped, sheets: &Sheets, name: &str) -> String {
    let mut plain: Vec<&str> = Vec::new();
    let mut others = String::new();
    let mut seen = BTreeSet::new();
    let mut queue = vec![name];
    while seen.len() < MAX_COMPOSED
        && let Some(name) = queue.pop()
    {
        let Some(local) = scoped.names.get(name).filter(|_| seen.insert(name)) else {
            continue;
        };
        plain.push(&local.scoped);
        for one in &local.composes {
            match &one.from {
                Origin::Here => queue.push(&one.name),
                Origin::Global => plain.push(&one.name),
                Origin::Sheet(specifier, _) => {
                    let index = sheets.imports.iter().position(|import| {
                        import.specifier == *specifier && module_path(&import.resolution).is_some()
                    });
                    if let Some(index) = index {
                        let name = string_literal(&one.name);
                        let _ = write!(others, " + \" \" + _m{index}[{name}]");
                    }
                }
            }
        }
    }
    string_literal(&plain.join(" ")) + &others
}
