//! What a file's syntax tree says by itself, read and never changed: code that
//! can't run in the frame, words that may be Tailwind classes, slips in JSX,
//! and names that nothing declares.
//!
//! The tree is the parser's, with the marks of swc's `resolver` and with its
//! types: a type holds no class and runs nothing, so types are passed over.

mod aliases;
mod classes;
mod imports;
mod jsx;
mod security;
mod style;
mod syntax;
mod undeclared;
mod value;
mod walk;

use protocol::bundle::Diagnostic;

use crate::diagnostic;
use crate::parse;
use crate::source::{ByteRange, Source};
use crate::swc::{BytePos, FxHashSet, Span, SyntaxContext, ast};

pub(crate) use imports::{ImportClause, NamedImport};
pub(crate) use undeclared::{NameUse, Undeclared};

/// The file that is read.
pub(crate) struct Input<'a> {
    /// Project path.
    pub(crate) file: &'a str,
    /// Its text.
    pub(crate) source: &'a Source,
    /// Byte 0 of the text, in swc's numbering.
    pub(crate) start: BytePos,
    /// What the resolver gives names that nothing declares.
    pub(crate) unresolved: SyntaxContext,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// Findings that need no other file.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Words that may be Tailwind classes, from all strings.
    pub(crate) candidates: FxHashSet<String>,
    /// Those of them that look like Tailwind's own, from class attributes.
    pub(crate) utilities: FxHashSet<String>,
    /// What is imported, and what should be.
    pub(crate) names: Names,
    /// Whether `await` stands outside of all functions, so that the module waits.
    pub(crate) awaits: bool,
}

/// Names that a file brings in, and those that it lacks.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Import declarations in order of the text.
    pub(crate) clauses: Vec<ImportClause>,
    /// Components and hooks that are used and nowhere declared, each once.
    pub(crate) undeclared: Vec<Undeclared>,
    /// Where the first import declaration can be written.
    pub(crate) insert_at: u32,
}

/// Reads a module.
pub(crate) fn scan(input: &Input<'_>, module: &ast::Module) -> Scanned {
    let aliases = aliases::collect(input.unresolved, module);
    let mut scanned = walk::walk(input, aliases, module);
    scanned.diagnostics.extend(syntax::refused(input, module));
    scanned.names.clauses = imports::clauses(input, module);
    scanned.names.insert_at = imports::insert_at(input, module);
    scanned
}

impl Input<'_> {
    fn range(&self, span: Span) -> Option<ByteRange> {
        parse::byte_range(self.start, span)
    }

    fn text(&self, span: Span) -> &str {
        self.range(span)
            .map_or("", |range| self.source.slice(range))
    }

    /// Whether an identifier is a global: no declaration of the file shadows it.
    fn is_global(&self, ident: &ast::Ident) -> bool {
        ident.ctxt == self.unresolved
    }

    fn diagnostic(&self, code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
        let range = self.range(span).unwrap_or(ByteRange { start: 0, end: 0 });
        diagnostic::at(code, self.file, self.source, range, message)
    }
}

/// Whether a declaration only tells TypeScript that something exists elsewhere.
fn is_ambient(declaration: &ast::Decl) -> bool {
    match declaration {
        ast::Decl::Class(class) => class.declare,
        ast::Decl::Fn(function) => function.declare || function.function.body.is_none(),
        ast::Decl::Var(variables) => variables.declare,
        ast::Decl::TsEnum(declaration) => declaration.declare,
        ast::Decl::TsModule(namespace) => namespace.declare,
        ast::Decl::TsInterface(_) | ast::Decl::TsTypeAlias(_) => true,
        ast::Decl::Using(_) => false,
    }
}
