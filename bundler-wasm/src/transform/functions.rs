//! Functions of every kind: types leave their heads, and those that call hooks
//! get a signature for React Refresh.

use super::declarations::DeclarationKind;
use super::signatures::Hook;
use super::splice::Splicer;
use super::writer::Mark;
use crate::codes;
use crate::literal::string_literal;
use crate::swc::{Atom, Span, Spanned, Visit, VisitWith, ast};

/// A function around the place.
#[derive(Debug, Default)]
pub(super) struct FunctionFrame {
    /// Hooks that it calls itself.
    pub(super) hooks: Vec<Hook>,
    is_arrow: bool,
    /// `super.name` means something in it.
    has_super: bool,
    /// So does `super()`.
    calls_super: bool,
    /// Blocks around its body, itself included.
    pub(super) depth: u32,
    /// Assignments that follow `super()`, when it is a constructor whose
    /// parameters are properties, of a class that extends another.
    properties: Option<Vec<String>>,
}

/// A function that is a value.
struct Value {
    start: Mark,
    span: Span,
    /// The variable that it is the value of.
    name: Option<Atom>,
    /// What names it otherwise.
    key: Option<String>,
    has_own_name: bool,
}

/// What the walk over a function leaves.
struct Walked {
    hooks: Vec<Hook>,
    /// Just inside of its body.
    body: Mark,
}

impl Splicer<'_> {
    /// A method, getter or setter, or anything else that is no hook or component.
    pub(super) fn function(&mut self, function: &ast::Function) {
        let frame = FunctionFrame {
            has_super: true,
            ..FunctionFrame::default()
        };
        self.function_parts(function, frame);
    }

    /// `super` outside of methods is left to the engine by the parser.
    pub(super) fn check_super(&mut self, span: Span, is_call: bool) {
        let nearest = self.functions.iter().rev().find(|frame| !frame.is_arrow);
        let is_right = |frame: &FunctionFrame| {
            if is_call {
                frame.calls_super
            } else {
                frame.has_super
            }
        };
        if nearest.is_some_and(is_right) {
            return;
        }
        let (message, help) = if is_call {
            (
                "`super()` can only be called in the constructor of a class that extends another.",
                "Remove the call, or write `extends` after the class's name.",
            )
        } else {
            (
                "`super` can only be used in a method.",
                "Move it into a method of a class that extends another.",
            )
        };
        self.refuse(codes::SYNTAX, span, message, help);
    }

    /// A constructor, or a class's own scope. `fields` are the assignments that
    /// follow `super()`.
    pub(super) fn constructor_frame(&mut self, fields: Option<Vec<String>>, is_derived: bool) {
        self.functions.push(FunctionFrame {
            properties: fields,
            has_super: true,
            calls_super: is_derived,
            depth: self.refresh.depth + 1,
            ..FunctionFrame::default()
        });
    }

    /// Fields that a call of `super` must set, if one does here.
    pub(super) fn parameter_properties(&self) -> Option<Vec<String>> {
        let nearest = self.functions.iter().rev().find(|frame| !frame.is_arrow)?;
        nearest.properties.clone()
    }

    fn function_parts(&mut self, function: &ast::Function, mut frame: FunctionFrame) -> Walked {
        frame.depth = self.refresh.depth + 1;
        self.functions.push(frame);
        for param in &function.params {
            self.declare_pattern(&param.pat, DeclarationKind::Parameter);
        }
        function.type_params.visit_with(self);
        function.this_param.visit_with(self);
        function.params.visit_with(self);
        function.return_type.visit_with(self);
        let mut body = self.writer.mark();
        if let Some(block) = &function.body {
            self.writer.copy_to(self.lo(block.span) + 1);
            body = self.writer.mark();
            self.visit_stmts(&block.stmts);
            self.writer.copy_to(self.hi(block.span));
        }
        let frame = self.functions.pop().unwrap_or_default();
        Walked {
            hooks: frame.hooks,
            body,
        }
    }

    /// `function name() {}` as a statement.
    pub(super) fn function_declaration(
        &mut self,
        name: &str,
        ident: &ast::Ident,
        function: &ast::Function,
    ) {
        self.register_component(ident);
        self.function_body_of(name, function);
    }

    /// A function that is known by a name.
    pub(super) fn function_body_of(&mut self, name: &str, function: &ast::Function) {
        let walked = self.function_parts(function, FunctionFrame::default());
        if walked.hooks.is_empty() {
            return;
        }
        let handle = self.new_signature();
        self.writer.insert(walked.body, &format!(" {handle}();"));
        let arguments = self.signature(&walked.hooks);
        self.after.push(format!("{handle}({name}, {arguments});"));
    }

    /// `function () {}` as a value.
    pub(super) fn function_expression(&mut self, node: &ast::FnExpr) {
        let start = self.lo(node.function.span);
        let name = self.name_of_value(start);
        let key = self.key_of_value(start);
        self.writer.copy_to(start);
        let outer = self.writer.mark();
        let walked = self.function_parts(&node.function, FunctionFrame::default());
        if walked.hooks.is_empty() {
            return;
        }
        let handle = self.new_signature();
        self.writer.insert(walked.body, &format!(" {handle}();"));
        let value = Value {
            start: outer,
            span: node.function.span,
            name,
            key,
            has_own_name: node.ident.is_some(),
        };
        self.sign(&value, &handle, &walked.hooks);
    }

    /// `() => value`
    pub(super) fn arrow(&mut self, node: &ast::ArrowExpr) {
        let start = self.lo(node.span);
        let name = self.name_of_value(start);
        let key = self.key_of_value(start);
        self.writer.copy_to(start);
        let outer = self.writer.mark();
        self.functions.push(FunctionFrame {
            is_arrow: true,
            depth: self.refresh.depth + 1,
            ..FunctionFrame::default()
        });
        for param in &node.params {
            self.declare_pattern(param, DeclarationKind::Parameter);
        }
        // No line may break between `async` and the parameters, nor before the arrow.
        let mut breaks = 0;
        if let Some(types) = &node.type_params {
            self.is_doubtful = true;
            self.writer.copy_to(self.lo(types.span));
            breaks += self.writer.drop_to(self.hi(types.span));
        }
        node.params.visit_with(self);
        if let Some(types) = &node.return_type {
            self.writer.copy_to(self.lo(types.span));
            breaks += self.writer.drop_to(self.hi(types.span));
        }
        let (body, close) = match &*node.body {
            ast::ArrowFunctionBody::FunctionBody(block) => {
                self.writer.copy_to(self.lo(block.span));
                self.writer.line_breaks(breaks);
                self.writer.copy_to(self.lo(block.span) + 1);
                let body = self.writer.mark();
                self.visit_stmts(&block.stmts);
                self.writer.copy_to(self.hi(block.span));
                (body, None)
            }
            ast::ArrowFunctionBody::Expr(value) => {
                self.writer.copy_to(self.at(value.span_lo()));
                self.writer.line_breaks(breaks);
                let body = self.writer.mark();
                self.visit_expr(value);
                (body, Some(self.at(value.span_hi())))
            }
        };
        let frame = self.functions.pop().unwrap_or_default();
        if frame.hooks.is_empty() {
            return;
        }
        let handle = self.new_signature();
        match close {
            None => self.writer.insert(body, &format!(" {handle}();")),
            Some(end) => {
                self.writer.copy_to(end);
                self.writer.write(")");
                self.writer.insert(body, &format!("({handle}(), "));
            }
        }
        let value = Value {
            start: outer,
            span: node.span,
            name,
            key,
            has_own_name: false,
        };
        self.sign(&value, &handle, &frame.hooks);
    }

    /// Ties a function that is a value to its signature: after the statement
    /// when that gives it a name, around it otherwise. A key or place that would
    /// name it gives it its name within an object then.
    fn sign(&mut self, function: &Value, handle: &str, hooks: &[Hook]) {
        let arguments = self.signature(hooks);
        if let Some(name) = &function.name {
            self.after.push(format!("{handle}({name}, {arguments});"));
            return;
        }
        if let Some(key) = function.key.as_deref().filter(|_| !function.has_own_name) {
            let key = string_literal(key);
            self.writer.copy_to(self.hi(function.span));
            self.writer.write(&format!(" }}[{key}]"));
            self.writer.insert(function.start, &format!("{{ [{key}]: "));
        }
        self.wrap_signed(function.start, function.span, handle, &arguments);
    }

    /// `this` as a parameter is a type, and goes with its comma.
    pub(super) fn this_parameter(&mut self, node: &ast::TsThisParam) {
        self.writer.copy_to(self.lo(node.span));
        let mut end = self.hi(node.span);
        if let Some(types) = &node.type_ann {
            end = end.max(self.hi(types.span));
        }
        self.writer
            .skip_to(self.after_sign(end, b',').unwrap_or(end));
    }
}
