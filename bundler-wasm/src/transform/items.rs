//! Statements and module items: what is left out, what loses its `export`, and
//! the module form around it all.

use std::fmt::Write as _;

use super::declarations::DeclarationKind;
use super::exports::Value;
use super::fields::is_unnamed;
use super::imports::{Binding, local_name};
use super::scope::{Declared, declared_names, export_name, is_only_declared};
use super::splice::{Spliced, Splicer};
use super::typescript::ValueUses;
use crate::codes;
use crate::literal::{source_url, string_literal};
use crate::module::{Import, ImportKind, ImportedName, NameForm};
use crate::resolve::Resolution;
use crate::swc::{Span, Spanned, Visit, VisitWith, ast};

impl Splicer<'_> {
    /// Walks a whole file.
    pub(super) fn module(mut self, items: &[ast::ModuleItem]) -> Spliced {
        self.bind_location();
        for item in items {
            if let ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import)) = item {
                let bindings = &mut self.bindings;
                self.imports.declare(import, &self.names, |id, binding| {
                    bindings.insert(id, binding);
                });
                self.declare_import(import);
            }
        }
        let is_import_equals = |item: &ast::ModuleItem| {
            matches!(
                item,
                ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsImportEquals(_))
            )
        };
        if items.iter().any(is_import_equals) {
            let mut uses = ValueUses::default();
            items.visit_with(&mut uses);
            self.value_uses = uses.0;
        }
        // A line such as `#!/usr/bin/env node` must be the first to mean anything.
        if self.text.starts_with("#!") {
            let line = self.text.find(['\n', '\r']).unwrap_or(self.text.len());
            self.writer.skip_to(crate::source::to_u32(line));
        }
        for item in items {
            self.item(item);
        }
        self.finish()
    }

    fn declare_import(&mut self, import: &ast::ImportDecl) {
        // In TypeScript a type may be imported under the name of a value.
        if self.context.is_typescript() {
            return;
        }
        for one in &import.specifiers {
            self.declare(local_name(one), DeclarationKind::Import);
        }
    }

    fn finish(mut self) -> Spliced {
        self.request_jsx();
        self.capture_reassigned();
        let refresh = self.refresh_tail();
        let refresh_head = self.refresh_head();
        let names = self.names;
        let mut head = format!(
            "{}.define({}, {}function({}, {}, {}) {{ \"use strict\"; ",
            self.context.global("__cumulet"),
            string_literal(self.context.file),
            if self.context.awaits { "async " } else { "" },
            names.require,
            names.exports,
            names.module
        );
        head.push_str(&refresh_head);
        head.push_str(&self.exports.register(
            self.context,
            &self.imports,
            &names.exports,
            &names.require,
        ));
        head.push_str(&self.head);
        let (imports, dropped, lines) =
            self.imports
                .finish(self.context.is_typescript(), &names.require, &names.exports);
        head.push_str(&lines);
        head.push('\n');
        let tail = format!("\n{refresh}}});\n{}", source_url(self.context.file));
        let (code, mappings) = self.writer.finish(&head, &tail);
        let (exports, types) = self.exports.finish();
        Spliced {
            code,
            mappings,
            imports,
            dropped,
            exports,
            globs: self.globs,
            types,
            is_doubtful: self.is_doubtful,
            diagnostics: self.diagnostics,
        }
    }

    fn item(&mut self, item: &ast::ModuleItem) {
        match item {
            ast::ModuleItem::Stmt(statement) => self.listed_statement(statement),
            ast::ModuleItem::ModuleDecl(declaration) => {
                self.listed(declaration.span(), |splicer| {
                    splicer.module_declaration(declaration);
                });
            }
        }
    }

    /// A statement in a list of them, where others can be put after it.
    pub(super) fn listed_statement(&mut self, statement: &ast::Stmt) {
        if let ast::Stmt::Expr(expression) = statement
            && self.begins_with_bracket(&expression.expr)
        {
            self.writer.copy_to(self.lo(expression.span));
            self.writer.write(";");
        }
        self.listed(statement.span(), |splicer| {
            splicer.refresh.is_listed = matches!(statement, ast::Stmt::Decl(ast::Decl::Var(_)));
            splicer.statement(statement);
        });
    }

    /// Walks one of a list, and puts what it left to be put after it.
    fn listed(&mut self, span: Span, walk: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.after);
        let first = self.registration_count();
        walk(self);
        let after = std::mem::replace(&mut self.after, before);
        if after.is_empty() && self.registration_count() == first {
            return;
        }
        self.writer.copy_to(self.hi(span));
        if !after.is_empty() && !self.writer.ends_with(b';') {
            self.writer.write(";");
        }
        for text in after {
            self.writer.write(" ");
            self.writer.write(&text);
        }
        self.end_registrations(first);
    }

    /// A statement anywhere.
    pub(super) fn statement(&mut self, statement: &ast::Stmt) {
        match statement {
            ast::Stmt::Decl(declaration) => self.declaration(declaration, declaration.span()),
            other => other.visit_children_with(self),
        }
        self.end_statement(statement.span());
    }

    /// A declaration; `whole` is its span with what stands before it.
    fn declaration(&mut self, declaration: &ast::Decl, whole: Span) {
        if is_only_declared(declaration) {
            self.remove(whole);
            return;
        }
        match declaration {
            ast::Decl::TsEnum(declaration) => self.enumeration(declaration, None),
            ast::Decl::TsModule(namespace) => self.namespace(namespace, None),
            ast::Decl::Class(class) => {
                self.class_declaration(&class.ident, &class.class, whole);
            }
            ast::Decl::Fn(function) => {
                self.declared.insert(function.ident.to_id());
                self.declare(&function.ident, self.function_kind());
                self.function_declaration(&function.ident.sym, &function.ident, &function.function);
            }
            other => other.visit_children_with(self),
        }
    }

    /// A style sheet has nothing that could have a name.
    fn refuse_names_of_style(&mut self, import: &ast::ImportDecl) {
        let Some(first) = import.specifiers.first() else {
            return;
        };
        let specifier = import.src.value.to_string_lossy();
        if matches!(
            self.imports.resolution(&specifier),
            Resolution::Style(_) | Resolution::PackageStyle
        ) {
            let message = format!("`{specifier}` is a style sheet, and exports nothing.");
            let help = format!(
                "Write `import \"{specifier}\";` and use the class names as plain text, or name the file `….module.css`."
            );
            self.refuse(codes::UNSUPPORTED_FILE, first.span(), message, help);
        }
    }

    fn module_declaration(&mut self, declaration: &ast::ModuleDecl) {
        let span = declaration.span();
        match declaration {
            ast::ModuleDecl::Import(import) => {
                if !import.type_only {
                    self.refuse_names_of_style(import);
                }
                self.remove(span);
            }
            ast::ModuleDecl::ExportDecl(export) => {
                self.note_exported(&export.decl);
                self.is_doubtful |= match &export.decl {
                    ast::Decl::Class(class) => class.class.is_abstract,
                    ast::Decl::TsEnum(_) | ast::Decl::TsModule(_) => true,
                    _ => false,
                };
                if is_only_declared(&export.decl) {
                    self.remove(span);
                    return;
                }
                if let ast::Decl::Class(class) = &export.decl {
                    return self.class_declaration(&class.ident, &class.class, span);
                }
                self.writer.copy_to(self.lo(span));
                self.writer.skip_to(self.at(export.decl.span_lo()));
                if let ast::Decl::Var(_) = &export.decl {
                    self.refresh.is_listed = true;
                }
                self.declaration(&export.decl, export.decl.span());
                self.end_statement(span);
            }
            ast::ModuleDecl::ExportNamed(export) => {
                self.named_export(export);
                self.remove(span);
            }
            ast::ModuleDecl::ExportDefaultDecl(export) => self.default_declaration(export),
            ast::ModuleDecl::ExportDefaultExpr(export) => self.default_value(span, &export.expr),
            ast::ModuleDecl::ExportAll(export) => {
                if !export.type_only {
                    self.star(export);
                }
                self.remove(span);
            }
            ast::ModuleDecl::TsImportEquals(import) => self.import_equals(import),
            // The first is refused, with a diagnostic; the second is a type.
            ast::ModuleDecl::TsExportAssignment(_) | ast::ModuleDecl::TsNamespaceExport(_) => {
                self.remove(span);
            }
        }
    }

    fn note_exported(&mut self, declaration: &ast::Decl) {
        let is_type = is_only_declared(declaration);
        let merges = self.context.is_typescript() && !matches!(declaration, ast::Decl::Var(_));
        declared_names(declaration, &mut |name| {
            if is_type {
                self.exports.type_name(name.to_string());
                return;
            }
            let value = Value::Text(name.to_string());
            // What TypeScript merges is exported by each of its declarations.
            if merges {
                self.exports.value(name.to_string(), value);
            } else {
                self.export(name.to_string(), value, declaration.span());
            }
        });
    }

    fn named_export(&mut self, export: &ast::NamedExport) {
        let named = export.specifiers.iter().filter_map(|one| match one {
            ast::ExportSpecifier::Named(named) => Some(named),
            _ => None,
        });
        if export.type_only {
            for one in named {
                let name = export_name(one.exported.as_ref().unwrap_or(&one.orig));
                self.exports.type_name(name);
            }
            return;
        }
        match &export.src {
            Some(source) => self.reexport(export, source),
            None => {
                for one in named {
                    self.local_export(one);
                }
            }
        }
    }

    /// `export { local as name }`
    fn local_export(&mut self, one: &ast::ExportNamedSpecifier) {
        let ast::ModuleExportName::Ident(local) = &one.orig else {
            return;
        };
        let name = export_name(one.exported.as_ref().unwrap_or(&one.orig));
        let Declared { values, types } = &self.context.declared;
        if let Some(Binding {
            import: Some(imported),
            ..
        }) = self.bindings.get(&local.to_id())
        {
            if one.is_type_only {
                return self.exports.type_name(name);
            }
            let imported = *imported;
            self.imports.mark_used(imported);
            if imported.is_namespace {
                self.imports.use_namespace(imported, None);
            }
            self.export(name, Value::Imported(imported), one.span);
        } else if values.contains(&local.sym) && !one.is_type_only {
            let text = local.sym.to_string();
            self.export(name, Value::Text(text), one.span);
        } else if types.contains(&local.sym) || one.is_type_only || self.context.is_typescript() {
            // In TypeScript it may also be a type that was imported as one.
            self.exports.type_name(name);
        } else {
            let message = format!("`{}` is exported but declared nowhere.", local.sym);
            let help = "Declare it in this file, import it, or remove it from the export.";
            self.refuse(codes::UNDECLARED_EXPORT, local.span, message, help);
        }
    }

    /// `export { … } from`
    fn reexport(&mut self, export: &ast::NamedExport, source: &ast::Str) {
        let specifier = source.value.to_string_lossy().into_owned();
        let require = self.names.require.clone();
        let mut names = Vec::new();
        let mut is_whole = export.specifiers.is_empty();
        for one in &export.specifiers {
            match one {
                ast::ExportSpecifier::Named(one) => {
                    let original = export_name(&one.orig);
                    let exported = one
                        .exported
                        .as_ref()
                        .map_or_else(|| original.clone(), export_name);
                    if one.is_type_only {
                        self.exports.type_name(exported);
                        continue;
                    }
                    let value = self
                        .imports
                        .reexported(&specifier, Some(&original), &require);
                    self.export(exported, Value::Text(value), one.span);
                    names.push(ImportedName {
                        name: original,
                        range: self.context.range(one.orig.span()),
                        form: match one.exported {
                            Some(_) => NameForm::Renamed,
                            None => NameForm::Plain { alone: None },
                        },
                    });
                }
                ast::ExportSpecifier::Namespace(namespace) => {
                    is_whole = true;
                    let value = self.imports.reexported(&specifier, None, &require);
                    let name = export_name(&namespace.name);
                    self.export(name, Value::Text(value), namespace.span);
                }
                ast::ExportSpecifier::Default(_) => {}
            }
        }
        if names.is_empty() && !is_whole {
            // Types alone are passed on.
            return;
        }
        if is_whole && export.specifiers.is_empty() {
            self.imports.reexported(&specifier, None, &require);
        }
        self.import_of(source, ImportKind::Static, names, is_whole);
    }

    fn star(&mut self, export: &ast::ExportAll) {
        let specifier = export.src.value.to_string_lossy().into_owned();
        self.imports.star(&specifier, &self.names);
        self.import_of(&export.src, ImportKind::Star, Vec::new(), true);
    }

    fn import_of(
        &mut self,
        source: &ast::Str,
        kind: ImportKind,
        names: Vec<ImportedName>,
        is_whole: bool,
    ) {
        let specifier = source.value.to_string_lossy().into_owned();
        let resolution = self.imports.resolution(&specifier);
        self.imports.add(Import {
            range: self.context.range(source.span),
            specifier,
            resolution,
            kind,
            names,
            is_whole,
        });
    }

    fn default_declaration(&mut self, export: &ast::ExportDefaultDecl) {
        match &export.decl {
            ast::DefaultDecl::TsInterfaceDecl(interface) => {
                if !self.context.declared.values.contains(&interface.id.sym) {
                    self.exports.type_name("default".to_owned());
                }
                self.remove(export.span);
            }
            ast::DefaultDecl::Fn(function) if function.function.body.is_none() => {
                self.remove(export.span);
            }
            ast::DefaultDecl::Fn(function) => {
                let name = match &function.ident {
                    Some(ident) => ident.sym.to_string(),
                    None => self.names.default.clone(),
                };
                self.drop_keywords(export.span, self.lo(function.function.span));
                if let Some(ident) = &function.ident {
                    self.declare(ident, DeclarationKind::Lexical);
                    self.function_declaration(&name, ident, &function.function);
                } else {
                    self.unnamed_default(&name, &function.function);
                }
                self.export("default".to_owned(), Value::Text(name), export.span);
            }
            ast::DefaultDecl::Class(class) => match &class.ident {
                Some(ident) => {
                    self.class_declaration(ident, &class.class, export.span);
                    let name = ident.sym.to_string();
                    self.export("default".to_owned(), Value::Text(name), export.span);
                }
                None if self.is_decorated(&class.class) => {
                    let name = self.export_default(export.span);
                    let start = self.decorators_start(&class.class);
                    self.writer.copy_to(start.min(self.lo(export.span)));
                    self.writer.skip_to(start);
                    self.writer.write(&format!("const {name} = "));
                    self.decorated_value(None, &class.class, Some("default"));
                    self.writer.write(";");
                }
                None => {
                    self.named_by_key(export.span, self.lo(class.class.span), |splicer| {
                        splicer.class(None, &class.class);
                    });
                }
            },
        }
    }

    fn drop_keywords(&mut self, span: Span, start: u32) {
        self.writer.copy_to(self.lo(span));
        self.writer.skip_to(start);
    }

    /// `export default function () {}`: its name is "default", and it is hoisted.
    fn unnamed_default(&mut self, name: &str, function: &ast::Function) {
        let mut at = self.lo(function.span);
        if function.is_async {
            at = self.skip_trivia(at + 5);
        }
        at += 8;
        if function.is_generator {
            at = self.after_sign(at, b'*').unwrap_or(at);
        }
        self.writer.copy_to(at);
        self.writer.write(" ");
        self.writer.write(name);
        let object = self.context.global("Object");
        let _ = write!(
            self.head,
            "{object}.defineProperty({name}, \"name\", {{ value: \"default\", configurable: true }}); "
        );
        self.function_body_of(name, function);
    }

    /// `export default value` → `const _default = value;`
    fn default_value(&mut self, span: Span, expr: &ast::Expr) {
        if let ast::Expr::Ident(ident) = expr {
            let Declared { values, types } = &self.context.declared;
            if types.contains(&ident.sym) && !values.contains(&ident.sym) {
                self.exports.type_name("default".to_owned());
                self.remove(span);
                return;
            }
        }
        let start = self.at(expr.span_lo());
        if is_unnamed(expr) {
            if let value @ ast::Expr::Class(_) = expr.unwrap_parens() {
                self.enter_keyed("default", value);
            }
            self.named_by_key(span, start, |splicer| splicer.visit_expr(expr));
            return;
        }
        let name = self.export_default(span);
        self.writer.copy_to(self.lo(span));
        self.writer.write(&format!("const {name} = "));
        self.writer.skip_to(start);
        self.enter_default(&name, expr);
        self.visit_expr(expr);
        self.end_default(span, "");
    }

    /// A function or class without a name gets "default" as name by standing in an object.
    fn named_by_key(&mut self, span: Span, start: u32, walk: impl FnOnce(&mut Self)) {
        let name = self.export_default(span);
        self.writer.copy_to(self.lo(span));
        self.writer
            .write(&format!("const {name} = {{ \"default\": "));
        self.writer.skip_to(start);
        walk(self);
        self.end_default(span, " }.default");
    }

    fn export_default(&mut self, span: Span) -> String {
        let name = self.names.default.clone();
        self.export("default".to_owned(), Value::Text(name.clone()), span);
        name
    }

    pub(super) fn export(&mut self, name: String, value: Value, span: Span) {
        let message = format!("`{name}` is exported twice.");
        if !self.exports.value(name, value) {
            let help = "Remove one of the exports, or give it another name.";
            self.refuse(codes::DUPLICATE_NAME, span, message, help);
        }
    }

    fn end_default(&mut self, span: Span, close: &str) {
        let end = self.hi(span);
        let has_semicolon = self
            .text
            .get(..end as usize)
            .is_some_and(|text| text.ends_with(';'));
        let end = end - u32::from(has_semicolon);
        self.writer.copy_to(end);
        self.writer.write(close);
        self.writer.write(";");
        self.writer.skip_to(end + u32::from(has_semicolon));
    }
}
