//! Keeps hostile or broken texts from exhausting the stack. A recursive parser
//! has no way to stop by itself, and a stack that overflows ends the worker
//! (in the browser) or the process (natively).
//!
//! Two gates: [`unparsable`] estimates from the bare text how deep the parser
//! would recurse, and finds what it would panic at; [`deep_tree`] measures the
//! tree, because chains such as `a + b + c` are parsed in a loop but walked
//! recursively. The estimate may be wrong by a little in either direction; real
//! code stays far below the limits.

mod scanner;

pub(crate) use scanner::unparsable;

use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

/// Depth of the tree in expressions, statements, types and elements: a sum of
/// this many strings still works. Measured the same way.
const MAX_TREE_DEPTH: u32 = 700;

/// Why a text can't be given to the parser, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unparsable {
    /// It is nested deeper than the parser's stack can bear.
    TooDeep(u32),
    /// `<a:b.c>`, at which the parser panics.
    ElementName(u32),
}

/// Place where a tree is deeper than the passes' stack can bear.
pub(crate) fn deep_tree(module: &ast::Module) -> Option<Span> {
    let mut depth = Depth {
        depth: 0,
        found: None,
    };
    module.visit_with(&mut depth);
    depth.found
}

struct Depth {
    depth: u32,
    found: Option<Span>,
}

impl Depth {
    fn enter<N: Spanned + VisitWith<Self>>(&mut self, node: &N) {
        if self.found.is_some() {
            return;
        }
        if self.depth >= MAX_TREE_DEPTH {
            self.found = Some(node.span());
            return;
        }
        self.depth += 1;
        node.visit_children_with(self);
        self.depth -= 1;
    }
}

impl Visit for Depth {
    fn visit_expr(&mut self, node: &ast::Expr) {
        self.enter(node);
    }
    fn visit_stmt(&mut self, node: &ast::Stmt) {
        self.enter(node);
    }
    fn visit_pat(&mut self, node: &ast::Pat) {
        self.enter(node);
    }
    fn visit_ts_type(&mut self, node: &ast::TsType) {
        self.enter(node);
    }
    fn visit_ts_entity_name(&mut self, node: &ast::TsEntityName) {
        self.enter(node);
    }
    fn visit_jsx_element(&mut self, node: &ast::JSXElement) {
        self.enter(node);
    }
    fn visit_jsx_member_expr(&mut self, node: &ast::JSXMemberExpr) {
        self.enter(node);
    }
}
