//! `import.meta.glob("./pages/*.tsx", { eager: true })` → an object of imports,
//! as Vite documents it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::imports::value_of;
use super::references::plain_text as text;
use super::splice::Splicer;
use crate::codes;
use crate::literal::{key, member, string_literal};
use crate::module::{Glob, Import, ImportKind};
use crate::resolve::Resolution;
use crate::swc::ast;

/// What the second argument asks for.
#[derive(Debug, Default)]
struct Options {
    is_eager: bool,
    /// The one name that is wanted of each file.
    name: Option<String>,
    /// `?raw`, `?url` or nothing.
    query: String,
}

impl Splicer<'_> {
    /// Writes the object, when the call is one of `import.meta.glob`.
    pub(super) fn glob(&mut self, node: &ast::CallExpr) -> bool {
        if !is_glob(node) {
            return false;
        }
        let Some((patterns, options)) = arguments(&node.args) else {
            self.refuse_glob(
                node,
                "`import.meta.glob` needs patterns and options as plain text.",
                "Write them out: import.meta.glob(\"./pages/*.tsx\", { eager: true }).",
            );
            return true;
        };
        let Some(expand) = self.context.glob else {
            self.refuse_glob(
                node,
                "`import.meta.glob` can't be used in this file.",
                "Move it into a file of code, such as src/main.tsx.",
            );
            return true;
        };
        let files = expand(&patterns);
        match &files {
            Ok(files) => self.glob_object(node, &options, files),
            Err(pattern) => self.refuse_glob(
                node,
                &format!("The pattern `{pattern}` leads nowhere in the project."),
                "Begin it with `./`, `../` or `/`, and stay in the project.",
            ),
        }
        self.globs.push(Glob { patterns, files });
        true
    }

    fn glob_object(
        &mut self,
        node: &ast::CallExpr,
        options: &Options,
        files: &BTreeMap<String, String>,
    ) {
        let registry = self.context.global("__cumulet");
        let name = options.name.as_deref().map(member).unwrap_or_default();
        let mut text = String::from("({ ");
        for (shown, path) in files {
            let specifier = format!("/{path}{}", options.query);
            let resolution = (self.context.resolve)(&specifier);
            let key = key(shown);
            let value = match &resolution {
                Resolution::Module(id) if !options.is_eager => {
                    let id = string_literal(id);
                    let then = match name.as_str() {
                        "" => String::new(),
                        name => format!(".then((module) => module{name})"),
                    };
                    format!("() => {registry}.import({id}){then}")
                }
                other => {
                    let value = value_of(self.context, other, &self.names.require);
                    if options.is_eager {
                        format!("{value}{name}")
                    } else {
                        format!("async () => ({value})")
                    }
                }
            };
            let _ = write!(text, "{key}: {value}, ");
            self.imports.add(Import {
                specifier,
                range: self.context.range(node.span),
                resolution,
                kind: if options.is_eager {
                    ImportKind::Static
                } else {
                    ImportKind::Dynamic
                },
                names: Vec::new(),
                is_whole: true,
            });
        }
        text.push_str("})");
        self.replace(node.span, &text);
    }

    fn refuse_glob(&mut self, node: &ast::CallExpr, message: &str, help: &str) {
        self.refuse(codes::UNSUPPORTED_SYNTAX, node.span, message, help);
    }
}

/// Whether a call is one of `import.meta.glob`.
pub(crate) fn is_glob(node: &ast::CallExpr) -> bool {
    let ast::Callee::Expr(callee) = &node.callee else {
        return false;
    };
    callee.as_member().is_some_and(|callee| {
        matches!(&*callee.obj, ast::Expr::MetaProp(meta) if meta.kind == ast::MetaPropKind::ImportMeta)
            && callee.prop.is_ident_with("glob")
    })
}

fn arguments(arguments: &[ast::ExprOrSpread]) -> Option<(Vec<String>, Options)> {
    let patterns = match &*arguments.first()?.expr {
        ast::Expr::Array(list) => list
            .elems
            .iter()
            .map(|one| text(&one.as_ref()?.expr))
            .collect::<Option<Vec<String>>>()?,
        one => vec![text(one)?],
    };
    let mut options = Options::default();
    let Some(second) = arguments.get(1) else {
        return Some((patterns, options));
    };
    for property in &second.expr.as_object()?.props {
        let pair = property.as_prop()?.as_key_value()?;
        match pair.key.as_ident()?.sym.as_str() {
            "eager" => {
                let is_yes =
                    matches!(&*pair.value, ast::Expr::Lit(ast::Lit::Bool(yes)) if yes.value);
                options.is_eager = is_yes;
            }
            "import" => options.name = Some(text(&pair.value)?).filter(|name| name != "*"),
            "query" => options.query = with_mark(&text(&pair.value)?),
            // The spelling of Vite 4.
            "as" => {
                options.query = with_mark(&text(&pair.value)?);
                options.name = Some("default".to_owned());
            }
            // `exhaustive` widens what is searched for; all files are.
            "exhaustive" => {}
            _ => return None,
        }
    }
    Some((patterns, options))
}

fn with_mark(query: &str) -> String {
    match query {
        "" => String::new(),
        query if query.starts_with('?') => query.to_owned(),
        query => format!("?{query}"),
    }
}
