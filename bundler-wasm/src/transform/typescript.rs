//! What TypeScript adds that exists when the code runs: enums, namespaces,
//! `import name = …`. All are written as TypeScript's own compiler writes them.

use std::fmt::Write as _;

use super::exports::Value;
use super::imports::Binding;
use super::scope::{Declared, declared_names, is_only_declared, pattern_idents};
use super::splice::Splicer;
use crate::literal::{member, string_literal};
use crate::swc::{Atom, FxHashMap, FxHashSet, Span, Spanned, Visit, VisitWith, ast};

/// A value that is known before the code runs.
#[derive(Debug, Clone, PartialEq)]
enum Constant {
    Number(f64),
    Text(String),
}

impl Splicer<'_> {
    /// `enum A { B }` → `var A; ((A) => { A[A["B"] = 0] = "B"; })(A ||= {});`.
    /// `outer` is the namespace that exports it.
    pub(super) fn enumeration(&mut self, node: &ast::TsEnumDecl, outer: Option<&str>) {
        let name = node.id.sym.to_string();
        self.open_object(node.span, &node.id, &name);
        let unresolved = self.context.unresolved;
        let mut shadowed = Vec::new();
        let mut known: FxHashMap<Atom, Option<Constant>> = FxHashMap::default();
        let mut previous = Some(Constant::Number(-1.0));
        for item in &node.members {
            let (key, start) = match &item.id {
                ast::TsEnumMemberId::Ident(ident) => (ident.sym.clone(), self.lo(ident.span)),
                ast::TsEnumMemberId::Str(text) => {
                    let key: Atom = text.value.to_string_lossy().into_owned().into();
                    (key, self.lo(text.span))
                }
            };
            self.writer.skip_to(start);
            let literal = string_literal(&key);
            let constant = match &item.init {
                Some(init) => evaluate(init, &name, &known),
                None => match &previous {
                    Some(Constant::Number(number)) => Some(Constant::Number(number + 1.0)),
                    _ => None,
                },
            };
            match (&constant, &item.init) {
                (Some(Constant::Text(text)), _) => {
                    let text = string_literal(text);
                    self.writer.write(&format!(" {name}[{literal}] = {text};"));
                }
                (Some(Constant::Number(number)), _) => {
                    let number = number_text(*number);
                    self.writer.write(&format!(
                        " {name}[{name}[{literal}] = {number}] = {literal};"
                    ));
                }
                (None, Some(init)) => {
                    let is_text = is_text(init);
                    let open = if is_text { "" } else { &format!("{name}[") };
                    self.writer.write(&format!(" {open}{name}[{literal}] = "));
                    self.writer.skip_to(self.at(init.span_lo()));
                    self.visit_expr(init);
                    self.writer.copy_to(self.at(init.span_hi()));
                    if !is_text {
                        self.writer.write(&format!("] = {literal}"));
                    }
                    self.writer.write(";");
                }
                (None, None) => {
                    self.writer
                        .write(&format!(" {name}[{name}[{literal}] = void 0] = {literal};"));
                }
            }
            self.writer.skip_to(self.hi(item.span));
            // The resolver leaves an enum's own members unresolved.
            let id = (key.clone(), unresolved);
            let binding = Binding {
                text: Some(format!("{name}{}", member(&key)).into()),
                import: None,
            };
            shadowed.push((id.clone(), self.bindings.insert(id, binding)));
            known.insert(key, constant.clone());
            previous = constant;
        }
        for (id, before) in shadowed.into_iter().rev() {
            match before {
                Some(binding) => self.bindings.insert(id, binding),
                None => self.bindings.remove(&id),
            };
        }
        self.close_object(node.span, &name, outer);
    }

    /// `var A; ((A) => {`, or without the variable where the name exists already.
    fn open_object(&mut self, span: Span, ident: &ast::Ident, parameter: &str) {
        let name = ident.sym.as_str();
        self.writer.copy_to(self.lo(span));
        let is_top = self.functions.is_empty() && self.refresh.depth == 0;
        let keyword = if is_top { "var" } else { "let" };
        // Namespaces and enums of one name, and a class or function of it, are one.
        if self.declared.insert(ident.to_id()) {
            self.writer.write(&format!("{keyword} {name}"));
        }
        self.writer.write(&format!(";(({parameter}) => {{"));
    }

    /// `})(A ||= {});`
    fn close_object(&mut self, span: Span, name: &str, outer: Option<&str>) {
        self.writer.skip_to(self.hi(span));
        let value = match outer {
            Some(outer) => {
                let place = format!("{outer}{}", member(name));
                format!("{name} = {place} ||= {{}}")
            }
            None => format!("{name} ||= {{}}"),
        };
        self.writer.write(&format!(" }})({value});"));
    }

    /// `namespace A { export const b = 1 }` → `var A; ((A) => { A.b = 1; })(A ||= {});`
    pub(super) fn namespace(&mut self, node: &ast::TsModuleDecl, outer: Option<&str>) {
        self.is_doubtful = true;
        let (ast::TsModuleName::Ident(ident), Some(body)) = (&node.id, &node.body) else {
            return self.remove(node.span);
        };
        self.namespace_body(node.span, ident, body, outer);
    }

    fn namespace_body(
        &mut self,
        span: Span,
        ident: &ast::Ident,
        body: &ast::TsNamespaceBody,
        outer: Option<&str>,
    ) {
        let name = ident.sym.to_string();
        let parameter = if declares(body, &ident.sym) {
            self.names.unused(&format!("_{name}"))
        } else {
            name.clone()
        };
        self.open_object(span, ident, &parameter);
        self.refresh.depth += 1;
        match body {
            ast::TsNamespaceBody::TsNamespaceDecl(inner) => {
                self.writer.skip_to(self.lo(inner.id.span));
                let span = Span::new(inner.id.span.lo, inner.span.hi);
                self.namespace_body(span, &inner.id, &inner.body, Some(&parameter));
            }
            ast::TsNamespaceBody::TsModuleBlock(block) => {
                self.writer.skip_to(self.lo(block.span) + 1);
                self.bind_exports(&parameter, &block.body);
                for item in &block.body {
                    self.namespace_item(&parameter, item);
                }
                self.writer.copy_to(self.hi(block.span).saturating_sub(1));
            }
        }
        self.refresh.depth -= 1;
        self.close_object(span, &name, outer);
    }

    /// References to exported variables of a namespace read its properties.
    fn bind_exports(&mut self, name: &str, items: &[ast::ModuleItem]) {
        for item in items {
            let ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDecl(export)) = item else {
                continue;
            };
            let ast::Decl::Var(variables) = &export.decl else {
                continue;
            };
            for declarator in &variables.decls {
                pattern_idents(&declarator.name, &mut |ident| {
                    let text = Some(format!("{name}{}", member(&ident.sym)).into());
                    self.bindings
                        .insert(ident.to_id(), Binding { text, import: None });
                });
            }
        }
    }

    fn namespace_item(&mut self, name: &str, item: &ast::ModuleItem) {
        match item {
            ast::ModuleItem::Stmt(statement) => self.listed_statement(statement),
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDecl(export)) => {
                self.namespace_export(name, export);
            }
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsImportEquals(import)) => {
                self.import_equals(import);
            }
            // Nothing else can stand in a namespace.
            ast::ModuleItem::ModuleDecl(other) => self.remove(other.span()),
        }
    }

    fn namespace_export(&mut self, name: &str, export: &ast::ExportDecl) {
        if is_only_declared(&export.decl) {
            return self.remove(export.span);
        }
        if let ast::Decl::Class(class) = &export.decl {
            self.class_declaration(&class.ident, &class.class, export.span);
            return self.namespace_names(name, export);
        }
        self.writer.copy_to(self.lo(export.span));
        match &export.decl {
            ast::Decl::Var(variables) => self.namespace_variables(export.span, variables),
            ast::Decl::TsEnum(declaration) => {
                self.writer.skip_to(self.lo(declaration.span));
                self.enumeration(declaration, Some(name));
            }
            ast::Decl::TsModule(inner) => {
                self.writer.skip_to(self.lo(inner.span));
                self.namespace(inner, Some(name));
            }
            other => {
                self.writer.skip_to(self.at(other.span_lo()));
                other.visit_with(self);
                self.namespace_names(name, export);
            }
        }
    }

    /// `N.A = A;` behind the declaration of `A`.
    fn namespace_names(&mut self, name: &str, export: &ast::ExportDecl) {
        self.writer.copy_to(self.hi(export.span));
        let mut text = String::new();
        declared_names(&export.decl, &mut |local| {
            let _ = write!(text, " {name}{} = {local};", member(local));
        });
        self.writer.write(&text);
    }

    /// `export const a = 1, { b } = c;` → `(N.a = 1), ({ b: N.b } = c);`
    fn namespace_variables(&mut self, span: Span, variables: &ast::VarDecl) {
        self.writer.write(";");
        let mut is_first = true;
        for declarator in &variables.decls {
            let Some(init) = &declarator.init else {
                self.writer.skip_to(self.at(declarator.span_hi()));
                continue;
            };
            self.writer.skip_to(self.at(declarator.name.span_lo()));
            self.writer.write(if is_first { "(" } else { ", (" });
            is_first = false;
            declarator.name.visit_with(self);
            self.visit_expr(init);
            self.writer.copy_to(self.at(init.span_hi()));
            self.writer.write(")");
        }
        self.writer.skip_to(self.hi(span));
        self.writer.write(";");
    }

    /// `import A = B.C` → `const A = B.C`, when a value uses it.
    pub(super) fn import_equals(&mut self, node: &ast::TsImportEqualsDecl) {
        let ast::TsModuleRef::TsEntityName(name) = &node.module_ref else {
            // Refused, with a diagnostic.
            return self.remove(node.span);
        };
        if node.is_type_only || !(node.is_export || self.value_uses.contains(&node.id.to_id())) {
            return self.remove(node.span);
        }
        let local = node.id.sym.to_string();
        self.writer.copy_to(self.lo(node.span));
        self.writer.write(&format!("const {local} = "));
        self.writer.skip_to(self.at(name.span_lo()));
        self.entity_name(name);
        self.writer.copy_to(self.at(name.span_hi()));
        self.writer.write(";");
        self.writer.skip_to(self.hi(node.span));
        if node.is_export && self.refresh.depth == 0 {
            self.export(local.clone(), Value::Text(local), node.span);
        }
    }

    fn entity_name(&mut self, name: &ast::TsEntityName) {
        match name {
            ast::TsEntityName::Ident(ident) => self.reference(ident),
            ast::TsEntityName::TsQualifiedName(qualified) => self.entity_name(&qualified.left),
        }
    }
}

/// Whether a namespace has a declaration of this name inside.
fn declares(body: &ast::TsNamespaceBody, name: &Atom) -> bool {
    match body {
        ast::TsNamespaceBody::TsNamespaceDecl(inner) => inner.id.sym == *name,
        ast::TsNamespaceBody::TsModuleBlock(block) => {
            let declared = Declared::of(&block.body);
            declared.values.contains(name)
        }
    }
}

/// Names that values use, where imports may be of types.
#[derive(Default)]
pub(super) struct ValueUses(pub(super) FxHashSet<ast::Id>);

impl Visit for ValueUses {
    fn visit_ident(&mut self, node: &ast::Ident) {
        self.0.insert(node.to_id());
    }
    fn visit_ts_import_equals_decl(&mut self, node: &ast::TsImportEqualsDecl) {
        node.module_ref.visit_with(self);
    }
    fn visit_ts_type(&mut self, _: &ast::TsType) {}
    fn visit_ts_type_alias_decl(&mut self, _: &ast::TsTypeAliasDecl) {}
    fn visit_ts_interface_decl(&mut self, _: &ast::TsInterfaceDecl) {}
    fn visit_ts_expr_with_type_args(&mut self, _: &ast::TsExprWithTypeArgs) {}
}

/// The value of an enum's member, as far as TypeScript counts it as constant.
fn evaluate(
    expr: &ast::Expr,
    name: &str,
    known: &FxHashMap<Atom, Option<Constant>>,
) -> Option<Constant> {
    match expr {
        ast::Expr::Lit(ast::Lit::Num(number)) => Some(Constant::Number(number.value)),
        ast::Expr::Lit(ast::Lit::Str(text)) => {
            Some(Constant::Text(text.value.as_str()?.to_owned()))
        }
        ast::Expr::Tpl(template) => {
            let mut text = String::new();
            let mut values = template.exprs.iter();
            for quasi in &template.quasis {
                text.push_str(quasi.cooked.as_ref()?.as_str()?);
                if let Some(value) = values.next() {
                    match evaluate(value, name, known)? {
                        Constant::Text(value) => text.push_str(&value),
                        Constant::Number(value) => text.push_str(&number_text(value)),
                    }
                }
            }
            Some(Constant::Text(text))
        }
        ast::Expr::Paren(paren) => evaluate(&paren.expr, name, known),
        ast::Expr::Ident(ident) => match known.get(&ident.sym) {
            Some(value) => value.clone(),
            None if ident.sym == "NaN" => Some(Constant::Number(f64::NAN)),
            None if ident.sym == "Infinity" => Some(Constant::Number(f64::INFINITY)),
            None => None,
        },
        ast::Expr::Member(read) => {
            if read.obj.as_ident().is_none_or(|object| object.sym != name) {
                return None;
            }
            let key = match &read.prop {
                ast::MemberProp::Ident(prop) => prop.sym.clone(),
                ast::MemberProp::Computed(computed) => match &*computed.expr {
                    ast::Expr::Lit(ast::Lit::Str(text)) => text.value.as_str()?.to_owned().into(),
                    _ => return None,
                },
                ast::MemberProp::PrivateName(_) => return None,
            };
            known.get(&key)?.clone()
        }
        ast::Expr::Unary(unary) => {
            let Constant::Number(value) = evaluate(&unary.arg, name, known)? else {
                return None;
            };
            Some(Constant::Number(match unary.op {
                ast::UnaryOp::Minus => -value,
                ast::UnaryOp::Plus => value,
                ast::UnaryOp::Tilde => f64::from(!to_int32(value)),
                _ => return None,
            }))
        }
        ast::Expr::Bin(binary) => {
            let left = evaluate(&binary.left, name, known)?;
            let right = evaluate(&binary.right, name, known)?;
            combine(binary.op, left, right)
        }
        _ => None,
    }
}

fn combine(op: ast::BinaryOp, left: Constant, right: Constant) -> Option<Constant> {
    let (left, right) = match (left, right) {
        (Constant::Number(left), Constant::Number(right)) => (left, right),
        (left, right) if op == ast::BinaryOp::Add => {
            let text = |value| match value {
                Constant::Number(number) => number_text(number),
                Constant::Text(text) => text,
            };
            return Some(Constant::Text(text(left) + &text(right)));
        }
        _ => return None,
    };
    let bits = |combined: i32| Some(Constant::Number(f64::from(combined)));
    let (a, b) = (to_int32(left), to_int32(right));
    // JavaScript shifts by the lowest five bits.
    #[expect(
        clippy::cast_sign_loss,
        reason = "JavaScript reads the bits as unsigned"
    )]
    let (unsigned, count) = (a as u32, (b as u32) & 31);
    match op {
        ast::BinaryOp::Add => Some(Constant::Number(left + right)),
        ast::BinaryOp::Sub => Some(Constant::Number(left - right)),
        ast::BinaryOp::Mul => Some(Constant::Number(left * right)),
        ast::BinaryOp::Div => Some(Constant::Number(left / right)),
        ast::BinaryOp::Mod => Some(Constant::Number(left % right)),
        ast::BinaryOp::Exp => Some(Constant::Number(left.powf(right))),
        ast::BinaryOp::BitOr => bits(a | b),
        ast::BinaryOp::BitAnd => bits(a & b),
        ast::BinaryOp::BitXor => bits(a ^ b),
        ast::BinaryOp::LShift => bits(a.wrapping_shl(count)),
        ast::BinaryOp::RShift => bits(a >> count),
        ast::BinaryOp::ZeroFillRShift => Some(Constant::Number(f64::from(unsigned >> count))),
        _ => None,
    }
}

/// JavaScript's conversion to a 32-bit integer.
fn to_int32(value: f64) -> i32 {
    if !value.is_finite() {
        return 0;
    }
    let modulo = value.trunc().rem_euclid(4_294_967_296.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the modulo lies within 32 bits"
    )]
    let bits = modulo as u32;
    bits.cast_signed()
}

/// A number as JavaScript reads it back. Rust prints the shortest digits that
/// do, but never an exponent.
fn number_text(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else if value.abs() >= 1e21 || (value != 0.0 && value.abs() < 1e-6) {
        format!("{value:e}").replace('e', if value.abs() >= 1.0 { "e+" } else { "e" })
    } else {
        format!("{value}")
    }
}

/// Whether a value is text by its syntax, so that it gets no name of its own.
fn is_text(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Tpl(_) | ast::Expr::Lit(ast::Lit::Str(_)) => true,
        ast::Expr::Paren(paren) => is_text(&paren.expr),
        ast::Expr::Bin(binary) if binary.op == ast::BinaryOp::Add => {
            is_text(&binary.left) || is_text(&binary.right)
        }
        ast::Expr::TsAs(cast) => is_text(&cast.expr),
        _ => false,
    }
}
