//! Small pieces of syntax tree that the passes put together.

use super::Context;
use crate::emit;
use crate::swc::{DUMMY_SP, Span, SyntaxContext, ast};

/// A global of the frame, marked so that a declaration of the same name in the
/// file is renamed.
pub(super) fn global(context: &Context<'_>, name: &str) -> ast::Expr {
    let marked = SyntaxContext::empty().apply_mark(context.unresolved);
    ast::Expr::Ident(ast::Ident::new(name.into(), DUMMY_SP, marked))
}

/// `object.name`, or `object["name"]` where the name needs quotes.
pub(super) fn member(object: ast::Expr, name: &str, span: Span) -> ast::Expr {
    let prop = if emit::is_identifier(name) {
        ast::MemberProp::Ident(ast::IdentName::new(name.into(), span))
    } else {
        ast::MemberProp::Computed(ast::ComputedPropName {
            span: DUMMY_SP,
            expr: Box::new(string(name)),
        })
    };
    ast::Expr::Member(ast::MemberExpr {
        span,
        obj: Box::new(object),
        prop,
    })
}

/// A string literal.
pub(super) fn string(text: &str) -> ast::Expr {
    ast::Expr::Lit(ast::Lit::Str(ast::Str {
        span: DUMMY_SP,
        value: text.into(),
        raw: Some(emit::string_literal(text).into()),
    }))
}

/// `AppDependencies.core["react"]`
pub(super) fn package_value(context: &Context<'_>, category: &str, specifier: &str) -> ast::Expr {
    let all = global(context, "AppDependencies");
    ast::Expr::Member(ast::MemberExpr {
        span: DUMMY_SP,
        obj: Box::new(member(all, category, DUMMY_SP)),
        prop: ast::MemberProp::Computed(ast::ComputedPropName {
            span: DUMMY_SP,
            expr: Box::new(string(specifier)),
        }),
    })
}

/// `name: value`; quoted where needed, computed where a plain key would set
/// the prototype.
pub(super) fn property(name: &str, value: ast::Expr) -> ast::PropOrSpread {
    let key = if name == "__proto__" {
        ast::PropName::Computed(ast::ComputedPropName {
            span: DUMMY_SP,
            expr: Box::new(string(name)),
        })
    } else if emit::is_identifier(name) {
        ast::PropName::Ident(ast::IdentName::new(name.into(), DUMMY_SP))
    } else {
        ast::PropName::Str(ast::Str {
            span: DUMMY_SP,
            value: name.into(),
            raw: Some(emit::string_literal(name).into()),
        })
    };
    ast::PropOrSpread::Prop(Box::new(ast::Prop::KeyValue(ast::KeyValueProp {
        key,
        value: Box::new(value),
    })))
}

pub(super) fn arrow(value: ast::Expr) -> ast::Expr {
    ast::Expr::Arrow(ast::ArrowExpr {
        body: Box::new(ast::ArrowFunctionBody::Expr(Box::new(value))),
        ..Default::default()
    })
}

/// `callee(…args)`
pub(super) fn call(callee: ast::Expr, args: Vec<ast::Expr>) -> ast::Expr {
    ast::Expr::Call(ast::CallExpr {
        callee: ast::Callee::Expr(Box::new(callee)),
        args: args
            .into_iter()
            .map(|expr| ast::ExprOrSpread {
                spread: None,
                expr: Box::new(expr),
            })
            .collect(),
        ..Default::default()
    })
}

pub(super) fn statement(expr: ast::Expr) -> ast::Stmt {
    ast::Stmt::Expr(ast::ExprStmt {
        span: DUMMY_SP,
        expr: Box::new(expr),
    })
}

pub(super) fn constant(ident: ast::Ident, value: ast::Expr) -> ast::Stmt {
    declaration(ast::VarDeclKind::Const, vec![declarator(ident, value)])
}

pub(super) fn declaration(kind: ast::VarDeclKind, decls: Vec<ast::VarDeclarator>) -> ast::Stmt {
    ast::Stmt::Decl(ast::Decl::Var(Box::new(ast::VarDecl {
        kind,
        decls,
        ..Default::default()
    })))
}

pub(super) fn declarator(ident: ast::Ident, value: ast::Expr) -> ast::VarDeclarator {
    ast::VarDeclarator {
        span: Span::default(),
        name: ast::Pat::Ident(ident.into()),
        init: Some(Box::new(value)),
        definite: false,
    }
}
