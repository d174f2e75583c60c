//! References to imported names become property reads; `import()` becomes a
//! call of the registry.

use std::collections::HashMap;

use protocol::bundle::Diagnostic;

use super::modules::Binding;
use super::nodes::{self, call, package_value};
use super::{Context, env};
use crate::diagnostic::DiagnosticExt;
use crate::module::{Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::swc::{DUMMY_SP, Span, Spanned, VisitMut, VisitMutWith, ast};

pub(super) struct Rewriter<'a> {
    context: &'a Context<'a>,
    bindings: &'a HashMap<ast::Id, Binding>,
    /// By import: a member that is read from its namespace, or `None` where
    /// the namespace itself is used as a value.
    pub(super) members: Vec<(usize, Option<ImportedName>)>,
    /// Imports by `import()`.
    pub(super) dynamic: Vec<Import>,
    /// Whether the file registers components for React Refresh.
    pub(super) uses_refresh: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(context: &'a Context<'a>, bindings: &'a HashMap<ast::Id, Binding>) -> Self {
        Self {
            context,
            bindings,
            members: Vec::new(),
            dynamic: Vec::new(),
            uses_refresh: false,
            diagnostics: Vec::new(),
        }
    }

    /// `_m0.name`, or `_m0` for a namespace.
    fn read(&mut self, ident: &ast::Ident) -> Option<ast::Expr> {
        let binding = self.bindings.get(&ident.to_id())?;
        let mut object = binding.object.clone();
        object.span = ident.span;
        let object = ast::Expr::Ident(object);
        if let Some(name) = &binding.name {
            return Some(nodes::member(object, name, ident.span));
        }
        self.members.push((binding.import, None));
        Some(object)
    }

    /// Notes `namespace.name`, and rewrites the namespace in it.
    fn namespace_member(&mut self, member: &mut ast::MemberExpr) -> bool {
        let Some(ident) = member.obj.as_ident() else {
            return false;
        };
        let Some(binding) = self.bindings.get(&ident.to_id()) else {
            return false;
        };
        if binding.name.is_some() {
            return false;
        }
        let (name, span) = match &member.prop {
            ast::MemberProp::Ident(prop) => (prop.sym.to_string(), prop.span),
            ast::MemberProp::Computed(computed) => match &*computed.expr {
                ast::Expr::Lit(ast::Lit::Str(text)) => {
                    (text.value.to_string_lossy().into_owned(), text.span)
                }
                _ => return false,
            },
            ast::MemberProp::PrivateName(_) => return false,
        };
        self.members.push((
            binding.import,
            Some(ImportedName {
                name,
                range: self.context.range(span),
                form: NameForm::Member,
            }),
        ));
        let mut object = binding.object.clone();
        object.span = ident.span;
        *member.obj = ast::Expr::Ident(object);
        true
    }

    /// `(0, _m0.name)`, so that a called function's `this` stays undefined.
    fn detached(&mut self, expr: &ast::Expr) -> Option<ast::Expr> {
        let ident = expr.as_ident()?;
        let is_name = self.bindings.get(&ident.to_id())?.name.is_some();
        let read = self.read(ident)?;
        if !is_name {
            return Some(read);
        }
        let zero = ast::Expr::Lit(ast::Lit::Num(ast::Number {
            span: DUMMY_SP,
            value: 0.0,
            raw: None,
        }));
        Some(ast::Expr::Seq(ast::SeqExpr {
            span: ident.span,
            exprs: vec![Box::new(zero), Box::new(read)],
        }))
    }

    fn refuse_assignment(&mut self, ident: &ast::Ident) {
        if self.bindings.contains_key(&ident.to_id()) {
            let diagnostic = self
                .context
                .diagnostic(
                    "assign-to-import",
                    ident.span,
                    format!(
                        "`{}` is imported, and an import can't be assigned to.",
                        ident.sym
                    ),
                )
                .help(
                    "Export a function from its module that sets it, or keep the value in state.",
                );
            self.diagnostics.push(diagnostic);
        }
    }

    /// `import("…")` → what the registry or the package gives.
    fn dynamic_import(&mut self, node: &ast::CallExpr) -> ast::Expr {
        let Some(text) = node.args.first().and_then(|arg| plain_text(&arg.expr)) else {
            self.diagnostics.push(
                self.context
                    .diagnostic(
                        "dynamic-import",
                        node.span,
                        "`import(…)` needs a plain string: files are chosen before the app runs.",
                    )
                    .help(
                        "List the choices: { a: () => import(\"./a\"), b: () => import(\"./b\") }.",
                    ),
            );
            return ast::Expr::Object(ast::ObjectLit {
                span: DUMMY_SP,
                props: Vec::new(),
            });
        };
        let range = node
            .args
            .first()
            .and_then(|arg| self.context.range(arg.expr.span()));
        let resolution = (self.context.resolve)(&text);
        let result = match &resolution {
            Resolution::Module(path) => call(
                nodes::member(
                    nodes::global(self.context, "__cumulet"),
                    "import",
                    node.span,
                ),
                vec![nodes::string(path)],
            ),
            Resolution::Package {
                category,
                specifier,
            } => self.resolved(package_value(self.context, category, specifier), node.span),
            Resolution::Style(_) | Resolution::PackageStyle | Resolution::Failed(_) => {
                let nothing = ast::Expr::Object(ast::ObjectLit {
                    span: DUMMY_SP,
                    props: Vec::new(),
                });
                self.resolved(nothing, node.span)
            }
        };
        self.dynamic.push(Import {
            specifier: text,
            range,
            resolution,
            kind: ImportKind::Dynamic,
            names: Vec::new(),
            is_whole: true,
        });
        result
    }

    /// `Promise.resolve(value)`
    fn resolved(&self, value: ast::Expr, span: Span) -> ast::Expr {
        let promise = nodes::global(self.context, "Promise");
        call(nodes::member(promise, "resolve", span), vec![value])
    }
}

/// The text of a string or of a template without holes.
fn plain_text(expr: &ast::Expr) -> Option<String> {
    match expr {
        ast::Expr::Lit(ast::Lit::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
        ast::Expr::Tpl(template) if template.exprs.is_empty() => template
            .quasis
            .first()
            .and_then(|quasi| quasi.cooked.as_ref())
            .map(|text| text.to_string_lossy().into_owned()),
        ast::Expr::Paren(paren) => plain_text(&paren.expr),
        _ => None,
    }
}

impl VisitMut for Rewriter<'_> {
    fn visit_mut_expr(&mut self, node: &mut ast::Expr) {
        if let Some(replacement) = env::replacement(self.context, node) {
            *node = replacement;
            return;
        }
        match node {
            ast::Expr::Ident(ident) => {
                if let Some(read) = self.read(ident) {
                    *node = read;
                }
            }
            ast::Expr::Call(node_call) if node_call.callee.is_import() => {
                *node = self.dynamic_import(node_call);
            }
            ast::Expr::Update(update) => {
                if let ast::Expr::Ident(ident) = &*update.arg {
                    self.refuse_assignment(ident);
                }
                node.visit_mut_children_with(self);
            }
            _ => node.visit_mut_children_with(self),
        }
    }

    fn visit_mut_member_expr(&mut self, node: &mut ast::MemberExpr) {
        if !self.namespace_member(node) {
            node.visit_mut_children_with(self);
        }
    }

    fn visit_mut_callee(&mut self, node: &mut ast::Callee) {
        if let ast::Callee::Expr(callee) = node {
            if let ast::Expr::Ident(ident) = &**callee {
                self.uses_refresh |= ident.sym.starts_with("$Refresh");
            }
            if let Some(detached) = self.detached(callee) {
                **callee = detached;
                return;
            }
        }
        node.visit_mut_children_with(self);
    }

    fn visit_mut_opt_call(&mut self, node: &mut ast::OptCall) {
        match self.detached(&node.callee) {
            Some(detached) => {
                *node.callee = detached;
                node.args.visit_mut_with(self);
            }
            None => node.visit_mut_children_with(self),
        }
    }

    fn visit_mut_tagged_tpl(&mut self, node: &mut ast::TaggedTpl) {
        match self.detached(&node.tag) {
            Some(detached) => {
                *node.tag = detached;
                node.tpl.visit_mut_with(self);
            }
            None => node.visit_mut_children_with(self),
        }
    }

    fn visit_mut_prop(&mut self, node: &mut ast::Prop) {
        if let ast::Prop::Shorthand(ident) = node
            && let Some(read) = self.read(ident)
        {
            *node = ast::Prop::KeyValue(ast::KeyValueProp {
                key: ast::PropName::Ident(ident.clone().into()),
                value: Box::new(read),
            });
            return;
        }
        node.visit_mut_children_with(self);
    }

    fn visit_mut_simple_assign_target(&mut self, node: &mut ast::SimpleAssignTarget) {
        if let ast::SimpleAssignTarget::Ident(ident) = node {
            self.refuse_assignment(&ident.id);
        }
        node.visit_mut_children_with(self);
    }
}
