//! One read-only walk: code that can't run in the frame, and what may be
//! Tailwind classes.

use std::collections::BTreeSet;

use protocol::bundle::Diagnostic;

use super::Context;
use crate::diagnostic::DiagnosticExt;
use crate::swc::{Span, Visit, VisitWith, ast};
use crate::tailwind;

/// What the walk found.
pub(super) struct Scanned {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) candidates: BTreeSet<String>,
    pub(super) utilities: BTreeSet<String>,
}

/// Syntax that has no form in a module; looked for before types are stripped.
pub(super) fn refused_syntax(context: &Context<'_>, program: &ast::Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let ast::Program::Module(module) = program else {
        return found;
    };
    for item in &module.body {
        match item {
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsImportEquals(import))
                if matches!(import.module_ref, ast::TsModuleRef::TsExternalModuleRef(_)) =>
            {
                found.push(
                    context
                        .diagnostic(
                            "unsupported-syntax",
                            import.span,
                            "`import … = require(…)` doesn't work in a browser module.",
                        )
                        .help("Write `import … from \"…\"` instead."),
                );
            }
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsExportAssignment(export)) => {
                found.push(
                    context
                        .diagnostic(
                            "unsupported-syntax",
                            export.span,
                            "`export =` doesn't work in a browser module.",
                        )
                        .help("Write `export default …` instead."),
                );
            }
            _ => {}
        }
    }
    found
}

/// Walks a program that still has its JSX.
pub(super) fn scan(context: &Context<'_>, program: &ast::Program) -> Scanned {
    let mut scan = Scan {
        context,
        function_depth: 0,
        class_depth: 0,
        found: Scanned {
            diagnostics: Vec::new(),
            candidates: BTreeSet::new(),
            utilities: BTreeSet::new(),
        },
    };
    program.visit_with(&mut scan);
    scan.found
}

struct Scan<'a> {
    context: &'a Context<'a>,
    /// Functions around the place; `await` outside of all needs a module that can wait.
    function_depth: u32,
    /// Class attributes and class-joining calls around the place.
    class_depth: u32,
    found: Scanned,
}

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

/// Objects whose members are the globals.
const GLOBAL_OBJECTS: [&str; 4] = ["window", "globalThis", "self", "top"];

impl Scan<'_> {
    fn text(&mut self, text: &str) {
        for token in text.split_whitespace() {
            if !tailwind::is_candidate(token) {
                continue;
            }
            if self.class_depth > 0 && tailwind::is_utility(token) {
                self.found.utilities.insert(token.to_owned());
            }
            if !self.found.candidates.contains(token) {
                self.found.candidates.insert(token.to_owned());
            }
        }
    }

    fn in_function(&mut self, walk: impl FnOnce(&mut Self)) {
        self.function_depth += 1;
        walk(self);
        self.function_depth -= 1;
    }

    fn report(&mut self, code: &str, span: Span, message: &str, help: &str) {
        let diagnostic = self.context.diagnostic(code, span, message).help(help);
        self.found.diagnostics.push(diagnostic);
    }

    /// The global that an expression names: `eval`, `window.eval`.
    fn global_name<'e>(&self, expr: &'e ast::Expr) -> Option<&'e str> {
        match expr {
            ast::Expr::Ident(ident) if self.context.is_global(ident) => Some(ident.sym.as_str()),
            ast::Expr::Member(member) => {
                let object = member.obj.as_ident()?;
                let is_global =
                    self.context.is_global(object) && GLOBAL_OBJECTS.contains(&object.sym.as_str());
                is_global.then(|| member.prop.as_ident().map(|prop| prop.sym.as_str()))?
            }
            ast::Expr::Paren(paren) => self.global_name(&paren.expr),
            ast::Expr::Seq(seq) => self.global_name(seq.exprs.last()?),
            _ => None,
        }
    }

    fn call(&mut self, name: &str, span: Span, args: &[ast::ExprOrSpread]) {
        let first = args.first().map(|arg| &*arg.expr);
        match name {
            "eval" => self.report(
                "dynamic-code",
                span,
                "`eval` can't be used: the app's frame runs no code made from text.",
                "Write the code as a function, or parse data with JSON.parse.",
            ),
            "Function" => self.report(
                "dynamic-code",
                span,
                "`Function(…)` can't be used: the app's frame runs no code made from text.",
                "Write the code as a function; for a formula, parse it with a small parser.",
            ),
            "importScripts" => self.report(
                "dynamic-code",
                span,
                "`importScripts` can't be used: the app's frame loads no scripts by address.",
                "Import an approved package instead.",
            ),
            "setTimeout" | "setInterval"
                if matches!(
                    first,
                    Some(ast::Expr::Lit(ast::Lit::Str(_)) | ast::Expr::Tpl(_))
                ) =>
            {
                self.report(
                    "dynamic-code",
                    span,
                    &format!("`{name}` with text can't be used: the app's frame runs no code made from text."),
                    "Pass a function: setTimeout(() => { … }, delay).",
                );
            }
            "require" => self.report(
                "require-call",
                span,
                "`require` doesn't exist in a browser module.",
                "Import at the top of the file instead: import name from \"…\".",
            ),
            _ => {}
        }
    }
}

impl Visit for Scan<'_> {
    fn visit_import_decl(&mut self, _: &ast::ImportDecl) {}
    fn visit_export_all(&mut self, _: &ast::ExportAll) {}
    fn visit_named_export(&mut self, _: &ast::NamedExport) {}

    fn visit_function(&mut self, node: &ast::Function) {
        self.in_function(|scan| node.visit_children_with(scan));
    }
    fn visit_arrow_expr(&mut self, node: &ast::ArrowExpr) {
        self.in_function(|scan| node.visit_children_with(scan));
    }
    fn visit_constructor(&mut self, node: &ast::Constructor) {
        self.in_function(|scan| node.visit_children_with(scan));
    }
    fn visit_getter_prop(&mut self, node: &ast::GetterProp) {
        self.in_function(|scan| node.visit_children_with(scan));
    }
    fn visit_setter_prop(&mut self, node: &ast::SetterProp) {
        self.in_function(|scan| node.visit_children_with(scan));
    }

    fn visit_await_expr(&mut self, node: &ast::AwaitExpr) {
        if self.function_depth == 0 {
            self.top_level_await(node.span);
        }
        node.visit_children_with(self);
    }

    fn visit_for_of_stmt(&mut self, node: &ast::ForOfStmt) {
        if node.is_await && self.function_depth == 0 {
            self.top_level_await(node.span);
        }
        node.visit_children_with(self);
    }

    fn visit_decorator(&mut self, node: &ast::Decorator) {
        self.report(
            "unsupported-syntax",
            node.span,
            "Decorators can't be used here.",
            "Call the function on the class or value instead: `const Model = decorate(class { … })`.",
        );
    }

    fn visit_call_expr(&mut self, node: &ast::CallExpr) {
        let mut joins_classes = false;
        if let ast::Callee::Expr(callee) = &node.callee {
            if let Some(name) = self.global_name(callee) {
                self.call(name, node.span, &node.args);
            }
            if let ast::Expr::Member(member) = &**callee
                && let ast::Expr::MetaProp(_) = &*member.obj
            {
                self.report(
                    "unsupported-syntax",
                    node.span,
                    "`import.meta` has no functions here: there is no `glob` and no `resolve`.",
                    "Import each file by name, and list them in an array or object.",
                );
            }
            joins_classes = callee
                .as_ident()
                .is_some_and(|ident| CLASS_FUNCTIONS.contains(&ident.sym.as_str()));
        }
        self.class_depth += u32::from(joins_classes);
        node.visit_children_with(self);
        self.class_depth -= u32::from(joins_classes);
    }

    fn visit_new_expr(&mut self, node: &ast::NewExpr) {
        match self.global_name(&node.callee) {
            Some("Function") => self.call("Function", node.span, &[]),
            Some(name @ ("Worker" | "SharedWorker")) => {
                let message =
                    format!("`new {name}` can't be used: the app's frame starts no workers.");
                self.report(
                    "dynamic-code",
                    node.span,
                    &message,
                    "Do the work in the component; split long loops with setTimeout.",
                );
            }
            _ => {}
        }
        node.visit_children_with(self);
    }

    fn visit_jsx_attr(&mut self, node: &ast::JSXAttr) {
        let is_class = match &node.name {
            ast::JSXAttrName::Ident(name) => {
                name.sym == "class" || name.sym.as_str().to_lowercase().ends_with("classname")
            }
            ast::JSXAttrName::JSXNamespacedName(_) => false,
        };
        self.class_depth += u32::from(is_class);
        node.visit_children_with(self);
        self.class_depth -= u32::from(is_class);
    }

    fn visit_str(&mut self, node: &ast::Str) {
        if let Some(text) = node.value.as_str() {
            self.text(text);
        }
    }

    fn visit_tpl_element(&mut self, node: &ast::TplElement) {
        self.text(&node.raw);
    }

    fn visit_prop_name(&mut self, node: &ast::PropName) {
        // `clsx({ hidden: !isOpen })`
        if let ast::PropName::Ident(name) = node {
            self.text(&name.sym);
        }
        node.visit_children_with(self);
    }
}

impl Scan<'_> {
    fn top_level_await(&mut self, span: Span) {
        self.report(
            "top-level-await",
            span,
            "`await` can only be used inside an async function here.",
            "Move it into an async function, for example one that a useEffect calls.",
        );
    }
}
