//! Components and hooks that nothing declares: an import was forgotten. Other
//! names aren't looked at, because a browser has too many globals.

use super::walk::Walk;
use crate::source::ByteRange;
use crate::swc::ast;

/// More names of one file than this are noise: each is looked up everywhere.
const MAX_NAMES: usize = 30;

/// Hooks that the runtime gives every app.
const PROVIDED: [&str; 1] = ["useAppData"];

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameUse {
    /// `<Name>`
    Component,
    /// `useName(…)`
    Hook,
    /// `<Name.Part>`
    Namespace,
    /// `React.name`
    React,
}

/// A name that nothing declares, at its first use.
#[derive(Debug)]
pub(crate) struct Undeclared {
    pub(crate) name: String,
    pub(crate) range: ByteRange,
    pub(crate) kind: NameUse,
}

impl Walk<'_> {
    /// A name is used in a way that tells what it must be.
    pub(super) fn used(&mut self, ident: &ast::Ident, kind: NameUse) {
        let known = &mut self.found.names.undeclared;
        let is_full = known.len() >= MAX_NAMES;
        if is_full || !self.input.is_global(ident) || known.iter().any(|u| u.name == *ident.sym) {
            return;
        }
        if let Some(range) = self.input.range(ident.span) {
            known.push(Undeclared {
                name: ident.sym.to_string(),
                range,
                kind,
            });
        }
    }

    /// `useName(…)`
    pub(super) fn hook(&mut self, callee: &ast::Expr) {
        if let ast::Expr::Ident(ident) = callee
            && !PROVIDED.contains(&ident.sym.as_str())
            && ident
                .sym
                .strip_prefix("use")
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
        {
            self.used(ident, NameUse::Hook);
        }
    }
}
