//! ES modules to the registry form that `docs/architecture.md` shows: exports
//! become getters that are registered first, imports become `_m0` and `_d0`,
//! and every reference to an imported name is rewritten to a property read, so
//! that bindings are live and cycles work.

use std::collections::{BTreeMap, HashMap};

use protocol::bundle::Diagnostic;

use super::Context;
use super::exported::{declared_idents, export_name};
use super::nodes::{self, call, constant, package_value, property, statement};
use crate::diagnostic::DiagnosticExt;
use crate::module::{Export, Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::source::{ByteRange, to_u32};
use crate::swc::{Atom, DUMMY_SP, Spanned, ast, private_ident};

/// A module in registry form, and what it imports and exports.
pub(super) struct RegistryModule {
    pub(super) program: ast::Program,
    pub(super) imports: Vec<Import>,
    pub(super) exports: Vec<Export>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a local name of an import stands for.
#[derive(Clone)]
pub(super) struct Binding {
    /// `_m0` or `_d0`.
    pub(super) object: ast::Ident,
    /// Property of it; `None` for the namespace itself.
    pub(super) name: Option<String>,
    /// Index into the imports, where uses of a namespace's members are noted.
    pub(super) import: usize,
}

/// A module that is asked for, once for all declarations with its specifier.
pub(super) struct Request {
    object: ast::Ident,
    pub(super) resolution: Resolution,
    /// Whether its variable stands in the head already.
    is_bound: bool,
    is_run: bool,
}

/// Where an export's value comes from.
pub(super) enum Value {
    Local(ast::Ident),
    Imported(ast::Ident),
    /// `export { name } from`: specifier and name; no name for the namespace.
    From(String, Option<String>),
}

/// A module while it is read.
pub(super) struct Builder<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) params: Params,
    pub(super) requests: HashMap<String, Request>,
    pub(super) counts: (u32, u32),
    pub(super) bindings: HashMap<ast::Id, Binding>,
    pub(super) imports: Vec<Import>,
    pub(super) exports: BTreeMap<String, Value>,
    /// Anonymous functions that are default exports, whose name is "default".
    pub(super) unnamed: Vec<ast::Ident>,
    /// Requires and stars, in order of the text.
    pub(super) head: Vec<ast::Stmt>,
    pub(super) body: Vec<ast::Stmt>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The factory's parameters.
pub(super) struct Params {
    pub(super) require: ast::Ident,
    pub(super) exports: ast::Ident,
    pub(super) module: ast::Ident,
}

/// Rewrites a module; the program holds a single `__cumulet.define` call after it.
pub(super) fn to_registry(context: &Context<'_>, program: ast::Program) -> RegistryModule {
    let items = match program {
        ast::Program::Module(module) => module.body,
        ast::Program::Script(script) => {
            script.body.into_iter().map(ast::ModuleItem::Stmt).collect()
        }
    };
    let mut builder = Builder {
        context,
        params: Params {
            require: private_ident!("__require"),
            exports: private_ident!("__exports"),
            module: private_ident!("__module"),
        },
        requests: HashMap::new(),
        counts: (0, 0),
        bindings: HashMap::new(),
        imports: Vec::new(),
        exports: BTreeMap::new(),
        unnamed: Vec::new(),
        head: Vec::new(),
        body: Vec::new(),
        diagnostics: Vec::new(),
    };
    for item in items {
        builder.item(item);
    }
    builder.finish()
}

impl Builder<'_> {
    fn item(&mut self, item: ast::ModuleItem) {
        let declaration = match item {
            // Directives such as "use client" mean nothing here.
            ast::ModuleItem::Stmt(ast::Stmt::Expr(ast::ExprStmt { expr, .. }))
                if self.body.is_empty() && matches!(*expr, ast::Expr::Lit(ast::Lit::Str(_))) =>
            {
                return;
            }
            ast::ModuleItem::Stmt(statement) => return self.body.push(statement),
            ast::ModuleItem::ModuleDecl(declaration) => declaration,
        };
        match declaration {
            ast::ModuleDecl::Import(import) => self.import(&import),
            ast::ModuleDecl::ExportDecl(export) => {
                for ident in declared_idents(&export.decl) {
                    let name = ident.sym.to_string();
                    self.exports.insert(name, Value::Local(ident));
                }
                self.body.push(ast::Stmt::Decl(export.decl));
            }
            ast::ModuleDecl::ExportNamed(export) => self.named_export(&export),
            ast::ModuleDecl::ExportDefaultDecl(export) => self.default_declaration(export.decl),
            ast::ModuleDecl::ExportDefaultExpr(export) => self.default_value(*export.expr),
            ast::ModuleDecl::ExportAll(export) => self.star(&export),
            // Refused before, with a diagnostic.
            ast::ModuleDecl::TsImportEquals(_)
            | ast::ModuleDecl::TsExportAssignment(_)
            | ast::ModuleDecl::TsNamespaceExport(_) => {}
        }
    }

    /// The request for a specifier; a new one gets the next variable name.
    pub(super) fn request(&mut self, specifier: &str) -> &mut Request {
        let context = self.context;
        let counts = &mut self.counts;
        self.requests
            .entry(specifier.to_owned())
            .or_insert_with(|| {
                let resolution = (context.resolve)(specifier);
                let name = if matches!(resolution, Resolution::Package { .. }) {
                    counts.1 += 1;
                    format!("_d{}", counts.1 - 1)
                } else {
                    counts.0 += 1;
                    format!("_m{}", counts.0 - 1)
                };
                Request {
                    object: private_ident!(Atom::from(name)),
                    resolution,
                    is_bound: false,
                    is_run: false,
                }
            })
    }

    /// Makes the head run a module, and bind it to its variable if `bind`.
    fn require(&mut self, specifier: &str, bind: bool) -> ast::Ident {
        let request = self.request(specifier);
        let object = request.object.clone();
        let resolution = request.resolution.clone();
        let needs_variable = bind && !request.is_bound;
        let needs_run = !request.is_run && matches!(resolution, Resolution::Module(_));
        request.is_bound |= bind;
        request.is_run = true;
        if matches!(
            resolution,
            Resolution::Style(_) | Resolution::PackageStyle | Resolution::Failed(_)
        ) {
            return object;
        }
        if needs_variable {
            let value = self.module_value(&resolution);
            self.head.push(constant(object.clone(), value));
        } else if needs_run {
            let value = self.module_value(&resolution);
            self.head.push(statement(value));
        }
        object
    }

    /// `__require("src/x.ts")` or `AppDependencies.core["react"]`.
    pub(super) fn module_value(&self, resolution: &Resolution) -> ast::Expr {
        match resolution {
            Resolution::Module(path) => call(
                ast::Expr::Ident(self.params.require.clone()),
                vec![nodes::string(path)],
            ),
            Resolution::Package {
                category,
                specifier,
            } => package_value(self.context, category, specifier),
            Resolution::Style(_) | Resolution::PackageStyle | Resolution::Failed(_) => {
                ast::Expr::Object(ast::ObjectLit {
                    span: DUMMY_SP,
                    props: Vec::new(),
                })
            }
        }
    }

    fn import(&mut self, import: &ast::ImportDecl) {
        let specifier = import.src.value.to_string_lossy().into_owned();
        let object = self.require(&specifier, !import.specifiers.is_empty());
        let index = self.imports.len();
        let is_alone = import.specifiers.len() == 1;
        let mut names = Vec::new();
        for one in &import.specifiers {
            let (local, name) = match one {
                ast::ImportSpecifier::Named(one) => {
                    let name = one
                        .imported
                        .as_ref()
                        .map_or_else(|| one.local.sym.to_string(), export_name);
                    let span = one.imported.as_ref().map_or(one.local.span, Spanned::span);
                    names.push(ImportedName {
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
                    names.push(ImportedName {
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
            self.bindings.insert(
                local.to_id(),
                Binding {
                    object: object.clone(),
                    name,
                    import: index,
                },
            );
        }
        self.style_with_names(&specifier, import);
        let is_whole = import.specifiers.is_empty();
        self.add_import(&import.src, ImportKind::Static, names, is_whole);
    }

    fn style_with_names(&mut self, specifier: &str, import: &ast::ImportDecl) {
        let is_style = matches!(
            self.request(specifier).resolution,
            Resolution::Style(_) | Resolution::PackageStyle
        );
        if is_style && let Some(first) = import.specifiers.first() {
            let diagnostic = self
                .context
                .diagnostic(
                    "unsupported-file",
                    first.span(),
                    format!("`{specifier}` is a style sheet, and exports nothing."),
                )
                .help(format!(
                    "Write `import \"{specifier}\";` and use the class names as plain text; CSS modules aren't available."
                ));
            self.diagnostics.push(diagnostic);
        }
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

    fn add_import(
        &mut self,
        source: &ast::Str,
        kind: ImportKind,
        names: Vec<ImportedName>,
        is_whole: bool,
    ) {
        let specifier = source.value.to_string_lossy().into_owned();
        let resolution = self.request(&specifier).resolution.clone();
        self.imports.push(Import {
            specifier,
            range: self.context.range(source.span),
            resolution,
            kind,
            names,
            is_whole,
        });
    }

    fn named_export(&mut self, export: &ast::NamedExport) {
        let Some(source) = &export.src else {
            for one in &export.specifiers {
                let ast::ExportSpecifier::Named(named) = one else {
                    continue;
                };
                let ast::ModuleExportName::Ident(local) = &named.orig else {
                    continue;
                };
                let name = export_name(named.exported.as_ref().unwrap_or(&named.orig));
                // Which of both it is shows only when all imports are read.
                self.exports.insert(name, Value::Imported(local.clone()));
            }
            return;
        };
        let specifier = source.value.to_string_lossy().into_owned();
        self.require(&specifier, false);
        let mut names = Vec::new();
        let mut is_whole = export.specifiers.is_empty();
        for one in &export.specifiers {
            match one {
                ast::ExportSpecifier::Named(one) => {
                    let original = export_name(&one.orig);
                    let exported = one
                        .exported
                        .as_ref()
                        .map_or_else(|| original.clone(), export_name);
                    names.push(ImportedName {
                        name: original.clone(),
                        range: self.context.range(one.orig.span()),
                        form: match one.exported {
                            Some(_) => NameForm::Renamed,
                            None => NameForm::Plain { alone: None },
                        },
                    });
                    self.exports
                        .insert(exported, Value::From(specifier.clone(), Some(original)));
                }
                ast::ExportSpecifier::Namespace(namespace) => {
                    is_whole = true;
                    self.exports.insert(
                        export_name(&namespace.name),
                        Value::From(specifier.clone(), None),
                    );
                }
                ast::ExportSpecifier::Default(_) => {}
            }
        }
        self.add_import(source, ImportKind::Static, names, is_whole);
    }

    fn star(&mut self, export: &ast::ExportAll) {
        let specifier = export.src.value.to_string_lossy().into_owned();
        let object = self.require(&specifier, true);
        let star = nodes::member(nodes::global(self.context, "__cumulet"), "star", DUMMY_SP);
        self.head.push(statement(call(
            star,
            vec![
                ast::Expr::Ident(self.params.exports.clone()),
                ast::Expr::Ident(object),
            ],
        )));
        self.add_import(&export.src, ImportKind::Star, Vec::new(), true);
    }

    fn default_declaration(&mut self, declaration: ast::DefaultDecl) {
        match declaration {
            ast::DefaultDecl::Fn(function) => {
                let ident = function.ident.unwrap_or_else(|| {
                    let ident = private_ident!("_default");
                    self.unnamed.push(ident.clone());
                    ident
                });
                self.exports
                    .insert("default".to_owned(), Value::Local(ident.clone()));
                self.body.push(ast::Stmt::Decl(ast::Decl::Fn(ast::FnDecl {
                    ident,
                    declare: false,
                    function: function.function,
                })));
            }
            ast::DefaultDecl::Class(class) => match class.ident {
                Some(ident) => {
                    self.exports
                        .insert("default".to_owned(), Value::Local(ident.clone()));
                    self.body
                        .push(ast::Stmt::Decl(ast::Decl::Class(ast::ClassDecl {
                            ident,
                            declare: false,
                            class: class.class,
                        })));
                }
                None => self.default_value(ast::Expr::Class(class)),
            },
            ast::DefaultDecl::TsInterfaceDecl(_) => {}
        }
    }

    /// `export default value` → `const _default = value`; a function or class
    /// without a name gets "default" as name by standing in an object.
    fn default_value(&mut self, value: ast::Expr) {
        let ident = private_ident!("_default");
        let is_unnamed = match &value {
            ast::Expr::Arrow(_) => true,
            ast::Expr::Fn(function) => function.ident.is_none(),
            ast::Expr::Class(class) => class.ident.is_none(),
            _ => false,
        };
        let value = if is_unnamed {
            let object = ast::Expr::Object(ast::ObjectLit {
                span: DUMMY_SP,
                props: vec![property("default", value)],
            });
            nodes::member(object, "default", DUMMY_SP)
        } else {
            value
        };
        self.exports
            .insert("default".to_owned(), Value::Local(ident.clone()));
        self.body.push(constant(ident, value));
    }
}
