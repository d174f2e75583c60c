//! Names that declarations and export clauses give to the outside.

use crate::swc::{ast, find_pat_ids};

/// Names that the module itself exports, `export *` left aside.
pub(super) fn export_names(module: &ast::Module) -> Vec<String> {
    let mut names = Vec::new();
    for item in &module.body {
        let ast::ModuleItem::ModuleDecl(declaration) = item else {
            continue;
        };
        match declaration {
            ast::ModuleDecl::ExportDecl(export) => match &export.decl {
                ast::Decl::TsInterface(interface) => names.push(interface.id.sym.to_string()),
                ast::Decl::TsTypeAlias(alias) => names.push(alias.id.sym.to_string()),
                ast::Decl::TsModule(namespace) => {
                    if let ast::TsModuleName::Ident(ident) = &namespace.id {
                        names.push(ident.sym.to_string());
                    }
                }
                other => names.extend(
                    declared_idents(other)
                        .into_iter()
                        .map(|i| i.sym.to_string()),
                ),
            },
            ast::ModuleDecl::ExportNamed(export) => {
                for one in &export.specifiers {
                    if let ast::ExportSpecifier::Named(named) = one {
                        names.push(export_name(named.exported.as_ref().unwrap_or(&named.orig)));
                    }
                }
            }
            ast::ModuleDecl::ExportDefaultDecl(_) => names.push("default".to_owned()),
            _ => {}
        }
    }
    names
}

pub(super) fn declared_idents(declaration: &ast::Decl) -> Vec<ast::Ident> {
    match declaration {
        ast::Decl::Class(class) => vec![class.ident.clone()],
        ast::Decl::Fn(function) => vec![function.ident.clone()],
        ast::Decl::Var(variables) => find_pat_ids(&variables.decls),
        ast::Decl::Using(using) => find_pat_ids(&using.decls),
        ast::Decl::TsEnum(declaration) => vec![declaration.id.clone()],
        ast::Decl::TsInterface(_) | ast::Decl::TsTypeAlias(_) | ast::Decl::TsModule(_) => {
            Vec::new()
        }
    }
}

pub(super) fn export_name(name: &ast::ModuleExportName) -> String {
    match name {
        ast::ModuleExportName::Ident(ident) => ident.sym.to_string(),
        ast::ModuleExportName::Str(string) => string.value.to_string_lossy().into_owned(),
    }
}
