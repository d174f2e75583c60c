//! Values in configuration files, read without running them: literals,
//! constants of the file, and the usual ways to write a path of the project.

use std::cell::Cell;

use crate::language::Language;
use crate::parse::{self, Parsed};
use crate::resolve::join;
use crate::source::{ByteRange, Source};
use crate::swc::{GLOBALS, Globals, Spanned, ast};

/// Constants that refer to each other deeper than this go in circles.
const MAX_DEPTH: usize = 32;

/// Values that are read of one file. Constants that name others twice would
/// come to far more than the file is long.
const MAX_VALUES: u32 = 20_000;
/// Longest text that is put together, in bytes.
const MAX_TEXT_BYTES: usize = 16 * 1024;

/// A value, and where it is written.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) range: ByteRange,
}

#[derive(Debug)]
pub(super) enum Value {
    /// A text, or a number as text. Paths of the project begin with `/`.
    Text(String),
    /// The source of a regular expression without flags.
    Pattern(String),
    Flag(bool),
    List(Vec<Item>),
    /// In order; what is spread into it has the name `…` and is unknown.
    Object(Vec<(String, Item)>),
    /// What only running the file would tell, or what nobody asks for.
    Unknown,
}

impl Item {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match &self.value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn entries(&self) -> &[(String, Item)] {
        match &self.value {
            Value::Object(entries) => entries,
            _ => &[],
        }
    }

    /// A property of an object; the last one of a name counts.
    pub(super) fn get(&self, name: &str) -> Option<&Item> {
        let mut entries = self.entries().iter().rev();
        entries.find(|(key, _)| key == name).map(|(_, item)| item)
    }

    /// The texts of a list, or the one that stands in its place.
    pub(super) fn texts(&self) -> Vec<&str> {
        match &self.value {
            Value::List(items) => items.iter().filter_map(Item::text).collect(),
            _ => self.text().into_iter().collect(),
        }
    }
}

/// What a file of configuration says.
pub(super) struct File {
    pub(super) config: Item,
    /// Packages that it imports, and where.
    pub(super) imports: Vec<(String, ByteRange)>,
}

/// Reads JSON with comments and trailing commas, which is what is left of
/// JavaScript without code; `None` when it is something else.
pub(super) fn json(text: &str) -> Option<Item> {
    let source = Source::new(&format!("export default {}", Source::new(text).text()));
    module("config.json", Language::JavaScript, &source).map(|file| file.config)
}

/// Reads what a module exports by default, or gives to `module.exports`.
pub(super) fn module(file: &str, language: Language, source: &Source) -> Option<File> {
    GLOBALS.set(&Globals::new(), || {
        let parsed = parse::parse(file, language, source).ok()?;
        let reader = Reader {
            file,
            parsed: &parsed,
            values_left: Cell::new(MAX_VALUES),
        };
        let mut imports = Vec::new();
        let mut config = None;
        for item in &parsed.module.body {
            match item {
                ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import)) => imports.push((
                    import.src.value.to_string_lossy().into_owned(),
                    reader.range(import.span),
                )),
                ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDefaultExpr(export)) => {
                    config = Some(&*export.expr);
                }
                ast::ModuleItem::Stmt(ast::Stmt::Expr(statement)) => {
                    if let ast::Expr::Assign(assign) = &*statement.expr
                        && let ast::AssignTarget::Simple(ast::SimpleAssignTarget::Member(target)) =
                            &assign.left
                        && target
                            .prop
                            .as_ident()
                            .is_some_and(|name| name.sym == "exports")
                    {
                        config = Some(&*assign.right);
                    }
                }
                _ => {}
            }
        }
        Some(File {
            config: reader.config(config?, 0),
            imports,
        })
    })
}

struct Reader<'a> {
    file: &'a str,
    parsed: &'a Parsed,
    values_left: Cell<u32>,
}

impl Reader<'_> {
    fn range(&self, span: crate::swc::Span) -> ByteRange {
        self.parsed
            .range(span)
            .unwrap_or(ByteRange { start: 0, end: 0 })
    }

    /// A configuration may be wrapped: `defineConfig(() => ({ … }))`.
    fn config(&self, expr: &ast::Expr, depth: usize) -> Item {
        if depth > MAX_DEPTH {
            return self.item(expr, depth);
        }
        match plain(expr) {
            ast::Expr::Call(call) => match call.args.first() {
                Some(first) => self.config(&first.expr, depth + 1),
                None => self.item(expr, depth),
            },
            ast::Expr::Arrow(arrow) => match &*arrow.body {
                ast::ArrowFunctionBody::Expr(body) => self.config(body, depth + 1),
                ast::ArrowFunctionBody::FunctionBody(body) => {
                    self.returned(expr, &body.stmts, depth)
                }
            },
            ast::Expr::Fn(function) => {
                let body = function.function.body.as_ref();
                self.returned(expr, body.map_or(&[], |body| body.stmts.as_slice()), depth)
            }
            ast::Expr::Ident(ident) => match self.constant(&ident.sym) {
                Some(value) => self.config(value, depth + 1),
                None => self.item(expr, depth),
            },
            plain => self.item(plain, depth),
        }
    }

    fn returned(&self, function: &ast::Expr, body: &[ast::Stmt], depth: usize) -> Item {
        let value = body.iter().rev().find_map(|statement| match statement {
            ast::Stmt::Return(returned) => returned.arg.as_deref(),
            _ => None,
        });
        match value {
            Some(value) => self.config(value, depth + 1),
            None => self.item(function, depth),
        }
    }

    /// The value of a `const` of the file.
    fn constant(&self, name: &str) -> Option<&ast::Expr> {
        self.parsed.module.body.iter().find_map(|item| {
            let declaration = match item {
                ast::ModuleItem::Stmt(ast::Stmt::Decl(declaration)) => declaration,
                ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDecl(export)) => &export.decl,
                _ => return None,
            };
            let ast::Decl::Var(variables) = declaration else {
                return None;
            };
            let found = variables.decls.iter().find(|one| {
                one.name
                    .as_ident()
                    .is_some_and(|ident| ident.id.sym == name)
            })?;
            found.init.as_deref()
        })
    }

    fn item(&self, expr: &ast::Expr, depth: usize) -> Item {
        Item {
            value: self.value(expr, depth),
            range: self.range(expr.span()),
        }
    }

    fn value(&self, expr: &ast::Expr, depth: usize) -> Value {
        let left = self.values_left.get();
        if depth > MAX_DEPTH || left == 0 {
            return Value::Unknown;
        }
        self.values_left.set(left - 1);
        match plain(expr) {
            ast::Expr::Array(array) => Value::List(
                array
                    .elems
                    .iter()
                    .flatten()
                    .map(|element| self.item(&element.expr, depth + 1))
                    .collect(),
            ),
            ast::Expr::Object(object) => Value::Object(
                object
                    .props
                    .iter()
                    .map(|one| self.property(one, depth))
                    .collect(),
            ),
            ast::Expr::Lit(ast::Lit::Regex(regex)) if regex.flags.is_empty() => {
                Value::Pattern(regex.exp.to_string())
            }
            ast::Expr::Ident(ident) if ident.sym != "__dirname" => {
                match self.constant(&ident.sym) {
                    Some(value) => self.value(value, depth + 1),
                    None => Value::Unknown,
                }
            }
            ast::Expr::Lit(ast::Lit::Bool(flag)) => Value::Flag(flag.value),
            other => self.text(other, depth).map_or(Value::Unknown, Value::Text),
        }
    }

    fn property(&self, property: &ast::PropOrSpread, depth: usize) -> (String, Item) {
        let unknown = |name: String| {
            let range = self.range(property.span());
            (
                name,
                Item {
                    value: Value::Unknown,
                    range,
                },
            )
        };
        let ast::PropOrSpread::Prop(property) = property else {
            return unknown("…".to_owned());
        };
        match &**property {
            ast::Prop::KeyValue(pair) => match key(&pair.key) {
                Some(name) => (name, self.item(&pair.value, depth + 1)),
                None => unknown("…".to_owned()),
            },
            ast::Prop::Shorthand(ident) => (
                ident.sym.to_string(),
                self.item(&ast::Expr::Ident(ident.clone()), depth + 1),
            ),
            ast::Prop::Method(method) => unknown(key(&method.key).unwrap_or_default()),
            _ => unknown("…".to_owned()),
        }
    }

    /// A text that can be known.
    fn text(&self, expr: &ast::Expr, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        let inner = |expr: &ast::Expr| match self.value(expr, depth + 1) {
            Value::Text(text) => Some(text),
            _ => None,
        };
        match plain(expr) {
            ast::Expr::Lit(ast::Lit::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
            ast::Expr::Lit(ast::Lit::Num(number)) => Some(number.value.to_string()),
            ast::Expr::Tpl(template) => {
                let mut text = String::new();
                for (index, quasi) in template.quasis.iter().enumerate() {
                    text.push_str(&quasi.cooked.as_ref()?.to_string_lossy());
                    if let Some(hole) = template.exprs.get(index) {
                        text.push_str(&inner(hole)?);
                    }
                    if text.len() > MAX_TEXT_BYTES {
                        return None;
                    }
                }
                Some(text)
            }
            ast::Expr::Ident(ident) if ident.sym == "__dirname" => Some("/".to_owned()),
            ast::Expr::Member(member) => match (&*member.obj, member.prop.as_ident()?.sym.as_str())
            {
                (ast::Expr::MetaProp(_), "url") => Some(format!("/{}", self.file)),
                (ast::Expr::MetaProp(_), "dirname") => Some("/".to_owned()),
                (object @ ast::Expr::New(_), "pathname" | "href") => inner(object),
                _ => None,
            },
            ast::Expr::New(new) if new.callee.as_ident()?.sym == "URL" => {
                let args = new.args.as_ref()?;
                let address = inner(&args.first()?.expr)?;
                let base = inner(&args.get(1)?.expr)?;
                let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
                absolute(&[folder.to_owned(), address], true)
            }
            ast::Expr::Call(call) => {
                let name = match call.callee.as_expr().map(|callee| plain(callee))? {
                    ast::Expr::Ident(ident) => ident.sym.as_str(),
                    ast::Expr::Member(member) => member.prop.as_ident()?.sym.as_str(),
                    _ => return None,
                };
                let args: Option<Vec<String>> =
                    call.args.iter().map(|arg| inner(&arg.expr)).collect();
                match name {
                    "resolve" => absolute(&args?, true),
                    "join" => absolute(&args?, false),
                    "fileURLToPath" | "normalize" | "dirname" => args?.into_iter().next(),
                    "cwd" => Some("/".to_owned()),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// An expression without what only TypeScript and parentheses add.
fn plain(expr: &ast::Expr) -> &ast::Expr {
    match expr {
        ast::Expr::Paren(inner) => plain(&inner.expr),
        ast::Expr::TsAs(inner) => plain(&inner.expr),
        ast::Expr::TsSatisfies(inner) => plain(&inner.expr),
        ast::Expr::TsConstAssertion(inner) => plain(&inner.expr),
        _ => expr,
    }
}

fn key(name: &ast::PropName) -> Option<String> {
    match name {
        ast::PropName::Ident(ident) => Some(ident.sym.to_string()),
        ast::PropName::Str(text) => Some(text.value.to_string_lossy().into_owned()),
        ast::PropName::Num(number) => Some(number.value.to_string()),
        _ => None,
    }
}

/// A path of the project from its parts, with `/` for the project's folder;
/// `None` when it leaves the project.
fn absolute(parts: &[String], restarts: bool) -> Option<String> {
    let mut path = String::new();
    for part in parts {
        if restarts && part.starts_with('/') {
            path.clear();
        }
        path.push('/');
        path.push_str(part);
    }
    join("", &path).map(|path| format!("/{path}"))
}
