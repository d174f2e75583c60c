//! Words that may be Tailwind classes: those of every string, and apart from
//! them those in class attributes and in calls that join class names, which
//! tell whether a project uses Tailwind at all.

use super::Scanned;
use super::walk::Walk;
use crate::swc::{VisitWith, ast};
use crate::tailwind;

/// Functions that join class names: their arguments are classes.
const CLASS_FUNCTIONS: [&str; 8] = [
    "cn",
    "clsx",
    "cx",
    "cva",
    "tv",
    "classNames",
    "classnames",
    "twMerge",
];

impl Walk<'_> {
    /// Takes the words of a text in.
    pub(super) fn words(&mut self, text: &str) {
        for token in text.split_ascii_whitespace() {
            if !tailwind::is_candidate(token) {
                continue;
            }
            let Scanned {
                candidates,
                utilities,
                ..
            } = &mut self.found;
            if self.class_depth > 0 && !utilities.contains(token) && tailwind::is_utility(token) {
                utilities.insert(token.to_owned());
            }
            if !candidates.contains(token) {
                candidates.insert(token.to_owned());
            }
        }
    }

    /// Goes into a node whose strings are classes if `is_class`.
    pub(super) fn in_classes<N: VisitWith<Self>>(&mut self, node: &N, is_class: bool) {
        self.class_depth += u32::from(is_class);
        node.visit_children_with(self);
        self.class_depth -= u32::from(is_class);
    }
}

/// Whether a call joins class names.
pub(super) fn joins_classes(call: &ast::CallExpr) -> bool {
    call.callee
        .as_expr()
        .and_then(|callee| callee.as_ident())
        .is_some_and(|ident| CLASS_FUNCTIONS.contains(&ident.sym.as_str()))
}

/// Whether an attribute holds classes: `className`, `iconClassName`.
pub(super) fn is_class_attribute(name: &str) -> bool {
    name == "class"
        || name
            .len()
            .checked_sub("classname".len())
            .and_then(|at| name.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case("classname"))
}
