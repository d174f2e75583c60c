//! Syntax that the parser takes and that has no form in the frame.

use protocol::bundle::Diagnostic;

use super::Input;
use super::walk::Walk;
use crate::codes;
use crate::diagnostic::DiagnosticExt;
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
