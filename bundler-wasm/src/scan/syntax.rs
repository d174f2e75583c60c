//! Syntax that the parser takes and that has no form in the frame.

use protocol::bundle::Diagnostic;

use super::Input;
use super::walk::Walk;
use crate::codes;
use crate::diagnostic::DiagnosticExt;
use crate::source::skip_trivia;
use crate::swc::{Span, ast};
use crate::transform::is_glob;

/// `import x = require("…")` and `export =`.
pub(super) fn refused(input: &Input<'_>, module: &ast::Module) -> Vec<Diagnostic> {
    let refuse = |span, message: &str, help: &str| {
        input
            .diagnostic(codes::UNSUPPORTED_SYNTAX, span, message)
            .help(help)
    };
    module
        .body
        .iter()
        .filter_map(ast::ModuleItem::as_module_decl)
        .filter_map(|declaration| match declaration {
            ast::ModuleDecl::TsImportEquals(import)
                if matches!(import.module_ref, ast::TsModuleRef::TsExternalModuleRef(_)) =>
            {
                Some(refuse(
                    import.span,
                    "`import … = require(…)` doesn't work in a browser module.",
                    "Write `import … from \"…\"` instead.",
                ))
            }
            ast::ModuleDecl::TsExportAssignment(export) => Some(refuse(
                export.span,
                "`export =` doesn't work in a browser module.",
                "Write `export default …` instead.",
            )),
            _ => None,
        })
        .collect()
}

impl Walk<'_> {
    /// An `await`, wherever it is.
    pub(super) fn awaited(&mut self, span: Span) {
        self.found.awaits |= self.function_depth == 0;
        if !self.can_await {
            self.report(
                codes::SYNTAX,
                span,
                "`await` can only stand at the top of a module and in async functions.",
                "Write `async` before the function, or await the value before this place.",
            );
        }
    }

    /// A decorator before what can't have one: the parser drops it.
    pub(super) fn stray_decorator(&mut self, span: Span) {
        let start = self.input.range(span).map_or(0, |range| range.start);
        if self.input.source.text().as_bytes().get(start as usize) == Some(&b'@') {
            self.report(
                codes::SYNTAX,
                span,
                "A decorator can't stand here.",
                "Remove it, or put it before a class or a member of one.",
            );
        }
    }

    /// A statement that begins with `import.meta` or `import(…)` and isn't ended:
    /// the parser takes what follows for the next one.
    pub(super) fn open_import(&mut self, node: &ast::ExprStmt) {
        let Some(range) = self.input.range(node.span) else {
            return;
        };
        let source = self.input.source;
        let statement = source.slice(range);
        if !statement.starts_with("import") || statement.ends_with(';') {
            return;
        }
        let end = range.end as usize;
        let next = skip_trivia(source.text(), end).0;
        let between = source.text().get(end..next).unwrap_or_default();
        let is_ended = matches!(source.text().as_bytes().get(next), None | Some(b'}'))
            || between.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        if !is_ended {
            self.report(
                codes::SYNTAX,
                node.span,
                "This statement has no end.",
                "Put a semicolon behind it.",
            );
        }
    }

    /// Calls on `import.meta`, those of `glob` aside.
    pub(super) fn meta_call(&mut self, node: &ast::CallExpr) {
        if let ast::Callee::Expr(callee) = &node.callee
            && let ast::Expr::Member(member) = &**callee
            && matches!(&*member.obj, ast::Expr::MetaProp(_))
            && !is_glob(node)
        {
            self.report(
                codes::UNSUPPORTED_SYNTAX,
                node.span,
                "`import.meta` has no function here but `glob`.",
                "Import each file by name, or by import.meta.glob.",
            );
        }
    }
}
