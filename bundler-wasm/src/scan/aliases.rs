//! What an expression is known to be without running it: `const e = eval`
//! makes `e` the global `eval`, `"ev" + "al"` is a text. Only what matters to
//! the checks is told apart, and only names that are never assigned again are
//! followed; everything else is unknown.

use std::borrow::Cow;

use super::is_ambient;
use super::value::Value;
use crate::swc::{
    FxHashMap, FxHashSet, SyntaxContext, Visit, VisitWith, ast, find_pat_ids, noop_visit_type,
};

/// Longer texts aren't followed: what is looked for in them is short.
const MAX_TEXT_BYTES: usize = 512;

/// Local names that are known to be something.
pub(super) struct Aliases {
    unresolved: SyntaxContext,
    values: FxHashMap<ast::Id, Value>,
}

/// Looks through a module for such names.
pub(super) fn collect(unresolved: SyntaxContext, module: &ast::Module) -> Aliases {
    let mut excluded = FxHashSet::default();
    loop {
        let mut collector = Collector {
            aliases: Aliases {
                unresolved,
                values: FxHashMap::default(),
            },
            assigned: FxHashSet::default(),
            excluded: &excluded,
        };
        module.visit_with(&mut collector);
        let Collector {
            aliases,
            mut assigned,
            ..
        } = collector;
        assigned.retain(|id| aliases.values.contains_key(id));
        if assigned.is_empty() {
            return aliases;
        }
        // What was derived from a name that changes must be forgotten too.
        excluded.extend(assigned);
    }
}

impl Aliases {
    /// What an expression is, if that is known.
    pub(super) fn value(&self, expr: &ast::Expr) -> Option<Value> {
        match expr {
            ast::Expr::Ident(ident) if ident.ctxt == self.unresolved => {
                Some(Value::global(ident.sym.clone()))
            }
            ast::Expr::Ident(_) if self.values.is_empty() => None,
            ast::Expr::Ident(ident) => self.values.get(&ident.to_id()).cloned(),
            ast::Expr::Lit(ast::Lit::Str(text)) => bounded(text.value.as_str()?.to_owned()),
            ast::Expr::Tpl(template) => self.template(template),
            ast::Expr::Bin(bin) if bin.op == ast::BinaryOp::Add => {
                match (self.value(&bin.left)?, self.value(&bin.right)?) {
                    (Value::Text(left), Value::Text(right)) => bounded(left + &right),
                    _ => None,
                }
            }
            ast::Expr::Bin(bin) if bin.op.may_short_circuit() => self.either(&bin.left, &bin.right),
            ast::Expr::Cond(cond) => self.either(&cond.cons, &cond.alt),
            ast::Expr::Fn(_) | ast::Expr::Arrow(_) | ast::Expr::Class(_) => Some(Value::Function),
            ast::Expr::Member(member) => self.member(member),
            ast::Expr::OptChain(chain) => match &*chain.base {
                ast::OptChainBase::Member(member) => self.member(member),
                ast::OptChainBase::Call(call) => self.call(&call.callee, &call.args),
            },
            ast::Expr::Call(call) => self.call(call.callee.as_expr()?, &call.args),
            ast::Expr::Seq(seq) => self.value(seq.exprs.last()?),
            ast::Expr::Assign(assign) if assign.op == ast::AssignOp::Assign => {
                self.value(&assign.right)
            }
            _ => self.value(without_types(expr)?),
        }
    }

    /// The text that an expression surely is.
    pub(super) fn text(&self, expr: &ast::Expr) -> Option<String> {
        match self.value(expr)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The name of a member, where it is known.
    pub(super) fn member_name<'e>(&self, prop: &'e ast::MemberProp) -> Option<Cow<'e, str>> {
        match prop {
            ast::MemberProp::Ident(name) => Some(Cow::Borrowed(&name.sym)),
            ast::MemberProp::Computed(computed) => self.text(&computed.expr).map(Cow::Owned),
            ast::MemberProp::PrivateName(_) => None,
        }
    }

    fn template(&self, template: &ast::Tpl) -> Option<Value> {
        let mut text = String::new();
        let mut holes = template.exprs.iter();
        for quasi in &template.quasis {
            text.push_str(quasi.cooked.as_ref()?.as_str()?);
            if let Some(hole) = holes.next() {
                text.push_str(&self.text(hole)?);
            }
        }
        bounded(text)
    }

    /// One of both, which of them shows only at run time: a text wouldn't be known then.
    fn either(&self, left: &ast::Expr, right: &ast::Expr) -> Option<Value> {
        [left, right]
            .into_iter()
            .filter_map(|expr| self.value(expr))
            .find(|value| !matches!(value, Value::Text(_)))
    }

    fn member(&self, member: &ast::MemberExpr) -> Option<Value> {
        let name = self.member_name(&member.prop)?;
        let object = self.value(&member.obj);
        if let Some(value) = object.as_ref().and_then(|object| object.member(&name)) {
            return Some(value);
        }
        // `[]["filter"]`: nearly all members of a literal are functions.
        let is_literal = matches!(
            &*member.obj,
            ast::Expr::Array(_) | ast::Expr::Lit(ast::Lit::Str(_))
        );
        match &*name {
            "constructor" => Some(Value::Constructor),
            "length" => None,
            name if is_literal && name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                Some(Value::Function)
            }
            _ => None,
        }
    }

    fn call(&self, callee: &ast::Expr, args: &[ast::ExprOrSpread]) -> Option<Value> {
        let member = unwrapped(callee).as_member()?;
        let name = self.member_name(&member.prop)?;
        let object = self.value(&member.obj)?;
        let mut args = args.iter().map(|arg| self.value(&arg.expr));
        match (&object, &*name) {
            (_, "bind") => object.is_function().then_some(object),
            (Value::Global(global), "getPrototypeOf")
                if matches!(global.as_str(), "Object" | "Reflect") =>
            {
                let is_function = args.next()??.is_function();
                is_function.then_some(Value::FunctionPrototype)
            }
            (Value::Global(global), "get") if global == "Reflect" => {
                match (args.next()??, args.next()??) {
                    (object, Value::Text(name)) => object.member(&name),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

fn bounded(text: String) -> Option<Value> {
    (text.len() <= MAX_TEXT_BYTES).then_some(Value::Text(text))
}

/// What stands in parentheses, or beside a type.
fn without_types(expr: &ast::Expr) -> Option<&ast::Expr> {
    Some(match expr {
        ast::Expr::Paren(inner) => &inner.expr,
        ast::Expr::TsAs(inner) => &inner.expr,
        ast::Expr::TsNonNull(inner) => &inner.expr,
        ast::Expr::TsSatisfies(inner) => &inner.expr,
        ast::Expr::TsConstAssertion(inner) => &inner.expr,
        ast::Expr::TsTypeAssertion(inner) => &inner.expr,
        ast::Expr::TsInstantiation(inner) => &inner.expr,
        _ => return None,
    })
}

/// See [`without_types`]; optional chaining is seen through too.
pub(super) fn unwrapped(mut expr: &ast::Expr) -> &ast::Expr {
    while let Some(inner) = without_types(expr) {
        expr = inner;
    }
    expr
}

struct Collector<'a> {
    aliases: Aliases,
    assigned: FxHashSet<ast::Id>,
    excluded: &'a FxHashSet<ast::Id>,
}

impl Collector<'_> {
    fn set(&mut self, ident: &ast::Ident, value: Value) {
        let id = ident.to_id();
        if !self.excluded.contains(&id) {
            self.aliases.values.insert(id, value);
        }
    }

    /// `const e = eval`, `const { eval: e } = window`
    fn bind(&mut self, pattern: &ast::Pat, value: &Value) {
        match pattern {
            ast::Pat::Ident(ident) => self.set(ident, value.clone()),
            ast::Pat::Assign(with_default) => self.bind(&with_default.left, value),
            ast::Pat::Object(object) => {
                for prop in &object.props {
                    match prop {
                        ast::ObjectPatProp::KeyValue(pair) => {
                            let name = match &pair.key {
                                ast::PropName::Ident(name) => Some(name.sym.to_string()),
                                ast::PropName::Str(name) => name.value.as_str().map(str::to_owned),
                                ast::PropName::Computed(computed) => {
                                    self.aliases.text(&computed.expr)
                                }
                                ast::PropName::Num(_) | ast::PropName::BigInt(_) => None,
                            };
                            if let Some(value) = name.and_then(|name| value.member(&name)) {
                                self.bind(&pair.value, &value);
                            }
                        }
                        ast::ObjectPatProp::Assign(short) => {
                            if let Some(value) = value.member(&short.key.sym) {
                                self.set(&short.key, value);
                            }
                        }
                        ast::ObjectPatProp::Rest(_) => {}
                    }
                }
            }
            _ => {}
        }
    }
}

impl Visit for Collector<'_> {
    noop_visit_type!();

    fn visit_decl(&mut self, node: &ast::Decl) {
        if !is_ambient(node) {
            node.visit_children_with(self);
        }
    }

    fn visit_fn_decl(&mut self, node: &ast::FnDecl) {
        self.set(&node.ident, Value::Function);
        node.visit_children_with(self);
    }

    fn visit_class_decl(&mut self, node: &ast::ClassDecl) {
        self.set(&node.ident, Value::Function);
        node.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, node: &ast::VarDecl) {
        for declarator in &node.decls {
            let value = declarator
                .init
                .as_ref()
                .and_then(|init| self.aliases.value(init));
            // A variable that may change is worth following only as an alias of a global.
            let is_followed = |value: &Value| {
                node.kind == ast::VarDeclKind::Const
                    || matches!(value, Value::GlobalObject | Value::Global(_))
            };
            if let Some(value) = value.filter(is_followed) {
                self.bind(&declarator.name, &value);
            }
        }
        node.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, node: &ast::AssignExpr) {
        match &node.left {
            ast::AssignTarget::Simple(ast::SimpleAssignTarget::Ident(ident)) => {
                self.assigned.insert(ident.to_id());
            }
            ast::AssignTarget::Simple(_) => {}
            ast::AssignTarget::Pat(pattern) => self.assigned.extend(find_pat_ids(pattern)),
        }
        node.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, node: &ast::UpdateExpr) {
        if let ast::Expr::Ident(ident) = &*node.arg {
            self.assigned.insert(ident.to_id());
        }
        node.visit_children_with(self);
    }

    fn visit_for_head(&mut self, node: &ast::ForHead) {
        if let ast::ForHead::Pat(pattern) = node {
            self.assigned.extend(find_pat_ids(pattern));
        }
        node.visit_children_with(self);
    }
}
