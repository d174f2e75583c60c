//! Names that one scope may not declare twice. The parser leaves this to the
//! engine, which would say it without a place in the source. swc's resolver has
//! given every scope's names marks of their own, so that two declarations clash
//! exactly when they declare the same marked name.

use std::collections::hash_map::Entry;

use super::scope::pattern_idents;
use super::splice::Splicer;
use crate::codes;
use crate::swc::{Span, Spanned, ast};

/// How a name is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeclarationKind {
    /// `import`: two of them are looked at by `scan`.
    Import,
    /// `let`, `const`, `class`, and functions in modules and blocks.
    Lexical,
    /// `var`, and functions in functions.
    Variable,
    Parameter,
}

impl Splicer<'_> {
    /// Takes a declaration in, or refuses it.
    pub(super) fn declare(&mut self, ident: &ast::Ident, kind: DeclarationKind) {
        // In TypeScript, the parser lets everything be called so.
        self.is_doubtful |= ident.sym == "this";
        let first = match self.scopes.entry(ident.to_id()) {
            Entry::Vacant(entry) => {
                entry.insert((kind, ident.span));
                return;
            }
            Entry::Occupied(entry) => *entry.get(),
        };
        let may_repeat = match (first.0, kind) {
            (DeclarationKind::Import, DeclarationKind::Import) => true,
            (DeclarationKind::Parameter, DeclarationKind::Parameter) => false,
            (DeclarationKind::Parameter | DeclarationKind::Variable, other) => matches!(
                other,
                DeclarationKind::Parameter | DeclarationKind::Variable
            ),
            _ => false,
        };
        if !may_repeat {
            self.refuse_second(ident, first.1);
        }
    }

    pub(super) fn declare_pattern(&mut self, pattern: &ast::Pat, kind: DeclarationKind) {
        pattern_idents(pattern, &mut |ident| self.declare(ident, kind));
    }

    fn refuse_second(&mut self, ident: &ast::Ident, first: Span) {
        let line = self
            .context
            .range(first)
            .map_or(0, |range| self.context.source.position(range.start).0);
        let name = &ident.sym;
        let message = format!("`{name}` is declared twice: first in line {line}.");
        let help = "Rename one of them, or remove the one that isn't needed.";
        self.refuse(codes::DUPLICATE_NAME, ident.span, message, help);
    }

    /// An object has one prototype, so it may be set once.
    pub(super) fn check_prototype(&mut self, node: &ast::ObjectLit) {
        let mut setters = node.props.iter().filter_map(|property| {
            let pair = property.as_prop()?.as_key_value()?;
            let is_prototype = match &pair.key {
                ast::PropName::Ident(name) => name.sym == "__proto__",
                ast::PropName::Str(text) => text.value == "__proto__",
                _ => false,
            };
            is_prototype.then(|| pair.key.span())
        });
        if let Some(second) = setters.nth(1) {
            let message = "`__proto__` is set twice in one object.";
            self.refuse(codes::SYNTAX, second, message, "Remove one of them.");
        }
    }

    /// How a function declaration counts where it stands.
    pub(super) fn function_kind(&self) -> DeclarationKind {
        let is_in_function_body = self
            .functions
            .last()
            .is_some_and(|frame| frame.depth == self.refresh.depth);
        if is_in_function_body {
            DeclarationKind::Variable
        } else {
            DeclarationKind::Lexical
        }
    }
}
