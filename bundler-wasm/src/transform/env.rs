//! `import.meta` and `process.env`, which a classic script in a browser lacks,
//! and `location`, which in the preview's frame says nothing of the app.

use super::imports::Binding;
use super::splice::Splicer;
use crate::literal::string_literal;
use crate::mode::Mode;
use crate::swc::{Spanned, ast};

/// Globals that have `location`.
const WINDOWS: [&str; 4] = ["window", "globalThis", "self", "document"];

impl Splicer<'_> {
    /// In the preview `location` is the app's own, which the frame keeps.
    pub(super) fn bind_location(&mut self) {
        if self.has_own_location() {
            let text = Some(self.app_location().into());
            let binding = Binding { text, import: None };
            let id = ("location".into(), self.context.unresolved);
            self.bindings.insert(id, binding);
        }
    }

    /// The same for `window.location`: writes what stands for it, and says whether it did.
    pub(super) fn window_location(&mut self, member: &ast::MemberExpr) -> bool {
        let is_location = self.has_own_location()
            && member
                .prop
                .as_ident()
                .is_some_and(|name| name.sym == "location")
            && member.obj.as_ident().is_some_and(|object| {
                WINDOWS.contains(&&*object.sym) && self.context.is_global(object)
            });
        if is_location {
            let text = self.app_location();
            self.replace(member.span, &text);
        }
        is_location
    }

    fn has_own_location(&self) -> bool {
        self.context.mode == Mode::Development && !self.makes_workers()
    }

    fn app_location(&self) -> String {
        format!("{}.location", self.context.global("__cumulet"))
    }

    /// Writes what stands for `import.meta…` or `process.env…`, and says whether it did.
    pub(super) fn environment(&mut self, expr: &ast::Expr) -> bool {
        let Some(text) = self.environment_text(expr) else {
            return false;
        };
        self.replace(expr.span(), &text);
        true
    }

    fn environment_text(&self, expr: &ast::Expr) -> Option<String> {
        match expr {
            ast::Expr::MetaProp(meta) if meta.kind == ast::MetaPropKind::ImportMeta => {
                let env = self.frame_env();
                Some(format!("({{ env: {env}, url: {} }})", self.address()))
            }
            ast::Expr::Member(outer) => {
                let name = outer.prop.as_ident()?.sym.as_str();
                match &*outer.obj {
                    ast::Expr::MetaProp(meta) if meta.kind == ast::MetaPropKind::ImportMeta => {
                        match name {
                            "env" => Some(self.frame_env()),
                            "url" => Some(self.address()),
                            "hot" => Some("void 0".to_owned()),
                            _ => None,
                        }
                    }
                    ast::Expr::Ident(ident)
                        if name == "env"
                            && ident.sym == "process"
                            && self.context.is_global(ident) =>
                    {
                        Some(self.frame_env())
                    }
                    ast::Expr::Member(inner) if name == "NODE_ENV" => {
                        let process = inner.obj.as_ident()?;
                        let is_env = inner.prop.as_ident()?.sym == "env";
                        (is_env && process.sym == "process" && self.context.is_global(process))
                            .then(|| string_literal(self.context.mode.name()))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn frame_env(&self) -> String {
        format!("{}.env", self.context.global("__cumulet"))
    }

    fn address(&self) -> String {
        if self.context.mode == Mode::Production {
            return format!("{}.url", self.context.global("__cumulet"));
        }
        string_literal(&format!("cumulet:///{}", self.context.file))
    }
}
