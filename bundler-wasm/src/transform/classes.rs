//! Classes: modifiers, abstract members, index signatures and overloads go;
//! parameters that are properties become assignments. `fields` has the members
//! that hold values, `decorators` what decorators add.

use std::fmt::Write as _;

use super::declarations::DeclarationKind;
use super::decorators::{ClassElement, DecoratedClass};
use super::splice::Splicer;
use crate::source::to_u32;
use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

impl Splicer<'_> {
    /// A class that is a value, with its name, if it has one.
    pub(super) fn class(&mut self, ident: Option<&ast::Ident>, class: &ast::Class) {
        let key = self.key_of_value(self.lo(class.span));
        if self.is_decorated(class) {
            self.decorated_value(ident, class, key.as_deref());
        } else {
            self.class_parts(ident, class, None);
        }
    }

    /// A class that is a statement; `whole` begins with `export`.
    pub(super) fn class_declaration(
        &mut self,
        ident: &ast::Ident,
        class: &ast::Class,
        whole: Span,
    ) {
        self.declared.insert(ident.to_id());
        self.declare(ident, DeclarationKind::Lexical);
        if self.is_decorated(class) {
            self.decorated_declaration(ident, class, whole);
        } else {
            self.writer.copy_to(self.lo(whole));
            self.writer.skip_to(self.lo(class.span));
            self.class_parts(Some(ident), class, None);
        }
    }

    /// Byte at which `class` stands, or `abstract`.
    pub(super) fn keyword(&self, class: &ast::Class) -> u32 {
        let mut at = self.lo(class.span);
        if let Some(last) = class.decorators.last() {
            at = self.skip_trivia(self.hi(last.span).max(at));
        }
        for word in ["export", "default"] {
            if self.starts(at, word) {
                at = self.skip_trivia(at + to_u32(word.len()));
            }
        }
        at
    }

    pub(super) fn class_parts(
        &mut self,
        ident: Option<&ast::Ident>,
        class: &ast::Class,
        mut decorated: Option<DecoratedClass>,
    ) {
        let mut at = self.keyword(class);
        self.writer.copy_to(at);
        if class.is_abstract && self.starts(at, "abstract") {
            at = self.skip_trivia(at + 8);
            self.writer.skip_to(at);
        }
        if let Some(ident) = ident {
            if decorated.as_ref().is_some_and(DecoratedClass::drops_name) {
                self.writer.copy_to(at + 5);
                self.writer.skip_to(self.hi(ident.span));
            }
            at = self.hi(ident.span);
        } else if self.starts(at, "class") {
            at += 5;
        }
        if let Some(types) = &class.type_params {
            self.skip(types.span);
            at = self.hi(types.span);
        }
        if let Some(parent) = &class.super_class {
            self.visit_expr(parent);
            at = self.at(parent.span_hi());
        }
        if let Some(types) = &class.super_type_params {
            self.skip(types.span);
            at = self.hi(types.span);
        }
        if let Some(last) = class.implements.last() {
            self.writer.copy_to(at);
            self.writer.skip_to(self.hi(last.span));
            at = self.hi(last.span);
        }
        let assigned = self.assigned_by_constructor(&class.body);
        let mut first = match &decorated {
            Some(decorated) => self.decorated_start(decorated, &class.body),
            None => String::new(),
        };
        if !self.context.classes.assigns_fields {
            first.push_str(&parameter_fields(&class.body));
        }
        if !first.is_empty()
            && let Some(open) = self.after_sign(at, b'{')
        {
            self.writer.copy_to(open);
            self.writer.write(&first);
        }
        let is_derived = class.super_class.is_some();
        // A class is no place for hooks, whatever function it stands in.
        self.constructor_frame(None, false);
        for member in &class.body {
            let element = decorated
                .as_mut()
                .and_then(|decorated| self.class_element(decorated, member));
            match member {
                ast::ClassMember::Constructor(node) => {
                    self.constructor(node, is_derived, &assigned);
                }
                ast::ClassMember::StaticBlock(block) => {
                    let handle = decorated.as_ref().and_then(DecoratedClass::moves_blocks);
                    self.static_block(block, handle);
                }
                _ => self.member(member, element.as_ref(), !assigned.is_empty()),
            }
        }
        self.functions.pop();
        let end = self.hi(class.span);
        if let Some(decorated) = &decorated {
            self.writer.copy_to(end - 1);
            self.writer.write(&Self::decorated_end(decorated));
        }
        self.writer.copy_to(end);
    }

    fn starts(&self, at: u32, word: &str) -> bool {
        let rest = self.text.get(at as usize..);
        rest.is_some_and(|rest| rest.starts_with(word))
    }

    fn member(
        &mut self,
        member: &ast::ClassMember,
        element: Option<&ClassElement>,
        by_constructor: bool,
    ) {
        match member {
            ast::ClassMember::Method(node) => {
                if node.function.body.is_none() || node.is_abstract {
                    return self.skip(node.span);
                }
                if node.accessibility.is_some() || node.is_override {
                    let key = self.at(node.key.span_lo());
                    self.method_head(node.span, key, node.is_static, node.kind, &node.function);
                }
                self.key(&node.key, element);
                self.optional(node.is_optional, node.key.span());
                self.function(&node.function);
            }
            ast::ClassMember::PrivateMethod(node) => {
                if node.function.body.is_none() {
                    return self.skip(node.span);
                }
                if node.accessibility.is_some() || node.is_override {
                    let key = self.lo(node.key.span);
                    self.method_head(node.span, key, node.is_static, node.kind, &node.function);
                }
                if let Some(element) = element {
                    self.replace(node.key.span, &format!("[{}.hidden]", element.handle));
                }
                self.optional(node.is_optional, node.key.span);
                self.function(&node.function);
                if let Some(element) = element {
                    self.private_method(element, node);
                }
            }
            ast::ClassMember::ClassProp(node) => self.field(node, element, by_constructor),
            ast::ClassMember::PrivateProp(node) => self.private_field(node, element),
            ast::ClassMember::AutoAccessor(node) => self.auto_accessor(node, element),
            ast::ClassMember::TsIndexSignature(node) => self.skip(node.span),
            ast::ClassMember::Empty(_)
            | ast::ClassMember::Constructor(_)
            | ast::ClassMember::StaticBlock(_) => {}
        }
    }

    /// A key, which the runtime is told when it is computed.
    pub(super) fn key(&mut self, key: &ast::PropName, element: Option<&ClassElement>) {
        match (key, element) {
            (ast::PropName::Computed(computed), Some(element)) => {
                self.writer.copy_to(self.at(computed.expr.span_lo()));
                self.writer.write(&format!("{}.key((", element.handle));
                self.visit_expr(&computed.expr);
                self.writer.copy_to(self.at(computed.expr.span_hi()));
                self.writer.write("))");
                self.writer.copy_to(self.hi(computed.span));
            }
            _ => key.visit_with(self),
        }
    }

    /// Writes what stands before a method's name anew, without its modifiers.
    fn method_head(
        &mut self,
        span: Span,
        key: u32,
        is_static: bool,
        kind: ast::MethodKind,
        function: &ast::Function,
    ) {
        let mut head = String::new();
        if is_static {
            head.push_str("static ");
        }
        if function.is_async {
            head.push_str("async ");
        }
        match kind {
            ast::MethodKind::Getter => head.push_str("get "),
            ast::MethodKind::Setter => head.push_str("set "),
            ast::MethodKind::Method => {}
        }
        if function.is_generator {
            head.push('*');
        }
        self.writer.copy_to(self.lo(span));
        let breaks = self.writer.drop_to(key);
        self.writer.line_breaks(breaks);
        self.writer.write(&head);
    }

    pub(super) fn field_head(
        &mut self,
        span: Span,
        key: u32,
        has_modifiers: bool,
        is_static: bool,
    ) {
        if !has_modifiers {
            return;
        }
        self.writer.copy_to(self.lo(span));
        self.writer.skip_to(key);
        if is_static {
            self.writer.write("static ");
        }
    }

    /// `name?` and `name!`
    fn optional(&mut self, is_optional: bool, key: Span) {
        if !is_optional {
            return;
        }
        let end = self.hi(key);
        if let Some(after) = self.after_sign(end, b'?') {
            self.writer.copy_to(end);
            self.writer.skip_to(after);
        }
    }

    fn constructor(&mut self, node: &ast::Constructor, is_derived: bool, assigned: &[String]) {
        let Some(body) = &node.body else {
            return self.skip(node.span);
        };
        if node.accessibility.is_some() {
            self.writer.copy_to(self.lo(node.span));
            self.writer.skip_to(self.at(node.key.span_lo()));
        }
        let names = property_names(node).into_iter();
        let mut fields: Vec<String> = names.map(|name| format!("this.{name} = {name}")).collect();
        fields.extend_from_slice(assigned);
        let sets_first = !is_derived && !fields.is_empty();
        let assignments = statements(&fields);
        self.constructor_frame(
            (is_derived && !fields.is_empty()).then_some(fields),
            is_derived,
        );
        for param in &node.params {
            match param {
                ast::ParamOrTsParamProp::Param(param) => {
                    self.declare_pattern(&param.pat, DeclarationKind::Parameter);
                    param.visit_with(self);
                }
                ast::ParamOrTsParamProp::TsParamProp(property) => {
                    let start = match &property.param {
                        ast::TsParamPropParam::Ident(ident) => self.lo(ident.id.span),
                        ast::TsParamPropParam::Assign(assign) => self.lo(assign.span),
                    };
                    self.drop_decorators(&property.decorators, start);
                    self.writer.copy_to(self.lo(property.span));
                    self.writer.skip_to(start);
                    property.param.visit_with(self);
                }
            }
        }
        self.writer.copy_to(self.lo(body.span) + 1);
        if sets_first {
            self.writer.write(&assignments);
        }
        self.visit_stmts(&body.stmts);
        self.writer.copy_to(self.hi(body.span));
        self.functions.pop();
    }
}

/// Parameters of a constructor that are properties of the class.
pub(super) fn property_names(node: &ast::Constructor) -> Vec<String> {
    let properties = node.params.iter().filter_map(|param| match param {
        ast::ParamOrTsParamProp::TsParamProp(property) => Some(&property.param),
        ast::ParamOrTsParamProp::Param(_) => None,
    });
    let idents = properties.filter_map(|param| match param {
        ast::TsParamPropParam::Ident(ident) => Some(&ident.id),
        ast::TsParamPropParam::Assign(assign) => assign.left.as_ident().map(|ident| &ident.id),
    });
    idents.map(|ident| ident.sym.to_string()).collect()
}

/// Parameters that are properties are fields, and the first ones.
fn parameter_fields(body: &[ast::ClassMember]) -> String {
    let fields = body.iter().flat_map(|member| match member {
        ast::ClassMember::Constructor(node) if node.body.is_some() => property_names(node),
        _ => Vec::new(),
    });
    statements(&fields.collect::<Vec<String>>())
}

/// Each with a space before it and a semicolon behind it.
fn statements(texts: &[String]) -> String {
    let mut all = String::new();
    for text in texts {
        let _ = write!(all, " {text};");
    }
    all
}
