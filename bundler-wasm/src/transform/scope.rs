//! What the top level of a module declares: values, types, imports, exports.
//! Read before anything is written, because the text may use a name before the
//! line that declares it.

use crate::swc::{Atom, FxHashSet, ast};

/// Names that the top level declares itself.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Names that exist when the code runs.
    pub(super) values: FxHashSet<Atom>,
    /// Names of interfaces and type aliases, and of everything that is only declared.
    pub(super) types: FxHashSet<Atom>,
}

impl Declared {
    pub(super) fn of(items: &[ast::ModuleItem]) -> Self {
        let mut declared = Self::default();
        for item in items {
            declared.item(item);
        }
        declared
    }

    fn item(&mut self, item: &ast::ModuleItem) {
        match item {
            ast::ModuleItem::Stmt(ast::Stmt::Decl(declaration)) => self.declaration(declaration),
            ast::ModuleItem::Stmt(statement) => {
                // `var` in a block, a loop or a condition belongs to the module too.
                variables(statement, &mut |name| {
                    self.values.insert(name.clone());
                });
            }
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDecl(export)) => {
                self.declaration(&export.decl);
            }
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDefaultDecl(export)) => {
                match &export.decl {
                    ast::DefaultDecl::Fn(function) => {
                        self.values.extend(name(function.ident.as_ref()));
                    }
                    ast::DefaultDecl::Class(class) => {
                        self.values.extend(name(class.ident.as_ref()));
                    }
                    ast::DefaultDecl::TsInterfaceDecl(interface) => {
                        self.types.insert(interface.id.sym.clone());
                    }
                }
            }
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsImportEquals(import)) => {
                self.values.insert(import.id.sym.clone());
            }
            ast::ModuleItem::ModuleDecl(_) => {}
        }
    }

    fn declaration(&mut self, declaration: &ast::Decl) {
        if let ast::Decl::TsInterface(interface) = declaration {
            self.types.insert(interface.id.sym.clone());
        } else if let ast::Decl::TsTypeAlias(alias) = declaration {
            self.types.insert(alias.id.sym.clone());
        } else {
            let exists = !is_only_declared(declaration);
            let names = if exists {
                &mut self.values
            } else {
                &mut self.types
            };
            declared_names(declaration, &mut |name| {
                names.insert(name.clone());
            });
        }
    }
}

fn name(ident: Option<&ast::Ident>) -> Option<Atom> {
    ident.map(|ident| ident.sym.clone())
}

/// Whether a declaration leaves nothing behind when types are gone.
pub(super) fn is_only_declared(declaration: &ast::Decl) -> bool {
    match declaration {
        ast::Decl::TsInterface(_) | ast::Decl::TsTypeAlias(_) => true,
        // Without a body it is an overload, or ambient.
        ast::Decl::Fn(function) => function.declare || function.function.body.is_none(),
        ast::Decl::Class(class) => class.declare,
        ast::Decl::Var(variables) => variables.declare,
        ast::Decl::Using(_) => false,
        ast::Decl::TsEnum(declaration) => declaration.declare,
        ast::Decl::TsModule(namespace) => {
            namespace.declare
                || namespace.global
                || namespace.id.is_str()
                || !namespace.body.as_ref().is_some_and(has_values)
        }
    }
}

/// Whether a namespace exists when the code runs: one that holds types alone doesn't.
pub(super) fn has_values(body: &ast::TsNamespaceBody) -> bool {
    match body {
        ast::TsNamespaceBody::TsNamespaceDecl(inner) => !inner.declare && has_values(&inner.body),
        ast::TsNamespaceBody::TsModuleBlock(block) => block.body.iter().any(|item| match item {
            ast::ModuleItem::Stmt(ast::Stmt::Decl(declaration)) => !is_only_declared(declaration),
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDecl(export)) => {
                !is_only_declared(&export.decl)
            }
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsImportEquals(import)) => {
                !import.is_type_only
            }
            ast::ModuleItem::ModuleDecl(_) => false,
            ast::ModuleItem::Stmt(_) => true,
        }),
    }
}

/// Every name that a declaration declares, in order.
pub(super) fn declared_names(declaration: &ast::Decl, found: &mut impl FnMut(&Atom)) {
    match declaration {
        ast::Decl::Class(class) => found(&class.ident.sym),
        ast::Decl::Fn(function) => found(&function.ident.sym),
        ast::Decl::Var(variables) => declarator_names(&variables.decls, found),
        ast::Decl::Using(using) => declarator_names(&using.decls, found),
        ast::Decl::TsEnum(declaration) => found(&declaration.id.sym),
        ast::Decl::TsInterface(interface) => found(&interface.id.sym),
        ast::Decl::TsTypeAlias(alias) => found(&alias.id.sym),
        ast::Decl::TsModule(namespace) => {
            if let ast::TsModuleName::Ident(ident) = &namespace.id {
                found(&ident.sym);
            }
        }
    }
}

fn declarator_names(declarators: &[ast::VarDeclarator], found: &mut impl FnMut(&Atom)) {
    for declarator in declarators {
        pattern_idents(&declarator.name, &mut |ident| found(&ident.sym));
    }
}

/// Every name that a pattern binds, in order.
pub(super) fn pattern_idents<'a>(pattern: &'a ast::Pat, found: &mut impl FnMut(&'a ast::Ident)) {
    match pattern {
        ast::Pat::Ident(ident) => found(&ident.id),
        ast::Pat::Array(array) => {
            for element in array.elems.iter().flatten() {
                pattern_idents(element, found);
            }
        }
        ast::Pat::Rest(rest) => pattern_idents(&rest.arg, found),
        ast::Pat::Object(object) => {
            for property in &object.props {
                match property {
                    ast::ObjectPatProp::KeyValue(pair) => pattern_idents(&pair.value, found),
                    ast::ObjectPatProp::Assign(short) => found(&short.key.id),
                    ast::ObjectPatProp::Rest(rest) => pattern_idents(&rest.arg, found),
                }
            }
        }
        ast::Pat::Assign(assign) => pattern_idents(&assign.left, found),
        ast::Pat::Invalid(_) | ast::Pat::Expr(_) => {}
    }
}

/// Names of the `var` declarations in a statement that aren't in a function.
fn variables(statement: &ast::Stmt, found: &mut impl FnMut(&Atom)) {
    let mut each = |statements: &[ast::Stmt]| {
        for statement in statements {
            variables(statement, found);
        }
    };
    match statement {
        ast::Stmt::Decl(ast::Decl::Var(declaration))
            if declaration.kind == ast::VarDeclKind::Var =>
        {
            declarator_names(&declaration.decls, found);
        }
        ast::Stmt::Block(block) => each(&block.stmts),
        ast::Stmt::If(branch) => {
            variables(&branch.cons, found);
            if let Some(other) = &branch.alt {
                variables(other, found);
            }
        }
        ast::Stmt::Labeled(labeled) => variables(&labeled.body, found),
        ast::Stmt::While(repeat) => variables(&repeat.body, found),
        ast::Stmt::DoWhile(repeat) => variables(&repeat.body, found),
        ast::Stmt::Switch(switch) => {
            for case in &switch.cases {
                each(&case.cons);
            }
        }
        ast::Stmt::Try(attempt) => {
            each(&attempt.block.stmts);
            if let Some(handler) = &attempt.handler {
                each(&handler.body.stmts);
            }
            if let Some(last) = &attempt.finalizer {
                each(&last.stmts);
            }
        }
        ast::Stmt::For(repeat) => {
            if let Some(ast::VarDeclOrExpr::VarDecl(declaration)) = &repeat.init
                && declaration.kind == ast::VarDeclKind::Var
            {
                declarator_names(&declaration.decls, found);
            }
            variables(&repeat.body, found);
        }
        ast::Stmt::ForIn(repeat) => {
            head_variables(&repeat.left, found);
            variables(&repeat.body, found);
        }
        ast::Stmt::ForOf(repeat) => {
            head_variables(&repeat.left, found);
            variables(&repeat.body, found);
        }
        _ => {}
    }
}

fn head_variables(head: &ast::ForHead, found: &mut impl FnMut(&Atom)) {
    if let ast::ForHead::VarDecl(declaration) = head
        && declaration.kind == ast::VarDeclKind::Var
    {
        declarator_names(&declaration.decls, found);
    }
}

/// An exported name as text.
pub(super) fn export_name(name: &ast::ModuleExportName) -> String {
    match name {
        ast::ModuleExportName::Ident(ident) => ident.sym.to_string(),
        ast::ModuleExportName::Str(string) => string.value.to_string_lossy().into_owned(),
    }
}
