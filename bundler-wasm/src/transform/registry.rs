//! The registry form itself: the `define` call, the getters of the exports and
//! the head of the factory.

use std::collections::BTreeMap;

use super::modules::{Builder, RegistryModule, Value};
use super::nodes::{self, arrow, call, declaration, declarator, property, statement};
use super::references;
use crate::module::Export;
use crate::swc::{DUMMY_SP, SyntaxContext, VisitMutWith, ast};

impl Builder<'_> {
    /// Puts the module together once all of its items are read.
    pub(super) fn finish(mut self) -> RegistryModule {
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

        let mut statements = vec![statement(nodes::string("use strict"))];
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
        let export = nodes::member(nodes::global(self.context, "__cumulet"), "export", DUMMY_SP);
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
            Some(name) => nodes::member(value, name, DUMMY_SP),
            None => value,
        }
    }

    /// `var $RefreshReg$ = __module.refreshReg, $RefreshSig$ = __module.refreshSig;`
    fn refresh_head(&self) -> ast::Stmt {
        let declarator = |name: &str, field: &str| {
            let ident = ast::Ident::new(name.into(), DUMMY_SP, SyntaxContext::empty());
            let module = ast::Expr::Ident(self.params.module.clone());
            declarator(ident, nodes::member(module, field, DUMMY_SP))
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
        let object = nodes::global(self.context, "Object");
        let yes = ast::Expr::Lit(ast::Lit::Bool(ast::Bool {
            span: DUMMY_SP,
            value: true,
        }));
        statement(call(
            nodes::member(object, "defineProperty", DUMMY_SP),
            vec![
                ast::Expr::Ident(ident),
                nodes::string("name"),
                ast::Expr::Object(ast::ObjectLit {
                    span: DUMMY_SP,
                    props: vec![
                        property("value", nodes::string("default")),
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
        let define = nodes::member(nodes::global(self.context, "__cumulet"), "define", DUMMY_SP);
        ast::Program::Script(ast::Script {
            span: DUMMY_SP,
            body: vec![statement(call(
                define,
                vec![nodes::string(self.context.file), factory],
            ))],
            shebang: None,
        })
    }
}
