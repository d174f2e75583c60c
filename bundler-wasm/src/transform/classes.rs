//! Classes: modifiers, abstract members, index signatures and overloads go;
//! parameters that are properties become assignments.

use std::fmt::Write as _;

use super::declarations::DeclarationKind;
use super::splice::Splicer;
use crate::literal::is_identifier;
use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

impl Splicer<'_> {
    /// A class with its name, if it has one.
    pub(super) fn class(&mut self, ident: Option<&ast::Ident>, class: &ast::Class) {
        let mut at = self.lo(class.span);
        if let Some(last) = class.decorators.last() {
            at = self.skip_trivia(self.hi(last.span).max(at));
        }
        self.writer.copy_to(at);
        if class.is_abstract && self.starts(at, "abstract") {
            at = self.skip_trivia(at + 8);
            self.writer.skip_to(at);
        }
        if let Some(ident) = ident {
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
        }
        if let Some(last) = class.implements.last() {
            at = self.hi(last.span);
        }
        self.parameter_fields(at, &class.body);
        let is_derived = class.super_class.is_some();
        // A class is no place for hooks, whatever function it stands in.
        self.constructor_frame(None, false);
        for member in &class.body {
            self.member(member, is_derived);
        }
        self.functions.pop();
        self.writer.copy_to(self.hi(class.span));
    }

    /// Parameters that are properties are fields, and the first ones.
    fn parameter_fields(&mut self, head_end: u32, body: &[ast::ClassMember]) {
        let fields = body.iter().flat_map(|member| match member {
            ast::ClassMember::Constructor(node) if node.body.is_some() => property_names(node),
            _ => Vec::new(),
        });
        let mut text = String::new();
        for field in fields {
            let _ = write!(text, " {field};");
        }
        if !text.is_empty()
            && let Some(open) = self.after_sign(head_end, b'{')
        {
            self.writer.copy_to(open);
            self.writer.write(&text);
        }
    }

    fn starts(&self, at: u32, word: &str) -> bool {
        let rest = self.text.get(at as usize..);
        rest.is_some_and(|rest| rest.starts_with(word))
    }

    fn member(&mut self, member: &ast::ClassMember, is_derived: bool) {
        match member {
            ast::ClassMember::Constructor(node) => self.constructor(node, is_derived),
            ast::ClassMember::Method(node) => {
                if node.function.body.is_none() || node.is_abstract {
                    return self.skip(node.span);
                }
                if node.accessibility.is_some() || node.is_override {
                    let key = self.at(node.key.span_lo());
                    self.method_head(node.span, key, node.is_static, node.kind, &node.function);
                }
                node.key.visit_with(self);
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
                self.optional(node.is_optional, node.key.span);
                self.function(&node.function);
            }
            ast::ClassMember::ClassProp(node) => {
                if node.declare || node.is_abstract {
                    return self.skip(node.span);
                }
                let key = self.at(node.key.span_lo());
                let has_modifiers =
                    node.accessibility.is_some() || node.is_override || node.readonly;
                self.field_head(node.span, key, has_modifiers, node.is_static);
                node.key.visit_with(self);
                self.field(
                    node.key.span(),
                    node.type_ann.as_deref(),
                    node.value.as_deref(),
                    node.span,
                );
            }
            ast::ClassMember::PrivateProp(node) => {
                let key = self.lo(node.key.span);
                let has_modifiers =
                    node.accessibility.is_some() || node.is_override || node.readonly;
                self.field_head(node.span, key, has_modifiers, node.is_static);
                self.field(
                    node.key.span,
                    node.type_ann.as_deref(),
                    node.value.as_deref(),
                    node.span,
                );
            }
            ast::ClassMember::AutoAccessor(node) => self.auto_accessor(node),
            ast::ClassMember::TsIndexSignature(node) => self.skip(node.span),
            ast::ClassMember::Empty(_) => {}
            ast::ClassMember::StaticBlock(block) => block.body.visit_with(self),
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

    fn field_head(&mut self, span: Span, key: u32, has_modifiers: bool, is_static: bool) {
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

    fn field(
        &mut self,
        key: Span,
        types: Option<&ast::TsTypeAnn>,
        value: Option<&ast::Expr>,
        span: Span,
    ) {
        let end = self.hi(key);
        self.writer.copy_to(end);
        let marked = self
            .after_sign(end, b'?')
            .or_else(|| self.after_sign(end, b'!'));
        match (types, marked) {
            (Some(types), _) => self.writer.skip_to(self.hi(types.span)),
            (None, Some(marked)) => self.writer.skip_to(marked),
            (None, None) => {}
        }
        if let Some(value) = value {
            if let Some(name) = field_name(self.text, self.lo(key), self.hi(key)) {
                self.enter_keyed(name, value);
            }
            // A field's value runs as a method does: hooks in it aren't the class's.
            self.visit_expr(value);
        }
        let end = self.hi(span);
        self.writer.copy_to(end);
        let has_semicolon = self
            .text
            .get(..end as usize)
            .is_some_and(|text| text.ends_with(';'));
        if !has_semicolon {
            self.writer.write(";");
        }
    }

    fn constructor(&mut self, node: &ast::Constructor, is_derived: bool) {
        let Some(body) = &node.body else {
            return self.skip(node.span);
        };
        if node.accessibility.is_some() {
            self.writer.copy_to(self.lo(node.span));
            self.writer.skip_to(self.at(node.key.span_lo()));
        }
        let fields = property_names(node);
        let sets_first = !is_derived && !fields.is_empty();
        let mut assignments = String::new();
        for field in &fields {
            let _ = write!(assignments, " this.{field} = {field};");
        }
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

    /// `accessor name = value` → a private field with a getter and a setter: no
    /// browser has the keyword yet.
    fn auto_accessor(&mut self, node: &ast::AutoAccessor) {
        if node.is_abstract {
            return self.skip(node.span);
        }
        let key = match &node.key {
            ast::Key::Public(name) => self.slice(name.span()),
            ast::Key::Private(name) => self.slice(name.span),
        };
        let field = format!(
            "#{}",
            self.names
                .unused(&format!("_accessor{}", self.lo(node.span)))
        );
        let is_static = if node.is_static { "static " } else { "" };
        let accessors = format!(
            "{is_static}get {key}() {{ return this.{field}; }} {is_static}set {key}(value) {{ this.{field} = value; }} {is_static}{field}"
        );
        self.writer.copy_to(self.lo(node.span));
        self.writer.write(&accessors);
        match &node.value {
            Some(value) => {
                self.writer.write(" = ");
                self.writer.skip_to(self.at(value.span_lo()));
                self.visit_expr(value);
                self.writer.copy_to(self.at(value.span_hi()));
            }
            None => self.writer.skip_to(self.hi(node.span)),
        }
        self.writer.skip_to(self.hi(node.span));
        self.writer.write(";");
    }
}

/// Parameters of a constructor that are properties of the class.
fn property_names(node: &ast::Constructor) -> Vec<String> {
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

/// A field's name, when it is a plain one.
fn field_name(text: &str, start: u32, end: u32) -> Option<&str> {
    let name = text.get(start as usize..end as usize)?;
    let plain = name.strip_prefix('#').unwrap_or(name);
    is_identifier(plain).then_some(name)
}
