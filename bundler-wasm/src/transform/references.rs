//! References: what a name stands for in the output, where it is read, called,
//! written to, or asks for a module.

use std::rc::Rc;

use super::imports::value_of;
use super::splice::Splicer;
use crate::literal::string_literal;
use crate::module::{Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::swc::{Spanned, Visit, VisitWith, ast};

impl Splicer<'_> {
    /// What a reference is in the output; `None` when it stays as it is.
    pub(super) fn read(&mut self, ident: &ast::Ident) -> Option<Rc<str>> {
        let binding = self.bindings.get(&ident.to_id())?;
        let text = binding.text.clone();
        if let Some(imported) = binding.import {
            self.imports.mark_used(imported);
            if imported.is_namespace {
                self.imports.use_namespace(imported, None);
            }
        }
        text
    }

    /// A reference as a value.
    pub(super) fn reference(&mut self, ident: &ast::Ident) {
        if let Some(text) = self.read(ident) {
            self.replace(ident.span, &text);
        }
    }

    /// A reference that is called: `(0, _m0.name)`, so that `this` stays undefined.
    pub(super) fn called(&mut self, callee: &ast::Expr) {
        match callee.as_ident().map(|ident| (ident, self.read(ident))) {
            Some((ident, Some(text))) => {
                self.writer.copy_to(self.lo(ident.span));
                self.writer.write("(0, ");
                self.writer.write(&text);
                self.writer.write(")");
                self.writer.skip_to(self.hi(ident.span));
            }
            Some((_, None)) => {}
            None => self.visit_expr(callee),
        }
    }

    /// Whether the output of an expression begins with a bracket that its source lacks.
    pub(super) fn begins_with_bracket(&self, expr: &ast::Expr) -> bool {
        match expr {
            ast::Expr::TsTypeAssertion(_) | ast::Expr::MetaProp(_) => true,
            ast::Expr::TsConstAssertion(assertion) => {
                assertion.span.lo < assertion.expr.span_lo()
                    || self.begins_with_bracket(&assertion.expr)
            }
            ast::Expr::Call(call) => match &call.callee {
                ast::Callee::Super(_) | ast::Callee::Import(_) => true,
                ast::Callee::Expr(callee) => self.is_detached(callee),
            },
            ast::Expr::OptChain(chain) => match &*chain.base {
                ast::OptChainBase::Call(call) => self.is_detached(&call.callee),
                ast::OptChainBase::Member(member) => self.begins_with_bracket(&member.obj),
            },
            ast::Expr::TaggedTpl(template) => self.is_detached(&template.tag),
            ast::Expr::Member(member) => self.begins_with_bracket(&member.obj),
            ast::Expr::Bin(binary) => self.begins_with_bracket(&binary.left),
            ast::Expr::Cond(condition) => self.begins_with_bracket(&condition.test),
            ast::Expr::Seq(sequence) => sequence
                .exprs
                .first()
                .is_some_and(|first| self.begins_with_bracket(first)),
            ast::Expr::Assign(assign) => match &assign.left {
                ast::AssignTarget::Simple(ast::SimpleAssignTarget::Member(member)) => {
                    self.begins_with_bracket(&member.obj)
                }
                _ => false,
            },
            ast::Expr::Class(class) => self.is_decorated(&class.class),
            ast::Expr::Update(update) => !update.prefix && self.begins_with_bracket(&update.arg),
            ast::Expr::TsAs(cast) => self.begins_with_bracket(&cast.expr),
            ast::Expr::TsSatisfies(cast) => self.begins_with_bracket(&cast.expr),
            ast::Expr::TsNonNull(cast) => self.begins_with_bracket(&cast.expr),
            ast::Expr::TsInstantiation(cast) => self.begins_with_bracket(&cast.expr),
            _ => false,
        }
    }

    fn is_detached(&self, callee: &ast::Expr) -> bool {
        match callee.as_ident() {
            Some(ident) => self
                .bindings
                .get(&ident.to_id())
                .is_some_and(|binding| binding.text.is_some()),
            None => self.begins_with_bracket(callee),
        }
    }

    pub(super) fn refuse_assignment(&mut self, ident: &ast::Ident) {
        let is_import = self
            .bindings
            .get(&ident.to_id())
            .is_some_and(|binding| binding.import.is_some());
        if is_import {
            let message = format!(
                "`{}` is imported, and an import can't be assigned to.",
                ident.sym
            );
            let help =
                "Export a function from its module that sets it, or keep the value in state.";
            self.refuse("assign-to-import", ident.span, message, help);
        }
    }

    /// Notes `namespace.name`. The namespace stays as it is written.
    pub(super) fn namespace_member(&mut self, member: &ast::MemberExpr) -> bool {
        let imported = member
            .obj
            .as_ident()
            .and_then(|ident| self.bindings.get(&ident.to_id()))
            .and_then(|binding| binding.import)
            .filter(|imported| imported.is_namespace);
        let Some(imported) = imported else {
            return false;
        };
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
        let name = ImportedName {
            name,
            range: self.context.range(span),
            form: NameForm::Member,
        };
        self.imports.mark_used(imported);
        self.imports.use_namespace(imported, Some(name));
        true
    }

    pub(super) fn call(&mut self, node: &ast::CallExpr) {
        if self.glob(node) {
            return;
        }
        self.writer.copy_to(self.lo(node.span));
        let outer = self.writer.mark();
        match &node.callee {
            ast::Callee::Import(_) => return self.dynamic_import(node),
            ast::Callee::Super(_) => {
                self.check_super(node.span, true);
                if let Some(fields) = self.parameter_properties() {
                    return self.super_call(node, &fields);
                }
            }
            ast::Callee::Expr(callee) => {
                self.note_call(node, callee);
                self.called(callee);
            }
        }
        if let Some(types) = &node.type_args {
            self.skip(types.span);
        }
        self.arguments(node, outer);
    }

    /// `super(a)` → `(super(a), this.x = x, this)`, for parameters that are properties.
    fn super_call(&mut self, node: &ast::CallExpr, fields: &[String]) {
        self.writer.copy_to(self.lo(node.span));
        self.writer.write("(");
        node.args.visit_with(self);
        self.writer.copy_to(self.hi(node.span));
        for field in fields {
            self.writer.write(&format!(", {field}"));
        }
        self.writer.write(", this)");
    }

    /// `import("…")` → what the registry or the package gives.
    fn dynamic_import(&mut self, node: &ast::CallExpr) {
        let argument = node
            .args
            .first()
            .filter(|argument| argument.spread.is_none());
        let Some((argument, text)) =
            argument.and_then(|argument| Some((argument, plain_text(&argument.expr)?)))
        else {
            let message = "`import(…)` needs a plain string: files are chosen before the app runs.";
            let help = "List the choices: { a: () => import(\"./a\"), b: () => import(\"./b\") }.";
            self.refuse("dynamic-import", node.span, message, help);
            return;
        };
        let resolution = self.imports.resolution(&text);
        let code = match &resolution {
            Resolution::Module(path) => format!(
                "{}.import({})",
                self.context.global("__cumulet"),
                string_literal(path)
            ),
            other => {
                let value = value_of(self.context, other, &self.names.require);
                format!("(async () => ({value}))()")
            }
        };
        self.imports.add(Import {
            specifier: text,
            range: self.context.range(argument.expr.span()),
            resolution,
            kind: ImportKind::Dynamic,
            names: Vec::new(),
            is_whole: true,
        });
        self.replace(node.span, &code);
    }

    /// A name that is written to.
    pub(super) fn place(&mut self, ident: &ast::Ident) {
        self.refuse_assignment(ident);
        if let Some(text) = self.read(ident) {
            let end = self.name_end(ident);
            self.writer.copy_to(self.lo(ident.span));
            self.writer.write(&text);
            self.writer.skip_to(end);
        }
    }

    /// An expression that is written to.
    pub(super) fn assigned(&mut self, expr: &ast::Expr) {
        match expr {
            ast::Expr::Ident(ident) => self.place(ident),
            ast::Expr::Member(member) => self.visit_member_expr(member),
            ast::Expr::Paren(paren) => self.assigned(&paren.expr),
            other => self.visit_expr(other),
        }
    }
}

/// The text of a string or of a template without holes.
pub(super) fn plain_text(expr: &ast::Expr) -> Option<String> {
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
