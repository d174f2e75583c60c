//! One code file to one module: the ordered list of passes.

mod env;
mod exported;
mod modules;
mod nodes;
mod references;
mod registry;

use std::collections::BTreeSet;
use std::rc::Rc;

use protocol::bundle::Diagnostic;

use crate::emit;
use crate::language::Language;
use crate::module::{Compiled, Import, ImportKind};
use crate::parse::{self, Parsed};
use crate::resolve::Resolution;
use crate::scan;
use crate::source::{ByteRange, Source};
use crate::swc::{
    BytePos, GLOBALS, Globals, JsxOptions, Lrc, Mark, NoopComments, Pass, RefreshOptions, Runtime,
    Span, StripConfig, ast, fixer, hygiene, jsx, refresh, resolver, typescript,
};

/// What the passes of one file share.
struct Context<'a> {
    file: &'a str,
    source: &'a Source,
    start: BytePos,
    unresolved: Mark,
    resolve: &'a dyn Fn(&str) -> Resolution,
}

impl Context<'_> {
    fn range(&self, span: Span) -> Option<ByteRange> {
        parse::byte_range(self.start, span)
    }

    /// Whether an identifier is a global: no declaration of the file shadows it.
    fn is_global(&self, ident: &ast::Ident) -> bool {
        ident.ctxt.outer() == self.unresolved
    }

    fn diagnostic(&self, code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
        let range = self.range(span).unwrap_or(ByteRange { start: 0, end: 0 });
        crate::diagnostic::at(code, self.file, self.source, range, message)
    }
}

/// Compiles a file of code. `resolve` tells what its import specifiers mean.
pub(crate) fn compile(
    file: &str,
    language: Language,
    source: &Rc<Source>,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Compiled {
    // swc's symbols and marks live in scoped thread-locals.
    GLOBALS.set(&Globals::new(), || {
        match parse::parse(file, language, source) {
            Ok(parsed) => run(file, language, source, parsed, resolve),
            Err(diagnostics) => Compiled::broken(Rc::clone(source), diagnostics),
        }
    })
}

fn run(
    file: &str,
    language: Language,
    source: &Rc<Source>,
    parsed: Parsed,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Compiled {
    let Parsed {
        module,
        source_map,
        start,
    } = parsed;
    let unresolved = Mark::new();
    let top_level = Mark::new();
    let is_typescript = language != Language::JavaScript;
    let context = Context {
        file,
        source,
        start,
        unresolved,
        resolve,
    };

    let declared = exported::export_names(&module);
    let written = value_imports(&context, &module);
    let mut program = ast::Program::Module(module);
    // First of all: every later pass tells names apart by the marks that this one sets.
    resolver(unresolved, top_level, is_typescript).process(&mut program);
    let input = scan::Input {
        file,
        source,
        start,
        unresolved,
    };
    // Before anything is rewritten: fixes are written into the text as it is.
    let scanned = program
        .as_module()
        .map(|module| scan::scan(&input, module))
        .unwrap_or_default();
    let mut diagnostics = scanned.diagnostics;
    if is_typescript {
        let config = StripConfig {
            no_empty_export: true,
            ..Default::default()
        };
        typescript(config, unresolved, top_level).process(&mut program);
    }
    // Before JSX is gone: components are told by being used as elements.
    refresh(
        true,
        Some(RefreshOptions::default()),
        Lrc::clone(&source_map),
        None::<NoopComments>,
        top_level,
    )
    .process(&mut program);
    let options = JsxOptions {
        runtime: Some(Runtime::Automatic),
        ..Default::default()
    };
    jsx(
        Lrc::clone(&source_map),
        None::<NoopComments>,
        options,
        top_level,
        unresolved,
    )
    .process(&mut program);
    // After JSX: it adds imports of its runtime.
    let form = modules::to_registry(&context, program);
    diagnostics.extend(form.diagnostics);
    let mut program = form.program;
    // Last: both look at what will be printed.
    hygiene().process(&mut program);
    fixer(None).process(&mut program);

    let (mut code, mappings) = emit::emit(&program, &source_map, start);
    code.push_str(&emit::source_url(file));
    let dropped = written
        .into_iter()
        .filter(|import| !form.imports.iter().any(|kept| kept.range == import.range))
        .collect();
    let exported: BTreeSet<&str> = form.exports.iter().map(|e| e.name.as_str()).collect();
    let types = declared
        .into_iter()
        .filter(|name| !exported.contains(name.as_str()))
        .collect();
    Compiled {
        source: Rc::clone(source),
        code: code.into(),
        mappings,
        imports: form.imports,
        dropped,
        exports: form.exports,
        types,
        candidates: scanned.candidates,
        utilities: scanned.utilities,
        names: scanned.names,
        diagnostics,
        is_broken: false,
    }
}

/// Import declarations of packages that can't be had, before types are
/// stripped: an import that isn't used yet is a mistake worth naming too.
fn value_imports(context: &Context<'_>, module: &ast::Module) -> Vec<Import> {
    module
        .body
        .iter()
        .filter_map(|item| match item {
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import)) => Some(import),
            _ => None,
        })
        .filter(|import| !import.type_only && !import.specifiers.is_empty())
        .filter_map(|import| {
            let specifier = import.src.value.to_string_lossy().into_owned();
            let is_package = !specifier.starts_with(['.', '/']) && !specifier.starts_with("@/");
            let resolution = (context.resolve)(&specifier);
            let is_failed = matches!(resolution, Resolution::Failed(_));
            (is_package && is_failed).then(|| Import {
                specifier,
                range: context.range(import.src.span),
                resolution,
                kind: ImportKind::Static,
                names: Vec::new(),
                is_whole: false,
            })
        })
        .collect()
}
