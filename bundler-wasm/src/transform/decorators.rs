//! Decorators, the standard's and TypeScript's older ones, by text in their own
//! place: each member's become a method with a computed key before it, so that
//! they are evaluated in the order of the text, with the class's names around
//! them. The frame's runtime (`decorators.ts`) calls them when the class is
//! there, and takes those methods away.
//!
//! `@d m() {}` → `[_d0.add("method", "m", [d])]() {} m() {}`

use std::fmt::Write as _;

use super::members::{
    MemberKey, Suspends, decorators_of, is_static_value, key_of, parameters, words,
};
use super::splice::Splicer;
use crate::codes;
use crate::literal::{key, member, string_literal};
use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

/// A class with decorators, while it is walked.
#[derive(Debug)]
pub(super) struct DecoratedClass {
    /// The variable that holds the runtime's object.
    handle: String,
    is_legacy: bool,
    /// It has decorators of its own, which may put another value in its place.
    is_replaced: bool,
    name: String,
    /// The variable that holds the class, when what replaces it is known by it.
    binding: Option<String>,
    count: usize,
}

/// A member that the runtime knows.
#[derive(Debug)]
pub(super) struct ClassElement {
    pub(super) handle: String,
    pub(super) index: usize,
    pub(super) is_legacy: bool,
    /// It belongs to what replaces the class.
    pub(super) is_moved: bool,
}

impl Splicer<'_> {
    /// Whether a class needs the runtime's help.
    pub(super) fn is_decorated(&self, class: &ast::Class) -> bool {
        let has_parameters = |member| {
            self.context.classes.has_legacy_decorators
                && parameters(member).any(|decorators| !decorators.is_empty())
        };
        let mut members = class.body.iter();
        !class.decorators.is_empty()
            || members.any(|member| !decorators_of(member).is_empty() || has_parameters(member))
    }

    /// `@d class A {}` → `const _d0 = …; let A; ({ "A": class {} });`, without the
    /// variable where only members have decorators. `whole` begins with `export`.
    pub(super) fn decorated_declaration(
        &mut self,
        ident: &ast::Ident,
        class: &ast::Class,
        whole: Span,
    ) {
        let mut decorated = self.decorated_class(class, &ident.sym);
        self.writer
            .copy_to(self.decorators_start(class).min(self.lo(whole)));
        self.writer.write(&format!("const {} = ", decorated.handle));
        self.decorate_call(&decorated, &class.decorators);
        self.writer.write("; ");
        self.writer.skip_to(self.keyword(class));
        if !decorated.is_replaced {
            self.class_parts(Some(ident), class, Some(decorated));
            return;
        }
        let name = ident.sym.to_string();
        let key = key(&name);
        self.writer.write(&format!("let {name}; ({{ {key}: "));
        decorated.binding = Some(name);
        self.class_parts(Some(ident), class, Some(decorated));
        self.writer.write(" });");
    }

    /// `@d class {}` as a value → `((_d0) => (_d0 = …, class {}, _d0.target))()`
    pub(super) fn decorated_value(
        &mut self,
        ident: Option<&ast::Ident>,
        class: &ast::Class,
        key: Option<&str>,
    ) {
        let own = ident.map(|ident| ident.sym.to_string());
        let name = own.as_deref().or(key).unwrap_or_default();
        let mut decorated = self.decorated_class(class, name);
        let handle = decorated.handle.clone();
        let named = (decorated.is_replaced || own.is_none()) && !name.is_empty();
        let key = self::key(name);
        let parameter = own.as_ref().filter(|_| decorated.is_replaced);
        let parameters = match parameter {
            Some(name) => format!("{handle}, {name}"),
            None => handle.clone(),
        };
        decorated.binding = parameter.cloned();
        let mut suspends = Suspends::default();
        suspends.class(class);
        let (open, close) = match (suspends.awaits, suspends.yields) {
            (is_async, true) => {
                let word = if is_async { "async " } else { "" };
                let open = format!("(yield* ({word}function* ({parameters}) {{ return (");
                (open, "); }).call(this))")
            }
            (true, _) => (format!("(await (async ({parameters}) => ("), "))())"),
            _ => (format!("(({parameters}) => ("), "))()"),
        };
        self.writer.copy_to(self.decorators_start(class));
        self.writer.write(&format!("{open}{handle} = "));
        self.decorate_call(&decorated, &class.decorators);
        self.writer.write(", ");
        self.writer.skip_to(self.keyword(class));
        if named {
            self.writer.write(&format!("{{ {key}: "));
        }
        self.class_parts(ident, class, Some(decorated));
        let end = if named { " }" } else { "" };
        self.writer.write(&format!("{end}, {handle}.target{close}"));
    }

    fn decorated_class(&mut self, class: &ast::Class, name: &str) -> DecoratedClass {
        let is_legacy = self.context.classes.has_legacy_decorators;
        let has_parameters = class.body.iter().any(|member| {
            matches!(member, ast::ClassMember::Constructor(_))
                && parameters(member).any(|decorators| !decorators.is_empty())
        });
        let handle = self.names.unused(&format!("_d{}", self.decorated_classes));
        self.decorated_classes += 1;
        DecoratedClass {
            handle,
            is_legacy,
            is_replaced: !class.decorators.is_empty() || (is_legacy && has_parameters),
            name: name.to_owned(),
            binding: None,
            count: 0,
        }
    }

    /// Byte at which a class begins, decorators included.
    pub(super) fn decorators_start(&self, class: &ast::Class) -> u32 {
        let first = class.decorators.first();
        let start = self.lo(class.span);
        first.map_or(start, |first| self.lo(first.span).min(start))
    }

    fn decorate_call(&mut self, class: &DecoratedClass, decorators: &[ast::Decorator]) {
        let runtime = self.context.global("__cumulet");
        if class.is_legacy {
            self.writer
                .write(&format!("{runtime}.decorateLegacy(() => ["));
        } else {
            self.writer.write(&format!("{runtime}.decorate(["));
        }
        self.decorator_list(class, decorators);
        self.writer.write("])");
    }

    fn decorator_list(&mut self, class: &DecoratedClass, decorators: &[ast::Decorator]) {
        for one in decorators {
            self.decorator(class, one);
            self.writer.write(", ");
        }
    }

    /// The value of one decorator, brackets around it included.
    fn decorator(&mut self, class: &DecoratedClass, one: &ast::Decorator) {
        let end = self.hi(one.span);
        self.writer.skip_to(self.lo(one.span) + 1);
        if class.is_legacy {
            let mut suspends = Suspends::default();
            one.expr.visit_with(&mut suspends);
            if suspends.awaits || suspends.yields {
                self.refuse_decorators(
                    one.span,
                    "`await` and `yield` can't stand in one of TypeScript's older decorators here.",
                    "Compute the value before the class.",
                );
            }
        }
        // The standard's are called with the object that they are members of.
        match one.expr.unwrap_parens() {
            ast::Expr::Member(read) if !class.is_legacy && !read.prop.is_private_name() => {
                let (parameters, place) = match &read.prop {
                    ast::MemberProp::Ident(name) => ("_o", member(&name.sym)),
                    _ => ("_o, _k", "[_k]".to_owned()),
                };
                self.writer
                    .write(&format!("(({parameters}) => _o{place}.bind(_o))("));
                self.writer.skip_to(self.at(read.obj.span_lo()));
                self.visit_expr(&read.obj);
                self.writer.copy_to(self.at(read.obj.span_hi()));
                if let ast::MemberProp::Computed(computed) = &read.prop {
                    self.writer.write(", ");
                    self.writer.skip_to(self.at(computed.expr.span_lo()));
                    self.single(&computed.expr);
                }
                self.writer.write(")");
                self.writer.skip_to(end);
            }
            _ => {
                self.visit_expr(&one.expr);
                self.writer.copy_to(end);
            }
        }
    }

    /// Tells the runtime of a member, in the place of its decorators.
    pub(super) fn class_element(
        &mut self,
        class: &mut DecoratedClass,
        node: &ast::ClassMember,
    ) -> Option<ClassElement> {
        let decorators = decorators_of(node);
        let has_parameters =
            class.is_legacy && parameters(node).any(|decorators| !decorators.is_empty());
        let is_moved = class.is_replaced && !class.is_legacy && is_static_value(node);
        if decorators.is_empty() && !has_parameters && !is_moved {
            return None;
        }
        let words = words(node)?;
        let name = self.element_name(node);
        if class.is_legacy && words.contains("private") {
            self.refuse_decorators(
                node.span(),
                "TypeScript's older decorators can't stand on members with a private name.",
                "Name the member without `#`, or remove experimentalDecorators.",
            );
        }
        let handle = class.handle.clone();
        self.writer.copy_to(self.lo(node.span()));
        let open = if class.is_legacy { "() => [" } else { "[" };
        let words = string_literal(&words);
        self.writer
            .write(&format!("[{handle}.add({words}, {name}, {open}"));
        self.decorator_list(class, decorators);
        self.parameter_decorators(class, node);
        self.writer.write("])]() {} ");
        class.count += 1;
        Some(ClassElement {
            handle,
            index: class.count - 1,
            is_legacy: class.is_legacy,
            is_moved,
        })
    }

    /// Decorators of parameters are evaluated with those of their function, which
    /// come before them.
    fn parameter_decorators(&mut self, class: &DecoratedClass, node: &ast::ClassMember) {
        if !class.is_legacy {
            return;
        }
        let after = self.writer.cursor();
        for (index, decorators) in parameters(node).enumerate() {
            for one in decorators {
                self.writer.seek(self.lo(one.span));
                self.writer
                    .write(&format!("{}.param({index}, ", class.handle));
                self.decorator(class, one);
                self.writer.write("), ");
                self.moved_decorators.insert(one.span.lo);
            }
        }
        self.writer.seek(after);
    }

    /// Leaves out a parameter's decorators, which are written before its function.
    pub(super) fn drop_decorators(&mut self, decorators: &[ast::Decorator], end: u32) {
        let Some(first) = decorators.first() else {
            return;
        };
        if !self.moved_decorators.contains(&first.span.lo) {
            self.refuse_decorators(
                first.span,
                "Parameters have decorators only in TypeScript's older kind, in classes.",
                "Set `\"experimentalDecorators\": true` in tsconfig.json, or remove them.",
            );
        }
        self.writer.copy_to(self.lo(first.span));
        let breaks = self.writer.drop_to(end);
        let moved = decorators.iter().map(|one| self.slice(one.span));
        let moved: usize = moved.map(|text| text.matches('\n').count()).sum();
        self.writer.line_breaks(breaks.saturating_sub(moved));
    }

    /// What the class's body begins with.
    pub(super) fn decorated_start(
        &self,
        class: &DecoratedClass,
        body: &[ast::ClassMember],
    ) -> String {
        let handle = &class.handle;
        let binding = class.binding.as_ref();
        let assign = binding.map_or(String::new(), |name| format!("{name} = "));
        if class.is_legacy {
            return match binding {
                Some(name) => format!(" static {{ {name} = this; }}"),
                None => String::new(),
            };
        }
        let name = string_literal(&class.name);
        let mut privates = String::new();
        let (mut has_methods, mut has_static_methods) = (false, false);
        for node in body.iter().filter(|node| !decorators_of(node).is_empty()) {
            let Some(words) = words(node) else { continue };
            if words.ends_with("method") || words.ends_with("getter") || words.ends_with("setter") {
                let is_static = words.starts_with("static");
                has_methods |= !is_static;
                has_static_methods |= is_static;
            }
            if words.contains("private ") {
                self.private_access(node, &mut privates);
            }
        }
        let mut text = format!(" static {{ {assign}{handle}.apply(this, {name}, [{privates}]);");
        if has_static_methods {
            let _ = write!(text, " {handle}.statics();");
        }
        text.push_str(" }");
        if has_methods {
            let hook = self.names.unused(&format!("_begin{handle}"));
            let _ = write!(text, " #{hook} = {handle}.begin(this);");
        }
        text
    }

    /// Functions that reach a private member, for the runtime.
    fn private_access(&self, node: &ast::ClassMember, text: &mut String) {
        let (name, span) = match node {
            ast::ClassMember::PrivateMethod(node) => (&node.key, node.span),
            ast::ClassMember::PrivateProp(node) => (&node.key, node.span),
            ast::ClassMember::AutoAccessor(ast::AutoAccessor {
                key: ast::Key::Private(key),
                span,
                ..
            }) => (key, *span),
            _ => return,
        };
        let name = self.slice(name.span);
        let kind = match node {
            ast::ClassMember::PrivateMethod(node) => Some(node.kind),
            _ => None,
        };
        let _ = write!(text, "{{ has: (o) => {name} in o");
        if kind != Some(ast::MethodKind::Setter) {
            let _ = write!(text, ", get: (o) => o.{name}");
        }
        if kind.is_none() || kind == Some(ast::MethodKind::Setter) {
            let _ = write!(text, ", set: (o, v) => {{ o.{name} = v; }}");
        }
        if matches!(node, ast::ClassMember::AutoAccessor(_)) {
            let store = self.accessor_store(span);
            let _ = write!(
                text,
                ", read: (o) => o.{store}, write: (o, v) => {{ o.{store} = v; }}"
            );
        }
        text.push_str(" }, ");
    }

    /// What the class's body ends with.
    pub(super) fn decorated_end(class: &DecoratedClass) -> String {
        let handle = &class.handle;
        match (class.is_legacy, &class.binding) {
            (true, Some(name)) => format!(" static {{ {name} = {handle}.apply(this); }}"),
            (true, None) => format!(" static {{ {handle}.apply(this); }}"),
            (false, _) if class.is_replaced => format!(" static {{ {handle}.end(); }}"),
            (false, _) => String::new(),
        }
    }

    fn element_name(&self, node: &ast::ClassMember) -> String {
        match key_of(node) {
            Some(MemberKey::Public(name)) => self.key_text(name).unwrap_or("void 0".to_owned()),
            Some(MemberKey::Private(name)) => string_literal(self.slice(name.span)),
            None => "void 0".to_owned(),
        }
    }

    /// A key as an expression; `None` when it is computed.
    pub(super) fn key_text(&self, key: &ast::PropName) -> Option<String> {
        match key {
            ast::PropName::Ident(name) => Some(string_literal(&name.sym)),
            ast::PropName::Str(text) => Some(self.slice(text.span).to_owned()),
            ast::PropName::Num(number) => Some(self.slice(number.span).to_owned()),
            ast::PropName::BigInt(number) => Some(self.slice(number.span).to_owned()),
            ast::PropName::Computed(_) => None,
        }
    }

    fn refuse_decorators(&mut self, span: Span, message: &str, help: &str) {
        self.refuse(codes::UNSUPPORTED_SYNTAX, span, message, help);
    }
}

impl DecoratedClass {
    /// Whether the class stands without its own name, which is a variable's.
    pub(super) fn drops_name(&self) -> bool {
        self.binding.is_some()
    }

    /// Whether static blocks belong to what replaces the class.
    pub(super) fn moves_blocks(&self) -> Option<&str> {
        (self.is_replaced && !self.is_legacy).then_some(self.handle.as_str())
    }
}
