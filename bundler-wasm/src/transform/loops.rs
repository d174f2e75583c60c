//! Guards of loops: in a preview, a loop that never ends must become an error
//! at its place instead of a frozen app. Each round counts, and every so many
//! rounds the runtime is asked whether the page has had a pause since it was
//! first asked (`runtime-deps/src/frame/loops.ts`).

use std::fmt::Write as _;

use crate::mode::Mode;

use super::splice::Splicer;
use crate::swc::{Spanned, VisitWith, ast};

/// Rounds from one question to the next: asking costs a hundred times what counting does.
const ROUNDS: u32 = 100;

impl Splicer<'_> {
    /// Whether functions of this file may become the text of a worker, where
    /// neither the frame's runtime is nor what the module has around them.
    pub(super) fn makes_workers(&self) -> bool {
        self.text.contains("Blob(")
    }

    /// The body of a loop, with its guard.
    pub(super) fn loop_body(&mut self, body: &ast::Stmt) {
        if self.context.mode == Mode::Production || self.makes_workers() {
            body.visit_with(self);
            return;
        }
        let guard = self.loop_guard();
        match body {
            ast::Stmt::Block(block) => {
                self.writer.copy_to(self.lo(block.span) + 1);
                self.writer.write(&guard);
                body.visit_with(self);
            }
            ast::Stmt::Empty(empty) => self.replace(empty.span, &format!("{{{guard} }}")),
            other => {
                self.writer.copy_to(self.lo(other.span()));
                self.writer.write(&format!("{{{guard} "));
                other.visit_with(self);
                self.writer.copy_to(self.hi(other.span()));
                self.writer.write(" }");
            }
        }
    }

    /// The guard's text; all loops of a module have one counter.
    fn loop_guard(&mut self) -> String {
        let counter = self.names.unused("_round");
        if !self.has_loops {
            self.has_loops = true;
            let _ = write!(self.head, "let {counter} = 0; ");
        }
        let runtime = self.context.global("__cumulet");
        format!(" if (++{counter} > {ROUNDS}) {counter} = {runtime}.round();")
    }
}
