//! React Refresh: components are registered by name, and functions that call
//! hooks are signed with the hooks' order, so that an edit keeps state where it
//! can. The rules are those of React's own Babel plugin (`react-refresh/babel`).

use std::fmt::Write as _;

use super::splice::Splicer;
use crate::literal::string_literal;
use crate::swc::{Atom, FxHashSet, Spanned, ast};

/// Hooks of React itself, which don't change.
const BUILT_IN_HOOKS: [&str; 19] = [
    "useState",
    "useReducer",
    "useEffect",
    "useLayoutEffect",
    "useMemo",
    "useCallback",
    "useRef",
    "useContext",
    "useImperativeHandle",
    "useDebugValue",
    "useId",
    "useDeferredValue",
    "useTransition",
    "useInsertionEffect",
    "useSyncExternalStore",
    "useFormStatus",
    "useFormState",
    "useActionState",
    "useOptimistic",
];

/// A call of a hook.
#[derive(Debug)]
pub(super) struct Hook {
    /// Name, the pattern that takes its result, and what it starts with: state
    /// is kept as long as none of them changes.
    key: String,
    /// Text for the hook itself, when it is one of the project's.
    custom: Option<String>,
    /// Whether it can't be named where the signature stands.
    is_unknown: bool,
}

/// A component under the name that it is registered with.
#[derive(Debug)]
struct Registration {
    handle: String,
    id: String,
    /// It is one only if JSX uses it.
    only_if_used: Option<ast::Id>,
}

/// What one module has of components and hooks.
#[derive(Debug, Default)]
pub(super) struct Refresh {
    /// Blocks and namespaces around the place.
    pub(super) depth: u32,
    /// The next declarator stands in a list of statements, alone or first.
    pub(super) is_listed: bool,
    /// The file asks for it by a comment, `@refresh reset`.
    always_resets: bool,
    /// Names that JSX uses as components.
    pub(super) used: FxHashSet<ast::Id>,
    /// The function at this byte is the value of a variable.
    named: Option<(u32, Atom)>,
    /// The function at this byte has its name from a key or a place that it is
    /// assigned to.
    keyed: Option<(u32, String)>,
    /// The call at this byte gives its result to this pattern.
    pattern: Option<(u32, String)>,
    /// Values at these bytes are kept in these variables.
    captures: Vec<(u32, String)>,
    capture_count: usize,
    signatures: Vec<String>,
    registrations: Vec<Registration>,
}

impl Refresh {
    pub(super) fn new(text: &str) -> Self {
        Self {
            always_resets: text.contains("@refresh reset"),
            ..Self::default()
        }
    }
}

impl Splicer<'_> {
    /// Declarations of signatures and captured components.
    pub(super) fn refresh_head(&self) -> String {
        let module = &self.names.module;
        let mut head = String::new();
        for handle in &self.refresh.signatures {
            let _ = write!(head, "const {handle} = {module}.refreshSig(); ");
        }
        for index in 0..self.refresh.capture_count {
            let _ = write!(head, "let {}; ", self.capture_name(index));
        }
        head
    }

    /// The lines that register components, after all else.
    pub(super) fn refresh_tail(&self) -> String {
        let refresh = &self.refresh;
        let shown = refresh.registrations.iter().filter(|registration| {
            let id = registration.only_if_used.as_ref();
            id.is_none_or(|id| refresh.used.contains(id))
        });
        let module = &self.names.module;
        let mut tail = String::new();
        for Registration { handle, id, .. } in shown {
            let id = string_literal(id);
            let _ = writeln!(tail, "{module}.refreshReg({handle}, {id});");
        }
        tail
    }

    fn capture_name(&self, index: usize) -> String {
        self.names.unused(&format!("_c{index}"))
    }

    pub(super) fn new_signature(&mut self) -> String {
        let index = self.refresh.signatures.len();
        let handle = self.names.unused(&format!("_s{index}"));
        self.refresh.signatures.push(handle.clone());
        handle
    }

    fn is_top(&self) -> bool {
        self.functions.is_empty() && self.refresh.depth == 0
    }

    /// A function declaration at the top, if its name is a component's.
    pub(super) fn register_component(&mut self, name: &Atom, handle: &str) {
        if self.is_top() && is_component_name(name) {
            self.register(handle.to_owned(), name.to_string(), None);
        }
    }

    fn register(&mut self, handle: String, id: String, only_if_used: Option<ast::Id>) {
        self.refresh.registrations.push(Registration {
            handle,
            id,
            only_if_used,
        });
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
        if !self.is_top() || !is_component_name(&ident.sym) {
            return;
        }
        let name = ident.sym.to_string();
        match init {
            ast::Expr::Arrow(arrow) if returns_function(arrow) => {}
            ast::Expr::Arrow(_) | ast::Expr::Fn(_) => self.register(name.clone(), name, None),
            ast::Expr::Call(call) if !is_loader(call) => {
                let only_if_used = (!self.wraps_component(&name, call)).then(|| ident.to_id());
                self.register(name.clone(), name, only_if_used);
            }
            // Libraries that style by template literals.
            ast::Expr::TaggedTpl(_) => self.register(name.clone(), name, Some(ident.to_id())),
            _ => {}
        }
    }

    /// `export default memo(() => …)`
    pub(super) fn enter_default(&mut self, handle: &str, expr: &ast::Expr) {
        if let ast::Expr::Call(call) = plain(expr)
            && self.wraps_component("%default%", call)
        {
            self.register(handle.to_owned(), "%default%".to_owned(), None);
        }
    }

    /// Whether a call wraps a component, as `memo` and `forwardRef` do; those
    /// without a name of their own are captured.
    fn wraps_component(&mut self, name: &str, call: &ast::CallExpr) -> bool {
        let ast::Callee::Expr(callee) = &call.callee else {
            return false;
        };
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
        let handle = self.capture_name(self.refresh.capture_count);
        self.refresh.capture_count += 1;
        let start = self.at(inner.span_lo());
        self.refresh.captures.push((start, handle.clone()));
        self.register(handle, id, None);
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
        if matches!(value, ast::Expr::Arrow(_) | ast::Expr::Fn(_)) {
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

    /// Notes a call of a hook for the function around it.
    pub(super) fn note_hook(&mut self, node: &ast::CallExpr, callee: &ast::Expr) {
        let (name, object) = match callee {
            ast::Expr::Ident(ident) => (&ident.sym, None),
            ast::Expr::Member(member) => match (&member.prop, &*member.obj) {
                (ast::MemberProp::Ident(prop), ast::Expr::Ident(object)) => {
                    (&prop.sym, Some(object))
                }
                _ => return,
            },
            _ => return,
        };
        if !is_hook_name(name) || self.functions.is_empty() {
            return;
        }
        let mut key = name.to_string();
        key.push('{');
        if let Some((at, pattern)) = &self.refresh.pattern
            && *at == self.lo(node.span)
        {
            key.push_str(pattern);
        }
        // What state starts with is a part of what it is.
        let start = match name.as_str() {
            "useState" => node.args.first(),
            "useReducer" => node.args.get(1),
            _ => None,
        };
        if let Some(start) = start {
            key.push('(');
            key.push_str(self.slice(start.expr.span()));
            key.push(')');
        }
        key.push('}');
        let is_built_in = BUILT_IN_HOOKS.contains(&name.as_str());
        let root = object.or(callee.as_ident());
        let custom = root.filter(|_| !is_built_in).map(|root| {
            let text = self.read(root).unwrap_or_else(|| root.sym.to_string());
            match object {
                Some(_) => format!("{text}.{name}"),
                None => text,
            }
        });
        let is_unknown = custom.is_some() && root.is_some_and(|root| self.context.is_global(root));
        if let Some(frame) = self.functions.last_mut() {
            frame.hooks.push(Hook {
                key,
                custom,
                is_unknown,
            });
        }
    }

    /// The arguments that tell a signature function of the hooks:
    /// `"hash", false, () => [useOwn]`.
    pub(super) fn signature(&self, hooks: &[Hook]) -> String {
        let keys: Vec<&str> = hooks.iter().map(|hook| hook.key.as_str()).collect();
        let mut arguments = format!("\"{:x}\"", fnv1a(&keys.join("\n")));
        let resets = hooks.iter().any(|hook| hook.is_unknown) || self.refresh.always_resets;
        let custom: Vec<&str> = hooks
            .iter()
            .filter(|hook| !hook.is_unknown)
            .filter_map(|hook| hook.custom.as_deref())
            .collect();
        if resets || !custom.is_empty() {
            let _ = write!(arguments, ", {resets}");
        }
        if !custom.is_empty() {
            let _ = write!(arguments, ", () => [{}]", custom.join(", "));
        }
        arguments
    }
}

/// An expression without brackets and types around it.
fn plain(expr: &ast::Expr) -> &ast::Expr {
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

fn is_hook_name(name: &str) -> bool {
    name.strip_prefix("use")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): a signature must only differ when
/// its hooks do.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
