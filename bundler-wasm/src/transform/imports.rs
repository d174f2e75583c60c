//! Import declarations: what each local name stands for, and the lines of the
//! module's head that bind them.
//!
//! Packages never change while an app runs: their names are bound once, as
//! constants, and references to them stay as they are written. Names of the
//! project's own modules are read anew each time, so that bindings are live and
//! cycles work: `_m0.name`.

use std::fmt::Write as _;
use std::rc::Rc;

use super::Context;
use super::names::Names;
use super::scope::export_name;
use crate::literal::{key, member, string_literal};
use crate::module::{Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::source::{ByteRange, to_u32};
use crate::swc::{FxHashMap, Spanned, ast};

/// What a name of the source is in the output.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    /// Text that stands for a reference; `None` where the name stands for itself.
    pub(super) text: Option<Rc<str>>,
    /// The import that it comes from; names of namespaces and enums come from none.
    pub(super) import: Option<ImportedBinding>,
}

/// Where an imported name comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct ImportedBinding {
    /// Index of the declaration.
    declaration: usize,
    /// Index of the name in it.
    specifier: usize,
    /// `import * as name`
    pub(super) is_namespace: bool,
}

/// A module or package that is asked for, once for all declarations with its specifier.
#[derive(Debug)]
struct Request {
    resolution: Resolution,
    /// `_m0`, once something reads names from it.
    variable: Option<String>,
    /// Names taken from a package: its own, and the local one.
    taken: Vec<(String, String)>,
    /// Local names for the whole of it.
    wholes: Vec<String>,
    /// Whether the module must run.
    is_run: bool,
    /// Whether all of its names are passed on.
    is_star: bool,
}

impl Request {
    /// Whether names of it must be read each time.
    fn is_live(&self) -> bool {
        matches!(self.resolution, Resolution::Module(_))
    }
}

/// One name of an import declaration.
#[derive(Debug)]
struct Specifier {
    local: ast::Ident,
    /// Name in the other module; `None` for the whole of it.
    name: Option<String>,
    is_used: bool,
}

/// One import declaration.
#[derive(Debug)]
struct Declaration {
    request: usize,
    import: Import,
    specifiers: Vec<Specifier>,
}

/// All that a module imports.
pub(super) struct Imports<'a> {
    context: &'a Context<'a>,
    requests: Vec<Request>,
    by_specifier: FxHashMap<String, usize>,
    declarations: Vec<Declaration>,
    /// `import("…")`, re-exports and what JSX needs.
    others: Vec<Import>,
    modules: u32,
}

impl<'a> Imports<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            requests: Vec::new(),
            by_specifier: FxHashMap::default(),
            declarations: Vec::new(),
            others: Vec::new(),
            modules: 0,
        }
    }

    fn request(&mut self, specifier: &str) -> usize {
        if let Some(index) = self.by_specifier.get(specifier) {
            return *index;
        }
        let index = self.requests.len();
        self.requests.push(Request {
            resolution: (self.context.resolve)(specifier),
            variable: None,
            taken: Vec::new(),
            wholes: Vec::new(),
            is_run: false,
            is_star: false,
        });
        self.by_specifier.insert(specifier.to_owned(), index);
        index
    }

    /// What a specifier means.
    pub(super) fn resolution(&mut self, specifier: &str) -> Resolution {
        let index = self.request(specifier);
        self.requests
            .get(index)
            .map_or(Resolution::PackageStyle, |request| {
                request.resolution.clone()
            })
    }

    /// The variable that holds a project module.
    fn variable(&mut self, index: usize, names: &Names<'_>) -> String {
        let next = self.modules;
        let Some(request) = self.requests.get_mut(index) else {
            return String::new();
        };
        if request.variable.is_none() {
            request.variable = Some(names.unused(&format!("_m{next}")));
            self.modules += 1;
        }
        request.variable.clone().unwrap_or_default()
    }

    /// Takes a declaration in; its names go to `bind`.
    pub(super) fn declare(
        &mut self,
        import: &ast::ImportDecl,
        names: &Names<'_>,
        mut bind: impl FnMut(ast::Id, Binding),
    ) {
        if import.type_only {
            return;
        }
        let specifier = import.src.value.to_string_lossy().into_owned();
        let request = self.request(&specifier);
        let declaration = self.declarations.len();
        let mut taken = Vec::new();
        let mut specifiers = Vec::new();
        let is_alone = import.specifiers.len() == 1;
        for one in &import.specifiers {
            // In TypeScript a type may be imported under the name of a value.
            if self.context.is_typescript()
                && self.context.declared.values.contains(&local_name(one).sym)
            {
                continue;
            }
            let (local, name) = match one {
                ast::ImportSpecifier::Named(one) if one.is_type_only => continue,
                ast::ImportSpecifier::Named(one) => {
                    let name = one
                        .imported
                        .as_ref()
                        .map_or_else(|| one.local.sym.to_string(), export_name);
                    let span = one.imported.as_ref().map_or(one.local.span, Spanned::span);
                    taken.push(ImportedName {
                        name: name.clone(),
                        range: self.context.range(span),
                        form: match one.imported {
                            Some(_) => NameForm::Renamed,
                            None => NameForm::Plain {
                                alone: is_alone.then(|| self.braces(import)).flatten(),
                            },
                        },
                    });
                    (&one.local, Some(name))
                }
                ast::ImportSpecifier::Default(default) => {
                    taken.push(ImportedName {
                        name: "default".to_owned(),
                        range: self.context.range(default.span),
                        form: NameForm::Default {
                            local: default.local.sym.to_string(),
                            is_alone,
                        },
                    });
                    (&default.local, Some("default".to_owned()))
                }
                ast::ImportSpecifier::Namespace(namespace) => (&namespace.local, None),
            };
            let is_live = self.requests.get(request).is_some_and(Request::is_live);
            let text = match &name {
                Some(name) if is_live => {
                    Some(format!("{}{}", self.variable(request, names), member(name)).into())
                }
                _ => None,
            };
            bind(
                local.to_id(),
                Binding {
                    text,
                    import: Some(ImportedBinding {
                        declaration,
                        specifier: specifiers.len(),
                        is_namespace: name.is_none(),
                    }),
                },
            );
            specifiers.push(Specifier {
                local: local.clone(),
                name,
                is_used: false,
            });
        }
        let import = Import {
            is_whole: import.specifiers.is_empty(),
            range: self.context.range(import.src.span),
            resolution: self.resolution(&specifier),
            specifier,
            kind: ImportKind::Static,
            names: taken,
        };
        self.declarations.push(Declaration {
            request,
            import,
            specifiers,
        });
    }

    /// The braces of `import { name } from`, braces included.
    fn braces(&self, import: &ast::ImportDecl) -> Option<ByteRange> {
        let range = self.context.range(import.span)?;
        let text = self.context.source.slice(range);
        let open = text.find('{')?;
        let close = text.find('}')?;
        Some(ByteRange {
            start: range.start + to_u32(open),
            end: range.start + to_u32(close) + 1,
        })
    }

    /// Notes that a name is used as a value.
    pub(super) fn mark_used(&mut self, binding: ImportedBinding) {
        let specifier = self
            .declarations
            .get_mut(binding.declaration)
            .and_then(|declaration| declaration.specifiers.get_mut(binding.specifier));
        if let Some(specifier) = specifier {
            specifier.is_used = true;
        }
    }

    /// Notes `namespace.name`, or with `None` that the namespace itself is used as a value.
    pub(super) fn use_namespace(&mut self, binding: ImportedBinding, name: Option<ImportedName>) {
        if let Some(declaration) = self.declarations.get_mut(binding.declaration) {
            match name {
                Some(name) => declaration.import.names.push(name),
                None => declaration.import.is_whole = true,
            }
        }
    }

    /// The value of an imported name for an export that passes it on. It asks the
    /// registry each time rather than reading `_m0`: in a cycle it may be asked
    /// for before that has its value.
    pub(super) fn forwarded(&self, binding: ImportedBinding, require: &str) -> Option<String> {
        let declaration = self.declarations.get(binding.declaration)?;
        let specifier = declaration.specifiers.get(binding.specifier)?;
        let request = self.requests.get(declaration.request)?;
        Some(match (&request.resolution, &specifier.name) {
            (Resolution::Module(path), Some(name)) => {
                format!("{require}({}){}", string_literal(path), member(name))
            }
            _ => specifier.local.sym.to_string(),
        })
    }

    /// `export { … } from`, `export * as name from`: the value of one name, or of
    /// the whole with `None`.
    pub(super) fn reexported(
        &mut self,
        specifier: &str,
        name: Option<&str>,
        require: &str,
    ) -> String {
        let index = self.request(specifier);
        let context = self.context;
        let Some(request) = self.requests.get_mut(index) else {
            return String::new();
        };
        request.is_run = true;
        let value = value_of(context, &request.resolution, require);
        name.map_or_else(|| value.clone(), |name| format!("{value}{}", member(name)))
    }

    /// `export * from`
    pub(super) fn star(&mut self, specifier: &str, names: &Names<'_>) {
        let index = self.request(specifier);
        self.variable(index, names);
        if let Some(request) = self.requests.get_mut(index) {
            request.is_run = true;
            request.is_star = true;
        }
    }

    /// The address of a file that the code names without importing it, as an
    /// expression; `None` when there is no such file.
    pub(super) fn address(
        &mut self,
        specifier: &str,
        range: Option<ByteRange>,
        names: &Names<'_>,
    ) -> Option<String> {
        let resolution = self.resolution(specifier);
        let is_found = matches!(resolution, Resolution::Module(_));
        if is_found || matches!(resolution, Resolution::Failed(_)) {
            self.add(Import {
                specifier: specifier.to_owned(),
                range,
                resolution,
                kind: ImportKind::Address,
                names: Vec::new(),
                is_whole: false,
            });
        }
        if !is_found {
            return None;
        }
        let index = self.request(specifier);
        let variable = self.variable(index, names);
        self.requests.get_mut(index)?.is_run = true;
        Some(format!("{variable}.default"))
    }

    /// Notes an import that isn't a declaration.
    pub(super) fn add(&mut self, import: Import) {
        self.others.push(import);
    }

    /// Names of a package that the output needs beside those that the source
    /// imports: the package's own name, and the local one.
    pub(super) fn take(&mut self, specifier: &str, names: Vec<(&str, String)>) {
        let resolution = self.resolution(specifier);
        let index = self.request(specifier);
        self.others.push(Import {
            specifier: specifier.to_owned(),
            range: None,
            resolution,
            kind: ImportKind::Static,
            names: names
                .iter()
                .map(|(name, _)| ImportedName {
                    name: (*name).to_owned(),
                    range: None,
                    form: NameForm::Renamed,
                })
                .collect(),
            is_whole: false,
        });
        if let Some(request) = self.requests.get_mut(index) {
            let names = names
                .into_iter()
                .map(|(name, local)| (name.to_owned(), local));
            request.taken.extend(names);
        }
    }

    /// Ends the reading: gives what is imported, what was dropped, and the lines
    /// of the head. With `elides` (TypeScript), names that no value uses go, and
    /// so does a declaration all of whose names go.
    pub(super) fn finish(
        mut self,
        elides: bool,
        require: &str,
        exports: &str,
    ) -> (Vec<Import>, Vec<Import>, String) {
        let mut kept = Vec::new();
        let mut dropped = Vec::new();
        for declaration in std::mem::take(&mut self.declarations) {
            let is_used =
                declaration.import.is_whole || declaration.specifiers.iter().any(|one| one.is_used);
            if elides && !is_used {
                // A mistake worth naming, even while the name isn't used yet.
                if is_failed_package(&declaration.import) {
                    dropped.push(declaration.import);
                }
                continue;
            }
            let mut import = declaration.import;
            if elides {
                let unused: Vec<&str> = declaration
                    .specifiers
                    .iter()
                    .filter(|one| !one.is_used)
                    .filter_map(|one| one.name.as_deref())
                    .collect();
                import.names.retain(|name| {
                    name.form == NameForm::Member || !unused.contains(&name.name.as_str())
                });
            }
            if let Some(request) = self.requests.get_mut(declaration.request) {
                request.is_run = true;
                for one in declaration.specifiers {
                    if elides && !one.is_used {
                        continue;
                    }
                    let local = one.local.sym.to_string();
                    match one.name {
                        Some(name) if !request.is_live() => request.taken.push((name, local)),
                        Some(_) => {}
                        None => request.wholes.push(local),
                    }
                }
            }
            kept.push(import);
        }
        kept.append(&mut self.others);
        (kept, dropped, self.head(require, exports))
    }

    /// Lines that bind names and run the modules, in order of the text; packages
    /// first, because in a cycle a module that runs may call back into this one.
    fn head(&self, require: &str, exports: &str) -> String {
        let mut head = String::new();
        let used = || {
            let requests = self.requests.iter();
            requests.filter(|request| request.is_run || !request.taken.is_empty())
        };
        let packages = used().filter(|request| !request.is_live());
        for request in packages.chain(used().filter(|request| request.is_live())) {
            let value = value_of(self.context, &request.resolution, require);
            let is_module = request.is_live();
            let mut text = String::new();
            if !request.taken.is_empty() {
                let names: Vec<String> = request
                    .taken
                    .iter()
                    .map(|(name, local)| {
                        if name == local && key(name) == *name {
                            name.clone()
                        } else {
                            format!("{}: {local}", key(name))
                        }
                    })
                    .collect();
                let _ = write!(text, "const {{ {} }} = {value}; ", names.join(", "));
            }
            for local in request.variable.iter().chain(&request.wholes) {
                let _ = write!(text, "const {local} = {value}; ");
            }
            if text.is_empty() && is_module {
                let _ = write!(text, "{value}; ");
            }
            if request.is_star {
                let star = self.context.global("__cumulet");
                let from = request.variable.as_deref().unwrap_or_default();
                let _ = write!(text, "{star}.star({exports}, {from}); ");
            }
            head.push_str(&text);
        }
        head
    }
}

/// `__require("src/x.ts")` or `AppDependencies.core["react"]`.
pub(super) fn value_of(context: &Context<'_>, resolution: &Resolution, require: &str) -> String {
    match resolution {
        Resolution::Module(path) => format!("{require}({})", string_literal(path)),
        Resolution::Package {
            category,
            specifier,
        } => format!(
            "{}{}[{}]",
            context.global("AppDependencies"),
            member(category),
            string_literal(specifier)
        ),
        Resolution::Style(_) | Resolution::PackageStyle | Resolution::Failed(_) => "{}".to_owned(),
    }
}

/// The name that a specifier declares.
pub(super) fn local_name(specifier: &ast::ImportSpecifier) -> &ast::Ident {
    match specifier {
        ast::ImportSpecifier::Named(named) => &named.local,
        ast::ImportSpecifier::Default(default) => &default.local,
        ast::ImportSpecifier::Namespace(namespace) => &namespace.local,
    }
}

fn is_failed_package(import: &Import) -> bool {
    let is_package =
        !import.specifier.starts_with(['.', '/']) && !import.specifier.starts_with("@/");
    is_package && matches!(import.resolution, Resolution::Failed(_))
}
