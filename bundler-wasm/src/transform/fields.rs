//! Members of classes that hold values: fields, accessors, static blocks. With
//! decorators their values go through the runtime; with TypeScript's
//! `useDefineForClassFields: false` fields are assignments.

use std::fmt::Write as _;

use super::classes::property_names;
use super::decorators::ClassElement;
use super::splice::Splicer;
use crate::literal::{is_identifier, member, string_literal};
use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

/// What a field has, whether its name is private or not.
struct Field<'a> {
    key: Span,
    span: Span,
    types: Option<&'a ast::TsTypeAnn>,
    value: Option<&'a ast::Expr>,
    is_static: bool,
}

impl Splicer<'_> {
    pub(super) fn field(
        &mut self,
        node: &ast::ClassProp,
        element: Option<&ClassElement>,
        by_constructor: bool,
    ) {
        if node.declare || node.is_abstract {
            return self.skip(node.span);
        }
        let name = self.key_text(&node.key);
        if let Some(element) = element.filter(|element| element.is_moved) {
            return self.moved_field(node, element, name.as_deref());
        }
        let is_standard = element.is_some_and(|element| !element.is_legacy);
        if let Some(place) = self.assigned_place(node).filter(|_| !is_standard) {
            return self.assigned_field(node, &place, by_constructor);
        }
        let key = self.at(node.key.span_lo());
        let has_modifiers = node.accessibility.is_some() || node.is_override || node.readonly;
        self.field_head(node.span, key, has_modifiers, node.is_static);
        self.key(&node.key, element);
        let field = Field {
            key: node.key.span(),
            span: node.span,
            types: node.type_ann.as_deref(),
            value: node.value.as_deref(),
            is_static: node.is_static,
        };
        self.field_value(&field, element, name.as_deref());
    }

    pub(super) fn private_field(
        &mut self,
        node: &ast::PrivateProp,
        element: Option<&ClassElement>,
    ) {
        let key = self.lo(node.key.span);
        let has_modifiers = node.accessibility.is_some() || node.is_override || node.readonly;
        self.field_head(node.span, key, has_modifiers, node.is_static);
        let name = string_literal(self.slice(node.key.span));
        let field = Field {
            key: node.key.span,
            span: node.span,
            types: node.type_ann.as_deref(),
            value: node.value.as_deref(),
            is_static: node.is_static,
        };
        self.field_value(&field, element, Some(&name));
    }

    /// What stands behind a field's name. `name` is the name as an expression.
    fn field_value(
        &mut self,
        field: &Field<'_>,
        element: Option<&ClassElement>,
        name: Option<&str>,
    ) {
        let end = self.hi(field.key);
        self.writer.copy_to(end);
        let marked = self
            .after_sign(end, b'?')
            .or_else(|| self.after_sign(end, b'!'));
        match (field.types, marked) {
            (Some(types), _) => self.writer.skip_to(self.hi(types.span)),
            (None, Some(marked)) => self.writer.skip_to(marked),
            (None, None) => {}
        }
        let element = element.filter(|element| !element.is_legacy);
        match (field.value, element) {
            (Some(value), None) => {
                if let Some(name) = field_name(self.slice(field.key)) {
                    self.enter_keyed(name, value);
                }
                // A field's value runs as a method does: hooks in it aren't the class's.
                self.visit_expr(value);
            }
            (Some(value), Some(element)) => {
                self.writer.copy_to(self.at(value.span_lo()));
                self.initial(element, Some(value), name);
            }
            (None, Some(element)) => {
                self.writer.write(" = ");
                self.initial(element, None, name);
            }
            (None, None) => {}
        }
        let end = self.hi(field.span);
        self.writer.copy_to(end);
        let has_semicolon = self
            .text
            .get(..end as usize)
            .is_some_and(|text| text.ends_with(';'));
        if !has_semicolon {
            self.writer.write(";");
        }
        if let Some(element) = element {
            self.after_value(element, field.is_static);
        }
    }

    /// `value` → `_d0.init(0, this, value)`
    fn initial(&mut self, element: &ClassElement, value: Option<&ast::Expr>, name: Option<&str>) {
        let ClassElement { handle, index, .. } = element;
        self.writer.write(&format!("{handle}.init({index}, this"));
        if let Some(value) = value {
            self.writer.write(", ");
            self.writer.skip_to(self.at(value.span_lo()));
            self.named_value(value, name);
        }
        self.writer.write(")");
    }

    /// A value that is named by its field, if it has no name of its own.
    fn named_value(&mut self, value: &ast::Expr, name: Option<&str>) {
        let name = name.filter(|_| is_unnamed(value));
        if let Some(name) = name {
            self.writer.write(&format!("{{ [{name}]: "));
        }
        self.visit_expr(value);
        self.writer.copy_to(self.at(value.span_hi()));
        if let Some(name) = name {
            self.writer.write(&format!(" }}[{name}]"));
        }
    }

    /// What decorators left to be run when the value is set: in a field of no
    /// other use, so that it comes in order.
    fn after_value(&mut self, element: &ClassElement, is_static: bool) {
        let ClassElement { handle, index, .. } = element;
        let text = if is_static {
            format!(" static {{ {handle}.after({index}, this); }}")
        } else {
            let hook = self.names.unused(&format!("_after{handle}_{index}"));
            format!(" #{hook} = {handle}.after({index}, this);")
        };
        self.writer.write(&text);
    }

    /// A static field that belongs to what replaces the class.
    fn moved_field(&mut self, node: &ast::ClassProp, element: &ClassElement, name: Option<&str>) {
        self.moved_key(&node.key, element);
        self.moved_value("define", element, node.value.as_deref(), name);
        self.writer.skip_to(self.hi(node.span));
    }

    /// A computed key is evaluated in its place.
    fn moved_key(&mut self, key: &ast::PropName, element: &ClassElement) {
        let handle = &element.handle;
        if let ast::PropName::Computed(computed) = key {
            self.writer.skip_to(self.at(computed.expr.span_lo()));
            self.writer.write(&format!("[({handle}.key(("));
            self.visit_expr(&computed.expr);
            self.writer.copy_to(self.at(computed.expr.span_hi()));
            self.writer.write(&format!(")), {handle}.hidden)]() {{}} "));
        }
    }

    fn moved_value(
        &mut self,
        method: &str,
        element: &ClassElement,
        value: Option<&ast::Expr>,
        name: Option<&str>,
    ) {
        let ClassElement { handle, index, .. } = element;
        let mut argument = String::new();
        if let Some(value) = value {
            let function = self.names.unused(&format!("_value{handle}_{index}"));
            self.writer.skip_to(self.at(value.span_lo()));
            self.writer
                .write(&format!("static #{function}() {{ return ("));
            self.named_value(value, name);
            self.writer.write("); } ");
            argument = format!(", this.#{function}");
        }
        self.writer.write(&format!(
            "static {{ {handle}.{method}({index}{argument}); }}"
        ));
    }

    pub(super) fn static_block(&mut self, block: &ast::StaticBlock, moved_by: Option<&str>) {
        let Some(handle) = moved_by else {
            return block.body.visit_with(self);
        };
        let function = self
            .names
            .unused(&format!("_block{handle}_{}", self.lo(block.span)));
        self.writer.copy_to(self.lo(block.span));
        self.writer.write(&format!("static #{function}() "));
        self.writer.skip_to(self.lo(block.body.span));
        block.body.visit_with(self);
        self.writer.copy_to(self.hi(block.span));
        self.writer
            .write(&format!(" static {{ {handle}.run(this.#{function}); }}"));
    }

    /// Where a field is assigned, when it isn't to be defined.
    fn assigned_place(&self, node: &ast::ClassProp) -> Option<String> {
        if !self.context.classes.assigns_fields {
            return None;
        }
        Some(match &node.key {
            ast::PropName::Ident(name) => format!("this{}", member(&name.sym)),
            other => format!("this[{}]", self.key_text(other)?),
        })
    }

    fn assigner(&self, node: &ast::ClassProp) -> String {
        self.names.unused(&format!("_set{}", self.lo(node.span)))
    }

    /// `a = 1` → `#_set = this.a = 1`; where the constructor must set its
    /// parameters first, `#_set() { this.a = 1; }`, which it calls.
    fn assigned_field(&mut self, node: &ast::ClassProp, place: &str, by_constructor: bool) {
        let Some(value) = &node.value else {
            return self.skip(node.span);
        };
        let assigner = self.assigner(node);
        let (open, close) = match (node.is_static, by_constructor) {
            (true, _) => ("static { ".to_owned(), " }"),
            (false, true) => (format!("#{assigner}() {{ "), " }"),
            (false, false) => (format!("#{assigner} = "), ""),
        };
        self.writer.copy_to(self.lo(node.span));
        self.writer.skip_to(self.at(value.span_lo()));
        self.writer.write(&format!("{open}{place} = "));
        self.visit_expr(value);
        self.writer.copy_to(self.at(value.span_hi()));
        self.writer.write(&format!(";{close}"));
        self.writer.skip_to(self.hi(node.span));
    }

    /// Calls that assign the fields, for a constructor with parameters that are
    /// properties: fields may read those.
    pub(super) fn assigned_by_constructor(&self, body: &[ast::ClassMember]) -> Vec<String> {
        let has_properties = body.iter().any(|member| match member {
            ast::ClassMember::Constructor(node) => {
                node.body.is_some() && !property_names(node).is_empty()
            }
            _ => false,
        });
        if !has_properties || !self.context.classes.assigns_fields {
            return Vec::new();
        }
        let fields = body.iter().filter_map(|member| match member {
            ast::ClassMember::ClassProp(node) => Some(node),
            _ => None,
        });
        fields
            .filter(|node| !node.is_static && !node.declare && !node.is_abstract)
            .filter(|node| node.value.is_some() && self.assigned_place(node).is_some())
            .filter(|node| self.context.classes.has_legacy_decorators || node.decorators.is_empty())
            .map(|node| format!("this.#{}()", self.assigner(node)))
            .collect()
    }

    /// The private field that holds an accessor's value.
    pub(super) fn accessor_store(&self, span: Span) -> String {
        let name = format!("_accessor{}", self.lo(span));
        format!("#{}", self.names.unused(&name))
    }

    /// `accessor name = value` → a private field with a getter and a setter: no
    /// browser has the keyword yet.
    pub(super) fn auto_accessor(
        &mut self,
        node: &ast::AutoAccessor,
        element: Option<&ClassElement>,
    ) {
        if node.is_abstract {
            return self.skip(node.span);
        }
        let store = self.accessor_store(node.span);
        let is_static = if node.is_static { "static " } else { "" };
        let standard = element.filter(|element| !element.is_legacy);
        let is_private = matches!(node.key, ast::Key::Private(_));
        let (read, write) = match standard {
            Some(ClassElement { handle, index, .. }) if is_private => (
                format!("{handle}.get({index}, this)"),
                format!("{handle}.set({index}, this, value)"),
            ),
            Some(ClassElement {
                handle,
                index,
                is_moved: true,
                ..
            }) => (
                format!("{handle}.read({index})"),
                format!("{handle}.write({index}, value)"),
            ),
            _ => (format!("this.{store}"), format!("this.{store} = value")),
        };
        self.writer.copy_to(self.lo(node.span));
        self.writer.write(&format!("{is_static}get "));
        let (key, name) = self.accessor_key(&node.key, element);
        self.writer.write(&format!(
            "() {{ return {read}; }} {is_static}set {key}(value) {{ {write}; }} "
        ));
        let name = name.as_deref();
        if let Some(element) = standard.filter(|element| element.is_moved) {
            self.moved_value("store", element, node.value.as_deref(), name);
            self.writer.skip_to(self.hi(node.span));
            return;
        }
        self.writer.write(&format!("{is_static}{store}"));
        match (&node.value, standard) {
            (value, Some(element)) => {
                self.writer.write(" = ");
                self.initial(element, value.as_deref(), name);
            }
            (Some(value), None) => {
                self.writer.write(" = ");
                self.writer.skip_to(self.at(value.span_lo()));
                self.named_value(value, name);
            }
            (None, None) => {}
        }
        self.writer.skip_to(self.hi(node.span));
        self.writer.write(";");
        if let Some(element) = standard {
            self.after_value(element, node.is_static);
        }
    }

    /// Writes an accessor's key. Gives the key for the second time, and the name
    /// as an expression.
    fn accessor_key(
        &mut self,
        key: &ast::Key,
        element: Option<&ClassElement>,
    ) -> (String, Option<String>) {
        let computed = match key {
            ast::Key::Private(name) => {
                let name = self.slice(name.span).to_owned();
                self.writer.write(&name);
                let text = format!("\"{name}\"");
                return (name, Some(text));
            }
            ast::Key::Public(ast::PropName::Computed(computed)) => computed,
            ast::Key::Public(name) => {
                let key = self.slice(name.span()).to_owned();
                self.writer.write(&key);
                return (key, self.key_text(name));
            }
        };
        self.writer.skip_to(self.at(computed.expr.span_lo()));
        let (open, close, again) = if let Some(ClassElement { handle, .. }) = element {
            let again = format!("[{handle}.name]");
            (format!("[{handle}.key(("), "))]", again)
        } else {
            let kept = self.names.unused(&format!("_k{}", self.lo(computed.span)));
            let _ = write!(self.head, "let {kept}; ");
            (format!("[{kept} = ("), ")]", format!("[{kept}]"))
        };
        self.writer.write(&open);
        self.visit_expr(&computed.expr);
        self.writer.copy_to(self.at(computed.expr.span_hi()));
        self.writer.write(close);
        (again, None)
    }

    /// What reaches the function that decorators made of a private method.
    pub(super) fn private_method(&mut self, element: &ClassElement, node: &ast::PrivateMethod) {
        let ClassElement { handle, index, .. } = element;
        let name = self.slice(node.key.span);
        let is_static = if node.is_static { "static " } else { "" };
        let text = match node.kind {
            ast::MethodKind::Method => {
                format!(" {is_static}get {name}() {{ return {handle}.method({index}); }}")
            }
            ast::MethodKind::Getter => {
                format!(" {is_static}get {name}() {{ return {handle}.get({index}, this); }}")
            }
            ast::MethodKind::Setter => {
                format!(" {is_static}set {name}(value) {{ {handle}.set({index}, this, value); }}")
            }
        };
        self.writer.copy_to(self.hi(node.span));
        self.writer.write(&text);
    }
}

/// Whether a function or class takes the name of the place that it is put in.
pub(super) fn is_unnamed(value: &ast::Expr) -> bool {
    match value.unwrap_parens() {
        ast::Expr::Arrow(_) => true,
        ast::Expr::Fn(function) => function.ident.is_none(),
        ast::Expr::Class(class) => class.ident.is_none(),
        _ => false,
    }
}

/// A field's name, when it is a plain one.
fn field_name(name: &str) -> Option<&str> {
    let plain = name.strip_prefix('#').unwrap_or(name);
    is_identifier(plain).then_some(name)
}
