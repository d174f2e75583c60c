//! `import.meta` and `process.env`, which a classic script in a browser lacks.

use super::Context;
use crate::swc::{DUMMY_SP, SyntaxContext, ast};

/// A member expression on a global: `__cumulet.env`.
fn frame_env(context: &Context<'_>, span: crate::swc::Span) -> ast::Expr {
    member(global(context, "__cumulet"), "env", span)
}

/// A global of the frame, marked so that a declaration of the same name in the
/// file is renamed.
pub(super) fn global(context: &Context<'_>, name: &str) -> ast::Expr {
    let marked = SyntaxContext::empty().apply_mark(context.unresolved);
    ast::Expr::Ident(ast::Ident::new(name.into(), DUMMY_SP, marked))
}

/// `object.name`, or `object["name"]` where the name needs quotes.
pub(super) fn member(object: ast::Expr, name: &str, span: crate::swc::Span) -> ast::Expr {
    let prop = if crate::emit::is_identifier(name) {
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
        raw: Some(crate::emit::string_literal(text).into()),
    }))
}

/// What stands for `import.meta…` and `process.env…`; `None` for all else.
pub(super) fn replacement(context: &Context<'_>, expr: &ast::Expr) -> Option<ast::Expr> {
    match expr {
        ast::Expr::MetaProp(meta) if meta.kind == ast::MetaPropKind::ImportMeta => {
            Some(meta_object(context, meta.span))
        }
        ast::Expr::Member(outer) => {
            let name = outer.prop.as_ident()?.sym.as_str();
            match &*outer.obj {
                ast::Expr::MetaProp(meta) if meta.kind == ast::MetaPropKind::ImportMeta => {
                    match name {
                        "env" => Some(frame_env(context, outer.span)),
                        "url" => Some(string(&address(context.file))),
                        "hot" => Some(undefined()),
                        _ => None,
                    }
                }
                ast::Expr::Ident(ident)
                    if name == "env" && ident.sym == "process" && context.is_global(ident) =>
                {
                    Some(frame_env(context, outer.span))
                }
                ast::Expr::Member(inner) if name == "NODE_ENV" => {
                    let process = inner.obj.as_ident()?;
                    let is_env = inner.prop.as_ident()?.sym == "env";
                    (is_env && process.sym == "process" && context.is_global(process))
                        .then(|| string("development"))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn address(file: &str) -> String {
    format!("cumulet:///{file}")
}

fn undefined() -> ast::Expr {
    ast::Expr::Unary(ast::UnaryExpr {
        span: DUMMY_SP,
        op: ast::UnaryOp::Void,
        arg: Box::new(ast::Expr::Lit(ast::Lit::Num(ast::Number {
            span: DUMMY_SP,
            value: 0.0,
            raw: None,
        }))),
    })
}

/// `{ env: __cumulet.env, url: "…" }`
fn meta_object(context: &Context<'_>, span: crate::swc::Span) -> ast::Expr {
    let property = |name: &str, value: ast::Expr| {
        ast::PropOrSpread::Prop(Box::new(ast::Prop::KeyValue(ast::KeyValueProp {
            key: ast::PropName::Ident(ast::IdentName::new(name.into(), DUMMY_SP)),
            value: Box::new(value),
        })))
    };
    ast::Expr::Object(ast::ObjectLit {
        span,
        props: vec![
            property("env", frame_env(context, DUMMY_SP)),
            property("url", string(&address(context.file))),
        ],
    })
}
