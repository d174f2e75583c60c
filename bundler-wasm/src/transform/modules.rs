//! ES modules to the registry form that `docs/architecture.md` shows: exports
//! become getters that are registered first, imports become `_m0` and `_d0`,
//! and every reference to an imported name is rewritten to a property read, so
//! that bindings are live and cycles work.

use std::collections::{BTreeMap, HashMap};

use protocol::bundle::Diagnostic;

use super::{Context, env, references};
use crate::diagnostic::DiagnosticExt;
use crate::module::{Export, Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::source::{ByteRange, to_u32};
use crate::swc::{
    Atom, DUMMY_SP, Span, Spanned, SyntaxContext, VisitMutWith, ast, find_pat_ids, private_ident,
};

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
struct Request {
    object: ast::Ident,
    resolution: Resolution,
    /// Whether its variable stands in the head already.
    is_bound: bool,
    is_run: bool,
}

/// Where an export's value comes from.
enum Value {
    Local(ast::Ident),
    Imported(ast::Ident),
    /// `export { name } from`: specifier and name; no name for the namespace.
    From(String, Option<String>),
}

struct Builder<'a> {
    context: &'a Context<'a>,
    params: Params,
    requests: HashMap<String, Request>,
    counts: (u32, u32),
    bindings: HashMap<ast::Id, Binding>,
    imports: Vec<Import>,
    exports: BTreeMap<String, Value>,
    /// Anonymous functions that are default exports, whose name is "default".
    unnamed: Vec<ast::Ident>,
    /// Requires and stars, in order of the text.
    head: Vec<ast::Stmt>,
    body: Vec<ast::Stmt>,
    diagnostics: Vec<Diagnostic>,
}

/// The factory's parameters.
struct Params {
    require: ast::Ident,
    exports: ast::Ident,
    module: ast::Ident,
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
    fn request(&mut self, specifier: &str) -> &mut Request {
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
    fn module_value(&self, resolution: &Resolution) -> ast::Expr {
        match resolution {
            Resolution::Module(path) => call(
                ast::Expr::Ident(self.params.require.clone()),
                vec![env::string(path)],
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
                ast::ImportSpecifier::Named(named) => {
                    let name = named
                        .imported
                        .as_ref()
                        .map_or_else(|| named.local.sym.to_string(), export_name);
                    let span = named
                        .imported
                        .as_ref()
                        .map_or(named.local.span, Spanned::span);
                    names.push(ImportedName {
                        name: name.clone(),
                        range: self.context.range(span),
                        form: match named.imported {
                            Some(_) => NameForm::Renamed,
                            None => NameForm::Plain {
                                alone: is_alone.then(|| self.braces(import)).flatten(),
                            },
                        },
                    });
                    (&named.local, Some(name))
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
                ast::ExportSpecifier::Named(named) => {
                    let original = export_name(&named.orig);
                    let exported = named
                        .exported
                        .as_ref()
                        .map_or_else(|| original.clone(), export_name);
                    names.push(ImportedName {
                        name: original.clone(),
                        range: self.context.range(named.orig.span()),
                        form: match named.exported {
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
        let star = env::member(env::global(self.context, "__cumulet"), "star", DUMMY_SP);
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
            env::member(object, "default", DUMMY_SP)
        } else {
            value
        };
        self.exports
            .insert("default".to_owned(), Value::Local(ident.clone()));
        self.body.push(constant(ident, value));
    }

    fn finish(mut self) -> RegistryModule {
        let mut rewriter = references::Rewriter::new(self.context, &self.bindings);
        self.body.visit_mut_with(&mut rewriter);
        let uses_refresh = rewriter.uses_refresh;
        self.diagnostics.append(&mut rewriter.diagnostics);
        for (import, member) in std::mem::take(&mut rewriter.members) {
            if let Some(import) = self.imports.get_mut(import) {
                match member {
                    Some(name) => import.names.push(name),
                    None => import.is_whole = true,
                }
            }
        }
        self.imports.append(&mut rewriter.dynamic);

        let mut statements = vec![statement(env::string("use strict"))];
        if uses_refresh {
            statements.push(self.refresh_head());
        }
        let exports = std::mem::take(&mut self.exports);
        let names: Vec<Export> = exports
            .keys()
            .map(|name| Export { name: name.clone() })
            .collect();
        if !exports.is_empty() {
            statements.push(self.register(exports));
        }
        for ident in std::mem::take(&mut self.unnamed) {
            statements.push(self.name_default(ident));
        }
        statements.append(&mut self.head);
        statements.append(&mut self.body);
        RegistryModule {
            program: self.define(statements),
            imports: self.imports,
            exports: names,
            diagnostics: self.diagnostics,
        }
    }

    /// `__cumulet.export(__exports, { name: () => name, … })`
    fn register(&mut self, exports: BTreeMap<String, Value>) -> ast::Stmt {
        let mut getters = Vec::new();
        for (name, value) in exports {
            let value = self.export_value(value);
            getters.push(property(&name, arrow(value)));
        }
        let export = env::member(env::global(self.context, "__cumulet"), "export", DUMMY_SP);
        statement(call(
            export,
            vec![
                ast::Expr::Ident(self.params.exports.clone()),
                ast::Expr::Object(ast::ObjectLit {
                    span: DUMMY_SP,
                    props: getters,
                }),
            ],
        ))
    }

    fn export_value(&mut self, value: Value) -> ast::Expr {
        match value {
            Value::Local(ident) => ast::Expr::Ident(ident),
            Value::Imported(ident) => match self.bindings.get(&ident.to_id()).cloned() {
                None => ast::Expr::Ident(ident),
                Some(binding) => {
                    if binding.name.is_none()
                        && let Some(import) = self.imports.get_mut(binding.import)
                    {
                        import.is_whole = true;
                    }
                    let specifier = self
                        .imports
                        .get(binding.import)
                        .map(|import| import.specifier.clone());
                    self.forwarded(&specifier.unwrap_or_default(), binding.name.as_deref())
                }
            },
            Value::From(specifier, name) => self.forwarded(&specifier, name.as_deref()),
        }
    }

    /// A re-exported value. It asks the registry each time rather than reading
    /// `_m0`: in a cycle it may be asked for before that has its value.
    fn forwarded(&mut self, specifier: &str, name: Option<&str>) -> ast::Expr {
        let resolution = self.request(specifier).resolution.clone();
        let value = self.module_value(&resolution);
        match name {
            Some(name) => env::member(value, name, DUMMY_SP),
            None => value,
        }
    }

    /// `var $RefreshReg$ = __module.refreshReg, $RefreshSig$ = __module.refreshSig;`
    fn refresh_head(&self) -> ast::Stmt {
        let declarator = |name: &str, field: &str| {
            let ident = ast::Ident::new(name.into(), DUMMY_SP, SyntaxContext::empty());
            let module = ast::Expr::Ident(self.params.module.clone());
            declarator(ident, env::member(module, field, DUMMY_SP))
        };
        declaration(
            ast::VarDeclKind::Var,
            vec![
                declarator("$RefreshReg$", "refreshReg"),
                declarator("$RefreshSig$", "refreshSig"),
            ],
        )
    }

    /// `Object.defineProperty(_default, "name", { value: "default", configurable: true })`
    fn name_default(&self, ident: ast::Ident) -> ast::Stmt {
        let object = env::global(self.context, "Object");
        let yes = ast::Expr::Lit(ast::Lit::Bool(ast::Bool {
            span: DUMMY_SP,
            value: true,
        }));
        statement(call(
            env::member(object, "defineProperty", DUMMY_SP),
            vec![
                ast::Expr::Ident(ident),
                env::string("name"),
                ast::Expr::Object(ast::ObjectLit {
                    span: DUMMY_SP,
                    props: vec![
                        property("value", env::string("default")),
                        property("configurable", yes),
                    ],
                }),
            ],
        ))
    }

    /// `__cumulet.define("src/App.tsx", function (__require, __exports, __module) { … })`
    fn define(&self, statements: Vec<ast::Stmt>) -> ast::Program {
        let param = |ident: &ast::Ident| ast::Param {
            span: DUMMY_SP,
            decorators: Vec::new(),
            pat: ast::Pat::Ident(ident.clone().into()),
        };
        let function = ast::Function {
            params: vec![
                param(&self.params.require),
                param(&self.params.exports),
                param(&self.params.module),
            ],
            body: Some(ast::FunctionBody {
                stmts: statements,
                ..Default::default()
            }),
            ..Default::default()
        };
        let factory = ast::Expr::Fn(ast::FnExpr {
            ident: None,
            function: Box::new(function),
        });
        let define = env::member(env::global(self.context, "__cumulet"), "define", DUMMY_SP);
        ast::Program::Script(ast::Script {
            span: DUMMY_SP,
            body: vec![statement(call(
                define,
                vec![env::string(self.context.file), factory],
            ))],
            shebang: None,
        })
    }
}

/// `AppDependencies.core["react"]`
pub(super) fn package_value(context: &Context<'_>, category: &str, specifier: &str) -> ast::Expr {
    let all = env::global(context, "AppDependencies");
    ast::Expr::Member(ast::MemberExpr {
        span: DUMMY_SP,
        obj: Box::new(env::member(all, category, DUMMY_SP)),
        prop: ast::MemberProp::Computed(ast::ComputedPropName {
            span: DUMMY_SP,
            expr: Box::new(env::string(specifier)),
        }),
    })
}

/// Names that the module itself exports, `export *` left aside.
pub(super) fn export_names(module: &ast::Module) -> Vec<String> {
    let mut names = Vec::new();
    for item in &module.body {
        let ast::ModuleItem::ModuleDecl(declaration) = item else {
            continue;
        };
        match declaration {
            ast::ModuleDecl::ExportDecl(export) => match &export.decl {
                ast::Decl::TsInterface(interface) => names.push(interface.id.sym.to_string()),
                ast::Decl::TsTypeAlias(alias) => names.push(alias.id.sym.to_string()),
                ast::Decl::TsModule(namespace) => {
                    if let ast::TsModuleName::Ident(ident) = &namespace.id {
                        names.push(ident.sym.to_string());
                    }
                }
                other => names.extend(
                    declared_idents(other)
                        .into_iter()
                        .map(|i| i.sym.to_string()),
                ),
            },
            ast::ModuleDecl::ExportNamed(export) => {
                for one in &export.specifiers {
                    if let ast::ExportSpecifier::Named(named) = one {
                        names.push(export_name(named.exported.as_ref().unwrap_or(&named.orig)));
                    }
                }
            }
            ast::ModuleDecl::ExportDefaultDecl(_) => names.push("default".to_owned()),
            _ => {}
        }
    }
    names
}

fn declared_idents(declaration: &ast::Decl) -> Vec<ast::Ident> {
    match declaration {
        ast::Decl::Class(class) => vec![class.ident.clone()],
        ast::Decl::Fn(function) => vec![function.ident.clone()],
        ast::Decl::Var(variables) => find_pat_ids(&variables.decls),
        ast::Decl::Using(using) => find_pat_ids(&using.decls),
        ast::Decl::TsEnum(declaration) => vec![declaration.id.clone()],
        ast::Decl::TsInterface(_) | ast::Decl::TsTypeAlias(_) | ast::Decl::TsModule(_) => {
            Vec::new()
        }
    }
}

fn export_name(name: &ast::ModuleExportName) -> String {
    match name {
        ast::ModuleExportName::Ident(ident) => ident.sym.to_string(),
        ast::ModuleExportName::Str(string) => string.value.to_string_lossy().into_owned(),
    }
}

/// `name: value`; quoted where needed, computed where a plain key would set
/// the prototype.
fn property(name: &str, value: ast::Expr) -> ast::PropOrSpread {
    let key = if name == "__proto__" {
        ast::PropName::Computed(ast::ComputedPropName {
            span: DUMMY_SP,
            expr: Box::new(env::string(name)),
        })
    } else if crate::emit::is_identifier(name) {
        ast::PropName::Ident(ast::IdentName::new(name.into(), DUMMY_SP))
    } else {
        ast::PropName::Str(ast::Str {
            span: DUMMY_SP,
            value: name.into(),
            raw: Some(crate::emit::string_literal(name).into()),
        })
    };
    ast::PropOrSpread::Prop(Box::new(ast::Prop::KeyValue(ast::KeyValueProp {
        key,
        value: Box::new(value),
    })))
}

fn arrow(value: ast::Expr) -> ast::Expr {
    ast::Expr::Arrow(ast::ArrowExpr {
        body: Box::new(ast::ArrowFunctionBody::Expr(Box::new(value))),
        ..Default::default()
    })
}

/// `callee(…args)`
pub(super) fn call(callee: ast::Expr, args: Vec<ast::Expr>) -> ast::Expr {
    ast::Expr::Call(ast::CallExpr {
        callee: ast::Callee::Expr(Box::new(callee)),
        args: args
            .into_iter()
            .map(|expr| ast::ExprOrSpread {
                spread: None,
                expr: Box::new(expr),
            })
            .collect(),
        ..Default::default()
    })
}

fn statement(expr: ast::Expr) -> ast::Stmt {
    ast::Stmt::Expr(ast::ExprStmt {
        span: DUMMY_SP,
        expr: Box::new(expr),
    })
}

fn constant(ident: ast::Ident, value: ast::Expr) -> ast::Stmt {
    declaration(ast::VarDeclKind::Const, vec![declarator(ident, value)])
}

fn declaration(kind: ast::VarDeclKind, decls: Vec<ast::VarDeclarator>) -> ast::Stmt {
    ast::Stmt::Decl(ast::Decl::Var(Box::new(ast::VarDecl {
        kind,
        decls,
        ..Default::default()
    })))
}

fn declarator(ident: ast::Ident, value: ast::Expr) -> ast::VarDeclarator {
    ast::VarDeclarator {
        span: Span::default(),
        name: ast::Pat::Ident(ident.into()),
        init: Some(Box::new(value)),
        definite: false,
    }
}
