//! The walk itself: it knows where it is, and asks the other files of this
//! folder what they make of a node.

use protocol::bundle::Severity;

use super::aliases::Aliases;
use super::classes::{is_class_attribute, joins_classes};
use super::undeclared::NameUse;
use super::{Input, Scanned, is_ambient};
use crate::diagnostic::DiagnosticExt;
use crate::swc::{Span, Spanned, Visit, VisitWith, ast, noop_visit_type};

/// More errors, or more warnings, of one file than this are noise.
const MAX_FINDINGS: usize = 100;

pub(super) struct Walk<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) aliases: Aliases,
    /// Functions around the place; `await` outside of all makes the module wait.
    pub(super) function_depth: u32,
    /// Whether `await` may stand here.
    pub(super) can_await: bool,
    /// Class attributes and class-joining calls around the place.
    pub(super) class_depth: u32,
    room_for_errors: usize,
    room_for_warnings: usize,
    pub(super) found: Scanned,
}

/// Walks a module.
pub(super) fn walk(input: &Input<'_>, aliases: Aliases, module: &ast::Module) -> Scanned {
    let mut walk = Walk {
        input,
        aliases,
        function_depth: 0,
        can_await: true,
        class_depth: 0,
        room_for_errors: MAX_FINDINGS,
        room_for_warnings: MAX_FINDINGS,
        found: Scanned::default(),
    };
    module.visit_with(&mut walk);
    walk.found
}

impl Walk<'_> {
    /// An error without a fix.
    pub(super) fn report(&mut self, code: &str, span: Span, message: &str, help: &str) {
        self.finding(Severity::Error, code, span, message, help, None);
    }

    /// A finding; `fix` is a title, and what replaces the text of `span`.
    pub(super) fn finding(
        &mut self,
        severity: Severity,
        code: &str,
        span: Span,
        message: &str,
        help: &str,
        fix: Option<(&str, &str)>,
    ) {
        let room = match severity {
            Severity::Error => &mut self.room_for_errors,
            Severity::Warning => &mut self.room_for_warnings,
        };
        let Some(left) = room.checked_sub(1) else {
            return;
        };
        *room = left;
        let mut diagnostic = self.input.diagnostic(code, span, message).help(help);
        diagnostic.severity = severity;
        if let (Some((title, text)), Some(range)) = (fix, self.input.range(span)) {
            diagnostic = diagnostic.fix(title, self.input.source.span(range), text);
        }
        self.found.diagnostics.push(diagnostic);
    }

    fn in_function(&mut self, is_async: bool, walk: impl FnOnce(&mut Self)) {
        let could_await = std::mem::replace(&mut self.can_await, is_async);
        self.function_depth += 1;
        walk(self);
        self.function_depth -= 1;
        self.can_await = could_await;
    }
}

impl Visit for Walk<'_> {
    noop_visit_type!();

    fn visit_import_decl(&mut self, _: &ast::ImportDecl) {}
    fn visit_export_all(&mut self, _: &ast::ExportAll) {}
    fn visit_named_export(&mut self, _: &ast::NamedExport) {}
    fn visit_ts_import_equals_decl(&mut self, _: &ast::TsImportEqualsDecl) {}

    fn visit_stmt(&mut self, node: &ast::Stmt) {
        if !matches!(
            node,
            ast::Stmt::Decl(ast::Decl::Class(_) | ast::Decl::Fn(_))
        ) {
            self.stray_decorator(node.span());
        }
        if let ast::Stmt::Expr(expression) = node {
            self.open_import(expression);
        }
        node.visit_children_with(self);
    }

    fn visit_decl(&mut self, node: &ast::Decl) {
        if !is_ambient(node) {
            node.visit_children_with(self);
        }
    }

    fn visit_function(&mut self, node: &ast::Function) {
        // Without a body it is an overload, which is a type.
        if node.body.is_some() {
            // Decorators are evaluated where the class is.
            node.decorators.visit_with(self);
            self.in_function(node.is_async, |walk| {
                node.params.visit_with(walk);
                node.body.visit_with(walk);
            });
        }
    }
    fn visit_arrow_expr(&mut self, node: &ast::ArrowExpr) {
        self.in_function(node.is_async, |walk| node.visit_children_with(walk));
    }
    fn visit_constructor(&mut self, node: &ast::Constructor) {
        self.in_function(false, |walk| node.visit_children_with(walk));
    }
    fn visit_getter_prop(&mut self, node: &ast::GetterProp) {
        self.in_function(false, |walk| node.visit_children_with(walk));
    }
    fn visit_setter_prop(&mut self, node: &ast::SetterProp) {
        self.in_function(false, |walk| node.visit_children_with(walk));
    }
    fn visit_ts_module_decl(&mut self, node: &ast::TsModuleDecl) {
        self.in_function(false, |walk| node.visit_children_with(walk));
    }
    fn visit_ts_enum_decl(&mut self, node: &ast::TsEnumDecl) {
        self.in_function(false, |walk| node.visit_children_with(walk));
    }

    fn visit_await_expr(&mut self, node: &ast::AwaitExpr) {
        self.awaited(node.span);
        node.visit_children_with(self);
    }

    fn visit_for_of_stmt(&mut self, node: &ast::ForOfStmt) {
        if node.is_await {
            self.awaited(node.span);
        }
        node.visit_children_with(self);
    }

    fn visit_using_decl(&mut self, node: &ast::UsingDecl) {
        if node.is_await {
            self.awaited(node.span);
        }
        node.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, node: &ast::CallExpr) {
        if let ast::Callee::Expr(callee) = &node.callee {
            self.called(callee, &node.args, node.span);
            self.hook(callee);
        }
        self.meta_call(node);
        self.in_classes(node, joins_classes(node));
    }

    fn visit_opt_call(&mut self, node: &ast::OptCall) {
        self.called(&node.callee, &node.args, node.span);
        node.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, node: &ast::TaggedTpl) {
        self.called(&node.tag, &[], node.span);
        node.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, node: &ast::NewExpr) {
        self.constructed(&node.callee, node.span);
        node.visit_children_with(self);
    }

    fn visit_class(&mut self, node: &ast::Class) {
        if let Some(superclass) = &node.super_class {
            self.extended(superclass);
        }
        node.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, node: &ast::AssignExpr) {
        self.address_assigned(node);
        node.visit_children_with(self);
    }

    fn visit_member_expr(&mut self, node: &ast::MemberExpr) {
        if let ast::Expr::Ident(object) = &*node.obj
            && object.sym == "React"
        {
            self.used(object, NameUse::React);
        }
        node.visit_children_with(self);
    }

    fn visit_jsx_opening_element(&mut self, node: &ast::JSXOpeningElement) {
        self.element(node);
        node.visit_children_with(self);
    }

    fn visit_jsx_attr(&mut self, node: &ast::JSXAttr) {
        let is_class = match &node.name {
            ast::JSXAttrName::Ident(name) => is_class_attribute(&name.sym),
            ast::JSXAttrName::JSXNamespacedName(_) => false,
        };
        self.in_classes(node, is_class);
    }

    fn visit_str(&mut self, node: &ast::Str) {
        if let Some(text) = node.value.as_str() {
            self.words(text);
        }
    }

    fn visit_tpl_element(&mut self, node: &ast::TplElement) {
        self.words(&node.raw);
    }

    fn visit_key_value_prop(&mut self, node: &ast::KeyValueProp) {
        // `clsx({ hidden: !isOpen })`
        if let ast::PropName::Ident(name) = &node.key {
            self.words(&name.sym);
        }
        node.visit_children_with(self);
    }
}
