//! Code made from text, and scripts by address: refused before the app runs,
//! as far as it shows without running it. What doesn't show here is stopped by
//! the frame's policy (`docs/diagnostics.md` says which is which).

use protocol::bundle::Severity;

use super::aliases::unwrapped;
use super::value::Value;
use super::walk::Walk;
use crate::codes;
use crate::swc::{Span, Spanned, ast};

/// A message quotes at most this much of the code.
const MAX_QUOTED_CHARS: usize = 40;
const NO_SCRIPT_URLS: &str =
    "A `javascript:` address does nothing: React and the app's frame refuse it.";

impl Walk<'_> {
    /// A call: of a forbidden function by any name, or handing one over.
    pub(super) fn called(&mut self, callee: &ast::Expr, args: &[ast::ExprOrSpread], span: Span) {
        for arg in args {
            let may_name = matches!(
                unwrapped(&arg.expr),
                ast::Expr::Ident(_) | ast::Expr::Member(_)
            );
            if may_name && self.aliases.value(&arg.expr) == Some(Value::Global("eval".into())) {
                self.forbidden("eval", &arg.expr, arg.expr.span());
            }
        }
        if let Some(Value::Global(name)) = self.aliases.value(callee) {
            return self.global_called(&name, callee, args, span);
        }
        let ast::Expr::Member(member) = unwrapped(callee) else {
            return;
        };
        let (Some(Value::Global(object)), Some(name)) = (
            self.aliases.value(&member.obj),
            self.aliases.member_name(&member.prop),
        ) else {
            return;
        };
        match (object.as_str(), &*name) {
            ("document", "write" | "writeln") => self.written(args, span),
            ("Reflect", "apply" | "construct") => {
                if let Some(target) = args.first()
                    && let Some(Value::Global(target_name)) = self.aliases.value(&target.expr)
                    && target_name != "eval"
                {
                    self.global_called(&target_name, &target.expr, &[], span);
                }
            }
            // `eval.call(…)`, `setTimeout.apply(…)`: the first argument is `this`.
            (_, "call" | "apply") => {
                self.global_called(&object, callee, args.get(1..).unwrap_or_default(), span);
            }
            _ => {}
        }
    }

    /// `new …`
    pub(super) fn constructed(&mut self, callee: &ast::Expr, span: Span) {
        let Some(Value::Global(name)) = self.aliases.value(callee) else {
            return;
        };
        match name.as_str() {
            "Function" => self.forbidden("Function", callee, span),
            "Worker" | "SharedWorker" => {
                let message =
                    format!("`new {name}` can't be used: the app's frame starts no workers.");
                self.report(
                    codes::DYNAMIC_CODE,
                    span,
                    &message,
                    "Do the work in the component; split long loops with setTimeout.",
                );
            }
            _ => {}
        }
    }

    /// `class … extends Function`, whose `super(…)` takes code.
    pub(super) fn extended(&mut self, superclass: &ast::Expr) {
        if self.aliases.value(superclass) == Some(Value::Global("Function".into())) {
            self.forbidden("Function", superclass, superclass.span());
        }
    }

    /// `location.href = "javascript:…"`
    pub(super) fn address_assigned(&mut self, node: &ast::AssignExpr) {
        let is_address = match &node.left {
            ast::AssignTarget::Simple(ast::SimpleAssignTarget::Member(member)) => self
                .aliases
                .member_name(&member.prop)
                .is_some_and(|name| matches!(&*name, "href" | "src" | "location" | "action")),
            ast::AssignTarget::Simple(ast::SimpleAssignTarget::Ident(ident)) => {
                ident.sym == "location" && self.input.is_global(ident)
            }
            _ => false,
        };
        if is_address && is_script_url(&self.known_start(&node.right)) {
            let help = "Call the function where the address is set.";
            self.finding(
                Severity::Warning,
                codes::SCRIPT_URL,
                node.span,
                NO_SCRIPT_URLS,
                help,
                None,
            );
        }
    }

    /// `href="javascript:…"`, as an expression.
    pub(super) fn address_value(&mut self, value: &ast::Expr, span: Span) {
        let start = self.known_start(value);
        self.address_text(&start, span);
    }

    /// The same as a plain string.
    pub(super) fn address_text(&mut self, text: &str, span: Span) {
        if is_script_url(text) {
            self.finding(
                Severity::Warning,
                codes::SCRIPT_URL,
                span,
                NO_SCRIPT_URLS,
                "Use a <button> with onClick; for a link that leads nowhere yet, write href=\"#\".",
                Some(("Let it lead nowhere", "\"#\"")),
            );
        }
    }

    /// The text that an expression surely starts with.
    fn known_start(&self, expr: &ast::Expr) -> String {
        if let Some(text) = self.aliases.text(expr) {
            return text;
        }
        match unwrapped(expr) {
            ast::Expr::Tpl(template) => template
                .quasis
                .first()
                .and_then(|quasi| quasi.cooked.as_ref())
                .and_then(|text| text.as_str())
                .unwrap_or_default()
                .to_owned(),
            ast::Expr::Bin(bin) if bin.op == ast::BinaryOp::Add => self.known_start(&bin.left),
            _ => String::new(),
        }
    }

    /// Whether an expression is surely a text, known or not.
    fn is_text(&self, expr: &ast::Expr) -> bool {
        match unwrapped(expr) {
            ast::Expr::Tpl(_) | ast::Expr::Lit(ast::Lit::Str(_)) => true,
            ast::Expr::Bin(bin) if bin.op == ast::BinaryOp::Add => {
                self.is_text(&bin.left) || self.is_text(&bin.right)
            }
            expr => self.aliases.text(expr).is_some(),
        }
    }

    fn global_called(
        &mut self,
        name: &str,
        callee: &ast::Expr,
        args: &[ast::ExprOrSpread],
        span: Span,
    ) {
        match name {
            "eval" | "Function" => self.forbidden(name, callee, span),
            "importScripts" => self.report(
                codes::DYNAMIC_CODE,
                span,
                "`importScripts` can't be used: the app's frame loads no scripts by address.",
                "Import an approved package instead.",
            ),
            "setTimeout" | "setInterval"
                if args.first().is_some_and(|arg| self.is_text(&arg.expr)) =>
            {
                self.report(
                    codes::DYNAMIC_CODE,
                    span,
                    &format!("`{name}` with text can't be used: the app's frame runs no code made from text."),
                    &format!("Pass a function: {name}(() => {{ … }}, delay)."),
                );
            }
            "require" => self.report(
                codes::REQUIRE_CALL,
                span,
                "`require` doesn't exist in a browser module.",
                "Import at the top of the file instead: import name from \"…\".",
            ),
            _ => {}
        }
    }

    /// `eval` or `Function`, which `code` may call by another name.
    fn forbidden(&mut self, name: &str, code: &ast::Expr, span: Span) {
        let (shown, help) = if name == "eval" {
            (
                "eval",
                "Write the code as a function, or parse data with JSON.parse.",
            )
        } else {
            (
                "Function(…)",
                "Write the code as a function; for a formula, parse it with a small parser.",
            )
        };
        let written = self.input.text(unwrapped(code).span());
        let is_hidden = !written.contains(name)
            && !written.contains('\n')
            && written.chars().count() <= MAX_QUOTED_CHARS;
        let message = if is_hidden {
            format!(
                "`{written}` is `{name}`, which can't be used: the app's frame runs no code made from text."
            )
        } else {
            format!("`{shown}` can't be used: the app's frame runs no code made from text.")
        };
        self.report(codes::DYNAMIC_CODE, span, &message, help);
    }

    /// `document.write("<script…")`
    fn written(&mut self, args: &[ast::ExprOrSpread], span: Span) {
        let has_script = args.iter().any(|arg| {
            self.input
                .text(arg.expr.span())
                .to_ascii_lowercase()
                .contains("<script")
                || self
                    .aliases
                    .text(&arg.expr)
                    .is_some_and(|text| text.to_ascii_lowercase().contains("<script"))
        });
        if has_script {
            self.report(
                codes::DYNAMIC_CODE,
                span,
                "`document.write` of a script can't be used: the app's frame runs no scripts but the app's own.",
                "Import an approved package, or write the code in a file of the project.",
            );
        }
    }
}

/// Whether a text is a `javascript:` address: browsers skip spaces and control
/// characters in it.
fn is_script_url(text: &str) -> bool {
    const SCHEME: &str = "javascript:";
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(SCHEME.len())
        .map(|c| c.to_ascii_lowercase())
        .eq(SCHEME.chars())
}
