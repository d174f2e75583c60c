//! React Refresh: components are registered by name, so that an edit replaces
//! them in place. `signatures` has what tells whether they keep their state. The
//! rules are those of React's own Babel plugin (`react-refresh/babel`).

use std::fmt::Write as _;

use super::signatures::Signed;
use super::splice::Splicer;
use super::writer::Mark;
use crate::literal::string_literal;
use crate::mode::Mode;
use crate::swc::{Atom, FxHashSet, Spanned, ast};

/// A component under the name that it is registered with.
#[derive(Debug)]
struct Registration {
    handle: String,
    id: String,
    /// The variable or function that it is the value of.
    declared: Option<ast::Id>,
    /// It is one only if an element is made of it.
    only_if_used: bool,
    /// Behind its declaration.
    end: Option<Mark>,
}

/// What one module has of components and hooks.
#[derive(Debug, Default)]
pub(super) struct Refresh {
    /// Blocks and namespaces around the place.
    pub(super) depth: u32,
    /// The next declarator stands in a list of statements.
    pub(super) is_listed: bool,
    /// Names that elements are made of.
    pub(super) used: FxHashSet<ast::Id>,
    /// Names that are assigned to.
    pub(super) assigned: FxHashSet<ast::Id>,
    /// The function at this byte is the value of a variable.
    named: Option<(u32, Atom)>,
    /// The function at this byte has its name from a key or a place that it is
    /// assigned to.
    keyed: Option<(u32, String)>,
    /// The call at this byte gives its result to this pattern.
    pub(super) pattern: Option<(u32, String)>,
    /// Values at these bytes are kept in these variables.
    captures: Vec<(u32, String)>,
    /// Variables that keep what has no other name.
    captured: Vec<String>,
    pub(super) signatures: Vec<String>,
    pub(super) signed: Vec<Signed>,
    registrations: Vec<Registration>,
    /// A comment asks for fresh state after every edit.
    pub(super) always_resets: Option<bool>,
}

impl Splicer<'_> {
    /// Declarations of signatures and captured components.
    pub(super) fn refresh_head(&self) -> String {
        let module = &self.names.module;
        let refresh = &self.refresh;
        let mut head = String::new();
        for handle in &refresh.signatures {
            let _ = write!(head, "const {handle} = {module}.refreshSig(); ");
        }
        for name in &refresh.captured {
            let _ = write!(head, "let {name}; ");
        }
        head
    }

    /// A name may get another value later (`Page = connect(Page)`), which is
    /// not the component that was declared: that one is captured, and both are
    /// registered.
    pub(super) fn capture_reassigned(&mut self) {
        let mut registrations = std::mem::take(&mut self.refresh.registrations);
        let assigned = std::mem::take(&mut self.refresh.assigned);
        // From the end, since inserting moves what comes after.
        for registration in registrations.iter_mut().rev() {
            if let Some(end) = registration.end
                && let Some(id) = &registration.declared
                && assigned.contains(id)
            {
                let handle = self.new_capture();
                let name = &registration.handle;
                self.writer.insert(end, &format!("; {handle} = {name};"));
                self.register(name.clone(), format!("{name}$assigned"));
                registration.handle = handle;
            }
        }
        registrations.append(&mut self.refresh.registrations);
        self.refresh.registrations = registrations;
    }

    /// The lines that register components, after all else.
    pub(super) fn refresh_tail(&self) -> String {
        let refresh = &self.refresh;
        let shown = refresh.registrations.iter().filter(|registration| {
            let mut id = registration.declared.iter();
            !registration.only_if_used || id.any(|id| refresh.used.contains(id))
        });
        let module = &self.names.module;
        let mut tail = String::new();
        for Registration { handle, id, .. } in shown {
            let id = string_literal(id);
            let _ = writeln!(tail, "{module}.refreshReg({handle}, {id});");
        }
        tail
    }

    fn new_capture(&mut self) -> String {
        let index = self.refresh.captured.len();
        let name = self.names.unused(&format!("_c{index}"));
        self.refresh.captured.push(name.clone());
        name
    }

    /// Whether the module may be replaced while the app runs.
    pub(super) fn refreshes(&self) -> bool {
        self.context.mode == Mode::Development
    }

    fn is_top(&self) -> bool {
        self.refreshes() && self.functions.is_empty() && self.refresh.depth == 0
    }

    /// A function declaration at the top, if its name is a component's.
    pub(super) fn register_component(&mut self, ident: &ast::Ident) {
        if self.is_top() && is_component_name(&ident.sym) {
            self.register_declared(ident, false);
        }
    }

    fn register_declared(&mut self, ident: &ast::Ident, only_if_used: bool) {
        self.refresh.registrations.push(Registration {
            handle: ident.sym.to_string(),
            id: ident.sym.to_string(),
            declared: Some(ident.to_id()),
            only_if_used,
            end: None,
        });
    }

    fn register(&mut self, handle: String, id: String) {
        self.refresh.registrations.push(Registration {
            handle,
            id,
            declared: None,
            only_if_used: false,
            end: None,
        });
    }

    /// How many components are registered.
    pub(super) fn registration_count(&self) -> usize {
        self.refresh.registrations.len()
    }

    /// The declarations of components, from one on, end here.
    pub(super) fn end_registrations(&mut self, first: usize) {
        let end = self.writer.mark();
        for registration in self.refresh.registrations.iter_mut().skip(first) {
            registration.end = Some(end);
        }
    }

    /// Reads a declarator before its value is walked.
    pub(super) fn enter_declarator(&mut self, node: &ast::VarDeclarator) {
        let is_listed = std::mem::take(&mut self.refresh.is_listed);
        let Some(init) = node.init.as_deref().map(plain) else {
            return;
        };
        let start = self.at(init.span_lo());
        if let ast::Expr::Call(_) = init {
            self.refresh.pattern = Some((start, self.slice(node.name.span()).to_owned()));
        }
        let ast::Pat::Ident(ident) = &node.name else {
            return;
        };
        let ident = &ident.id;
        let is_function = matches!(init, ast::Expr::Arrow(_) | ast::Expr::Fn(_));
        if is_listed && is_function {
            self.refresh.named = Some((start, ident.sym.clone()));
        } else {
            self.enter_keyed(&ident.sym, init);
        }
        if !is_listed || !self.is_top() || !is_component_name(&ident.sym) {
            return;
        }
        match init {
            ast::Expr::Arrow(arrow) if returns_function(arrow) => {}
            ast::Expr::Arrow(_) | ast::Expr::Fn(_) => self.register_declared(ident, false),
            ast::Expr::Call(call) if !is_loader(call) => {
                let is_component = self.wraps_component(&ident.sym, call);
                self.register_declared(ident, !is_component);
            }
            // Libraries that style by template literals.
            ast::Expr::TaggedTpl(_) => self.register_declared(ident, true),
            _ => {}
        }
    }

    /// `export default memo(() => …)`
    pub(super) fn enter_default(&mut self, handle: &str, expr: &ast::Expr) {
        if self.refreshes()
            && let ast::Expr::Call(call) = plain(expr)
            && self.wraps_component("%default%", call)
        {
            self.register(handle.to_owned(), "%default%".to_owned());
        }
    }

    /// Whether a call wraps a component, as `memo` and `forwardRef` do; those
    /// without a name of their own are captured.
    fn wraps_component(&mut self, name: &str, call: &ast::CallExpr) -> bool {
        let ast::Callee::Expr(callee) = &call.callee else {
            return false;
        };
        if !matches!(plain(callee), ast::Expr::Ident(_) | ast::Expr::Member(_)) {
            return false;
        }
        let Some(first) = call.args.first().filter(|first| first.spread.is_none()) else {
            return false;
        };
        let inner = plain(&first.expr);
        let id = format!("{name}${}", self.slice(callee.span()));
        match inner {
            ast::Expr::Ident(ident) => return is_component_name(&ident.sym),
            ast::Expr::Arrow(arrow) if returns_function(arrow) => return false,
            ast::Expr::Arrow(_) | ast::Expr::Fn(_) => {}
            ast::Expr::Call(call) => {
                if !self.wraps_component(&id, call) {
                    return false;
                }
            }
            _ => return false,
        }
        let handle = self.new_capture();
        let start = self.at(inner.span_lo());
        self.refresh.captures.push((start, handle.clone()));
        self.register(handle, id);
        true
    }

    /// Keeps a value in a variable, if it is one to be captured.
    pub(super) fn capture(&mut self, node: &ast::Expr) {
        if self.refresh.captures.is_empty()
            || !matches!(
                node,
                ast::Expr::Arrow(_) | ast::Expr::Fn(_) | ast::Expr::Call(_)
            )
        {
            return;
        }
        let start = self.at(node.span_lo());
        let captures = &mut self.refresh.captures;
        if let Some(index) = captures.iter().position(|(at, _)| *at == start) {
            let (_, handle) = captures.remove(index);
            self.writer.copy_to(start);
            self.writer.write(&format!("{handle} = "));
        }
    }

    /// The variable whose value the function at a byte is.
    pub(super) fn name_of_value(&mut self, start: u32) -> Option<Atom> {
        let is_named = self
            .refresh
            .named
            .as_ref()
            .is_some_and(|(at, _)| *at == start);
        is_named
            .then(|| self.refresh.named.take())?
            .map(|(_, name)| name)
    }

    /// Reads what a value is named by before it is walked.
    pub(super) fn enter_keyed(&mut self, name: &str, value: &ast::Expr) {
        if matches!(
            value,
            ast::Expr::Arrow(_) | ast::Expr::Fn(_) | ast::Expr::Class(_)
        ) {
            self.refresh.keyed = Some((self.at(value.span_lo()), name.to_owned()));
        }
    }

    /// The name that the function at a byte has from around it.
    pub(super) fn key_of_value(&mut self, start: u32) -> Option<String> {
        let is_keyed = self
            .refresh
            .keyed
            .as_ref()
            .is_some_and(|(at, _)| *at == start);
        is_keyed
            .then(|| self.refresh.keyed.take())?
            .map(|(_, name)| name)
    }
}

/// An expression without brackets and types around it.
pub(super) fn plain(expr: &ast::Expr) -> &ast::Expr {
    match expr {
        ast::Expr::Paren(paren) => plain(&paren.expr),
        ast::Expr::TsAs(cast) => plain(&cast.expr),
        ast::Expr::TsSatisfies(cast) => plain(&cast.expr),
        ast::Expr::TsNonNull(cast) => plain(&cast.expr),
        ast::Expr::TsConstAssertion(cast) => plain(&cast.expr),
        other => other,
    }
}

fn returns_function(arrow: &ast::ArrowExpr) -> bool {
    match &*arrow.body {
        ast::ArrowFunctionBody::Expr(value) => matches!(plain(value), ast::Expr::Arrow(_)),
        ast::ArrowFunctionBody::FunctionBody(_) => false,
    }
}

/// `require(…)`, `import(…)` and what is named like them give modules.
fn is_loader(call: &ast::CallExpr) -> bool {
    match &call.callee {
        ast::Callee::Import(_) => true,
        ast::Callee::Super(_) => false,
        ast::Callee::Expr(callee) => callee.as_ident().is_some_and(|ident| {
            ident.sym.starts_with("require") || ident.sym.starts_with("import")
        }),
    }
}

fn is_component_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}
