//! `import.meta` and `process.env`, which a classic script in a browser lacks.

use super::{Context, nodes};
use crate::swc::{DUMMY_SP, Span, ast};

/// A member expression on a global: `__cumulet.env`.
fn frame_env(context: &Context<'_>, span: Span) -> ast::Expr {
    nodes::member(nodes::global(context, "__cumulet"), "env", span)
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
                        "url" => Some(nodes::string(&address(context.file))),
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
                        .then(|| nodes::string("development"))
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
fn meta_object(context: &Context<'_>, span: Span) -> ast::Expr {
    ast::Expr::Object(ast::ObjectLit {
        span,
        props: vec![
            nodes::property("env", frame_env(context, DUMMY_SP)),
            nodes::property("url", nodes::string(&address(context.file))),
        ],
    })
}
