//! Import declarations as they are written, so that repairs can rewrite them.

use super::Input;
use crate::source::ByteRange;
use crate::swc::{Spanned, ast};

/// One import declaration.
#[derive(Debug, Clone)]
pub(crate) struct ImportClause {
    pub(crate) specifier: String,
    /// The specifier with its quotes.
    pub(crate) source: ByteRange,
    /// All of it, semicolon included.
    pub(crate) range: ByteRange,
    /// `import type`
    pub(crate) is_type: bool,
    /// Local name of the default import.
    pub(crate) default: Option<String>,
    /// Local name of the namespace.
    pub(crate) namespace: Option<String>,
    pub(crate) named: Vec<NamedImport>,
}

/// One name in the braces of an import.
#[derive(Debug, Clone)]
pub(crate) struct NamedImport {
    /// Name in the other module.
    pub(crate) name: String,
    pub(crate) local: String,
    pub(crate) is_type: bool,
}

impl ImportClause {
    /// The local names that it declares as values, each with what it stands for:
    /// a name of the other module, or `*`.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let default = self.default.iter().map(|local| (local.as_str(), "default"));
        let namespace = self.namespace.iter().map(|local| (local.as_str(), "*"));
        let named = self
            .named
            .iter()
            .filter(|named| !named.is_type)
            .map(|named| (named.local.as_str(), named.name.as_str()));
        default
            .chain(namespace)
            .chain(named)
            .filter(|_| !self.is_type)
    }

    /// Whether names can be added to it.
    pub(crate) fn takes_names(&self) -> bool {
        !self.is_type
            && self.namespace.is_none()
            && (self.default.is_some() || !self.named.is_empty())
    }
}

impl NamedImport {
    /// A name that is imported under itself.
    pub(crate) fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            local: name.to_owned(),
            is_type: false,
        }
    }

    /// As it is written in braces.
    pub(crate) fn render(&self) -> String {
        let keyword = if self.is_type { "type " } else { "" };
        if self.name == self.local {
            format!("{keyword}{}", self.name)
        } else {
            format!("{keyword}{} as {}", self.name, self.local)
        }
    }
}

/// The import declarations of a module, in order of the text.
pub(super) fn clauses(input: &Input<'_>, module: &ast::Module) -> Vec<ImportClause> {
    module
        .body
        .iter()
        .filter_map(|item| item.as_module_decl()?.as_import())
        .filter_map(|import| clause(input, import))
        .collect()
}

fn clause(input: &Input<'_>, import: &ast::ImportDecl) -> Option<ImportClause> {
    let mut clause = ImportClause {
        specifier: import.src.value.to_string_lossy().into_owned(),
        source: input.range(import.src.span)?,
        range: input.range(import.span)?,
        is_type: import.type_only,
        default: None,
        namespace: None,
        named: Vec::new(),
    };
    for specifier in &import.specifiers {
        match specifier {
            ast::ImportSpecifier::Default(default) => {
                clause.default = Some(default.local.sym.to_string());
            }
            ast::ImportSpecifier::Namespace(namespace) => {
                clause.namespace = Some(namespace.local.sym.to_string());
            }
            ast::ImportSpecifier::Named(named) => {
                let local = named.local.sym.to_string();
                let name = match &named.imported {
                    None => local.clone(),
                    Some(ast::ModuleExportName::Ident(name)) => name.sym.to_string(),
                    // `"odd-name" as local` is kept as it is written.
                    Some(ast::ModuleExportName::Str(name)) => input.text(name.span).to_owned(),
                };
                clause.named.push(NamedImport {
                    name,
                    local,
                    is_type: named.is_type_only,
                });
            }
        }
    }
    Some(clause)
}

/// Where an import can be written that comes before everything but directives.
pub(super) fn insert_at(input: &Input<'_>, module: &ast::Module) -> u32 {
    let first = module.body.iter().find(|item| {
        let is_directive = match item {
            ast::ModuleItem::Stmt(ast::Stmt::Expr(statement)) => {
                matches!(&*statement.expr, ast::Expr::Lit(ast::Lit::Str(_)))
            }
            _ => false,
        };
        !is_directive
    });
    first
        .and_then(|item| input.range(item.span()))
        .map_or(0, |range| range.start)
}
