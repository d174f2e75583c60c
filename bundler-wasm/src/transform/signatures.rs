//! Signatures of React Refresh: functions that call hooks are tied to the hooks'
//! order, so that an edit keeps state as long as that is the same.

use std::fmt::Write as _;

use super::refresh::plain;
use super::splice::Splicer;
use super::writer::Mark;
use crate::swc::{Span, Spanned, VisitWith, ast};

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

/// Calls that make an element of their arguments.
const ELEMENT_MAKERS: [&str; 4] = ["createElement", "jsx", "jsxs", "jsxDEV"];

/// A value that was tied to a signature: calls that it is an argument of are
/// tied to the same one, since what they give may call it.
#[derive(Debug)]
pub(super) struct Signed {
    start: u32,
    end: u32,
    handle: String,
    arguments: String,
}

impl Splicer<'_> {
    pub(super) fn new_signature(&mut self) -> String {
        let index = self.refresh.signatures.len();
        let handle = self.names.unused(&format!("_s{index}"));
        self.refresh.signatures.push(handle.clone());
        handle
    }

    /// Notes what a call is to React: one of a hook, for the function around it,
    /// or one that makes an element.
    pub(super) fn note_call(&mut self, node: &ast::CallExpr, callee: &ast::Expr) {
        let (name, object) = match callee {
            ast::Expr::Ident(ident) => (&ident.sym, None),
            ast::Expr::Member(member) => match &member.prop {
                ast::MemberProp::Ident(prop) => (&prop.sym, Some(&*member.obj)),
                _ => return,
            },
            _ => return,
        };
        if ELEMENT_MAKERS.contains(&name.as_str()) {
            let arguments = node.args.iter().filter_map(|one| one.expr.as_ident());
            self.refresh.used.extend(arguments.map(ast::Ident::to_id));
        }
        if !self.refreshes() || !is_hook_name(name) || self.functions.is_empty() {
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
        let root = object.unwrap_or(callee).as_ident();
        let custom = root.filter(|_| !is_built_in).map(|root| {
            let text = self.read(root);
            let text = text.as_deref().unwrap_or(&root.sym);
            match object {
                Some(_) => format!("{text}.{name}"),
                None => text.to_owned(),
            }
        });
        let is_unknown = !is_built_in && root.is_none_or(|root| self.context.is_global(root));
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
    pub(super) fn signature(&mut self, hooks: &[Hook]) -> String {
        let always = &mut self.refresh.always_resets;
        let always = *always.get_or_insert_with(|| self.text.contains("@refresh reset"));
        let keys: Vec<&str> = hooks.iter().map(|hook| hook.key.as_str()).collect();
        let mut arguments = format!("\"{:x}\"", fnv1a(&keys.join("\n")));
        let resets = always || hooks.iter().any(|hook| hook.is_unknown);
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

    /// Ties what stands between a mark and a byte of the source to a signature.
    pub(super) fn wrap_signed(&mut self, outer: Mark, span: Span, handle: &str, arguments: &str) {
        let (start, end) = (self.lo(span), self.hi(span));
        self.writer.copy_to(end);
        self.writer.write(&format!(", {arguments})"));
        self.writer.insert(outer, &format!("{handle}("));
        self.refresh.signed.push(Signed {
            start,
            end,
            handle: handle.to_owned(),
            arguments: arguments.to_owned(),
        });
    }

    /// Walks the arguments of a call, which begins at the mark, and ties it to
    /// their signatures.
    pub(super) fn arguments(&mut self, node: &ast::CallExpr, outer: Mark) {
        let before = self.refresh.signed.len();
        node.args.visit_with(self);
        if self.refresh.signed.len() == before {
            return;
        }
        for signed in self.refresh.signed.split_off(before) {
            let is_argument = node.args.iter().any(|argument| {
                let span = value_of(&argument.expr).span();
                (self.lo(span), self.hi(span)) == (signed.start, signed.end)
            });
            if is_argument {
                self.wrap_signed(outer, node.span, &signed.handle, &signed.arguments);
            }
        }
    }
}

/// What an expression gives, past assignments of it.
fn value_of(expr: &ast::Expr) -> &ast::Expr {
    match plain(expr) {
        ast::Expr::Assign(assignment) => value_of(&assignment.right),
        other => other,
    }
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
