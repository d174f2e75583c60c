//! What changes in a module's tree before it is minified: ids get short,
//! `import.meta.env` becomes its values, large assets become addresses.

use std::collections::BTreeMap;

use crate::assets::Address;
use crate::swc::{DUMMY_SP, Mark, SyntaxContext, VisitMut, VisitMutWith, ast, noop_visit_mut_type};

/// Names that a published script takes from around it.
pub(crate) const RUNTIME: &str = "__cumulet";
/// The packages.
pub(crate) const PACKAGES: &str = "AppDependencies";
/// What the runtime has for classes with decorators.
const DECORATORS: [&str; 2] = ["decorate", "decorateLegacy"];

/// What all modules of a script share.
pub(crate) struct Context<'a> {
    /// Short ids by module.
    pub(crate) ids: &'a BTreeMap<&'a str, String>,
    /// `import.meta.env`.
    pub(crate) env: &'a BTreeMap<String, ast::Lit>,
    /// Addresses of assets by their data URLs.
    pub(crate) addresses: &'a BTreeMap<String, Address>,
    /// Of names that nothing in the script declares.
    pub(crate) unresolved: Mark,
    /// Of the parameters that stand for the two names above.
    pub(crate) outer: SyntaxContext,
}

/// Rewrites the tree of one module.
pub(crate) struct Rewriter<'a> {
    context: &'a Context<'a>,
    /// What the module calls `require`.
    require: Option<ast::Id>,
    /// Whether data URLs are to stay, as the module's importers ask.
    keeps_data: bool,
    /// Whether the module calls what the runtime has for decorators.
    pub(crate) decorates: bool,
}

impl<'a> Rewriter<'a> {
    pub(crate) fn new(context: &'a Context<'a>, keeps_data: bool) -> Self {
        Self {
            context,
            require: None,
            keeps_data,
            decorates: false,
        }
    }

    /// Rewrites `__cumulet.define("path", function (require, …) { … })`, and
    /// adds what runs before the module if the runtime has to know.
    pub(crate) fn module(&mut self, statement: &mut ast::Stmt, run_before: Option<&Vec<String>>) {
        if let Some(call) = call_of(statement) {
            if let Some(ast::ExprOrSpread { expr, .. }) = call.args.first_mut() {
                self.shorten(expr);
            }
            if let Some(function) = call
                .args
                .get_mut(1)
                .and_then(|arg| arg.expr.as_mut_fn_expr())
            {
                self.factory(&mut function.function);
            }
            if let Some(ids) = run_before {
                call.args.push(self.short_ids(ids).into());
            }
        }
        statement.visit_mut_with(self);
    }

    fn factory(&mut self, function: &mut ast::Function) {
        let first = function.params.first();
        self.require = first
            .and_then(|param| param.pat.as_ident())
            .map(|ident| ident.id.to_id());
        // The script around it says so for all modules.
        if let Some(body) = &mut function.body {
            body.stmts.retain(|statement| !is_use_strict(statement));
        }
    }

    fn short_ids(&self, ids: &[String]) -> ast::Expr {
        let ids = ids.iter().filter_map(|id| {
            let short = self.context.ids.get(id.as_str())?;
            Some(Some(ast::Expr::Lit(short.as_str().into()).into()))
        });
        ast::Expr::Array(ast::ArrayLit {
            span: DUMMY_SP,
            elems: ids.collect(),
        })
    }

    /// `name`, or `globalThis.name` where the module has a name like it.
    fn is_outer(&self, expr: &ast::Expr, name: &str) -> bool {
        match expr {
            ast::Expr::Ident(ident) => {
                ident.sym == name && ident.ctxt.outer() == self.context.unresolved
            }
            ast::Expr::Member(member) => {
                member.prop.is_ident_with(name) && member.obj.is_ident_ref_to("globalThis")
            }
            _ => false,
        }
    }

    fn shorten(&self, expr: &mut ast::Expr) {
        let ast::Expr::Lit(ast::Lit::Str(text)) = expr else {
            return;
        };
        if let Some(id) = self.context.ids.get(text.value.to_string_lossy().as_ref()) {
            *text = id.as_str().into();
        }
    }

    /// `require("path")`, `__cumulet.import("path")`
    fn names_module(&self, call: &ast::CallExpr) -> bool {
        match call.callee.as_expr().map(|callee| &**callee) {
            Some(ast::Expr::Ident(ident)) => self.require.as_ref() == Some(&ident.to_id()),
            Some(ast::Expr::Member(member)) => {
                self.is_outer(&member.obj, RUNTIME) && member.prop.is_ident_with("import")
            }
            _ => false,
        }
    }

    /// The value of `__cumulet.env.NAME`.
    fn variable(&self, expr: &ast::Expr) -> Option<ast::Lit> {
        let outer = expr.as_member()?;
        let inner = outer.obj.as_member()?;
        let name = outer.prop.as_ident()?;
        (inner.prop.is_ident_with("env") && self.is_outer(&inner.obj, RUNTIME))
            .then(|| self.context.env.get(name.sym.as_str()).cloned())?
    }

    /// What is written to stays a place: a value there would be a syntax error,
    /// which the whole script would fail with.
    fn target(&mut self, expr: &mut ast::Expr) {
        match expr {
            ast::Expr::Paren(paren) => self.target(&mut paren.expr),
            ast::Expr::Member(member) => member.visit_mut_with(self),
            other => other.visit_mut_with(self),
        }
    }
}

impl VisitMut for Rewriter<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut ast::Expr) {
        if let Some(value) = self.variable(expr) {
            *expr = ast::Expr::Lit(value);
            return;
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_update_expr(&mut self, update: &mut ast::UpdateExpr) {
        self.target(&mut update.arg);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut ast::SimpleAssignTarget) {
        match target {
            ast::SimpleAssignTarget::Paren(paren) => self.target(&mut paren.expr),
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pat: &mut ast::Pat) {
        match pat {
            ast::Pat::Expr(expr) => self.target(expr),
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut ast::CallExpr) {
        if self.names_module(call)
            && let Some(first) = call.args.first_mut()
        {
            self.shorten(&mut first.expr);
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_member_expr(&mut self, member: &mut ast::MemberExpr) {
        self.decorates |= DECORATORS
            .iter()
            .any(|name| member.prop.is_ident_with(name))
            && self.is_outer(&member.obj, RUNTIME);
        member.visit_mut_children_with(self);
    }

    fn visit_mut_str(&mut self, text: &mut ast::Str) {
        if self.keeps_data || !text.value.starts_with("data:") {
            return;
        }
        let address = self
            .context
            .addresses
            .get(text.value.to_string_lossy().as_ref());
        if let Some(address) = address {
            *text = ast::Str {
                span: DUMMY_SP,
                value: address.from_page.as_str().into(),
                raw: None,
            };
        }
    }

    fn visit_mut_ident(&mut self, ident: &mut ast::Ident) {
        if ident.ctxt.outer() == self.context.unresolved
            && (ident.sym == RUNTIME || ident.sym == PACKAGES)
        {
            ident.ctxt = self.context.outer;
        }
    }
}

/// The call that a statement is.
fn call_of(statement: &mut ast::Stmt) -> Option<&mut ast::CallExpr> {
    match statement {
        ast::Stmt::Expr(statement) => statement.expr.as_mut_call(),
        _ => None,
    }
}

fn is_use_strict(statement: &ast::Stmt) -> bool {
    match statement {
        ast::Stmt::Expr(statement) => {
            matches!(&*statement.expr, ast::Expr::Lit(ast::Lit::Str(text)) if text.value == *"use strict")
        }
        _ => false,
    }
}
