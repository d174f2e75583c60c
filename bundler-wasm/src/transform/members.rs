//! What the members of a class have, whatever their kind: names, decorators, and
//! what of them is evaluated with the class.

use crate::swc::{Visit, VisitWith, ast};

/// How a class is evaluated whose place is that of a value.
#[derive(Debug, Default)]
pub(super) struct Suspends {
    pub(super) awaits: bool,
    pub(super) yields: bool,
}

/// The name of a member.
pub(super) enum MemberKey<'a> {
    Public(&'a ast::PropName),
    Private(&'a ast::PrivateName),
}

pub(super) fn key_of(node: &ast::ClassMember) -> Option<MemberKey<'_>> {
    Some(match node {
        ast::ClassMember::Method(node) => MemberKey::Public(&node.key),
        ast::ClassMember::ClassProp(node) => MemberKey::Public(&node.key),
        ast::ClassMember::PrivateMethod(node) => MemberKey::Private(&node.key),
        ast::ClassMember::PrivateProp(node) => MemberKey::Private(&node.key),
        ast::ClassMember::AutoAccessor(node) => match &node.key {
            ast::Key::Public(key) => MemberKey::Public(key),
            ast::Key::Private(key) => MemberKey::Private(key),
        },
        _ => return None,
    })
}

pub(super) fn decorators_of(node: &ast::ClassMember) -> &[ast::Decorator] {
    match node {
        ast::ClassMember::Method(node) => &node.function.decorators,
        ast::ClassMember::PrivateMethod(node) => &node.function.decorators,
        ast::ClassMember::ClassProp(node) => &node.decorators,
        ast::ClassMember::PrivateProp(node) => &node.decorators,
        ast::ClassMember::AutoAccessor(node) => &node.decorators,
        _ => &[],
    }
}

/// Decorators of each parameter of a member.
pub(super) fn parameters(
    node: &ast::ClassMember,
) -> Box<dyn Iterator<Item = &[ast::Decorator]> + '_> {
    match node {
        ast::ClassMember::Method(node) => {
            Box::new(node.function.params.iter().map(|one| &*one.decorators))
        }
        ast::ClassMember::Constructor(node) => Box::new(node.params.iter().map(|one| match one {
            ast::ParamOrTsParamProp::Param(one) => &*one.decorators,
            ast::ParamOrTsParamProp::TsParamProp(one) => &*one.decorators,
        })),
        _ => Box::new(std::iter::empty()),
    }
}

/// A static field or accessor that everybody sees: it belongs to what replaces the class.
pub(super) fn is_static_value(node: &ast::ClassMember) -> bool {
    match node {
        ast::ClassMember::ClassProp(node) => node.is_static && !node.declare && !node.is_abstract,
        ast::ClassMember::AutoAccessor(node) => {
            node.is_static && matches!(node.key, ast::Key::Public(_))
        }
        _ => false,
    }
}

/// What the runtime calls a member: `static private method`.
pub(super) fn words(node: &ast::ClassMember) -> Option<String> {
    let (is_static, kind) = match node {
        ast::ClassMember::Constructor(_) => (false, "constructor"),
        ast::ClassMember::Method(node) => (node.is_static, method_word(node.kind)),
        ast::ClassMember::PrivateMethod(node) => (node.is_static, method_word(node.kind)),
        ast::ClassMember::ClassProp(node) => (node.is_static, "field"),
        ast::ClassMember::PrivateProp(node) => (node.is_static, "field"),
        ast::ClassMember::AutoAccessor(node) => (node.is_static, "accessor"),
        _ => return None,
    };
    let is_private = matches!(key_of(node), Some(MemberKey::Private(_)));
    let first = if is_static { "static " } else { "" };
    let second = if is_private { "private " } else { "" };
    Some(format!("{first}{second}{kind}"))
}

fn method_word(kind: ast::MethodKind) -> &'static str {
    match kind {
        ast::MethodKind::Method => "method",
        ast::MethodKind::Getter => "getter",
        ast::MethodKind::Setter => "setter",
    }
}

impl Suspends {
    /// What is evaluated with the class itself.
    pub(super) fn class(&mut self, class: &ast::Class) {
        class.decorators.visit_with(self);
        class.super_class.visit_with(self);
        for node in &class.body {
            for one in decorators_of(node) {
                one.visit_with(self);
            }
            if let Some(MemberKey::Public(key)) = key_of(node) {
                key.visit_with(self);
            }
        }
    }
}

impl Visit for Suspends {
    fn visit_await_expr(&mut self, _: &ast::AwaitExpr) {
        self.awaits = true;
    }
    fn visit_yield_expr(&mut self, _: &ast::YieldExpr) {
        self.yields = true;
    }
    fn visit_function(&mut self, _: &ast::Function) {}
    fn visit_arrow_expr(&mut self, _: &ast::ArrowExpr) {}
    fn visit_class(&mut self, node: &ast::Class) {
        self.class(node);
    }
}
