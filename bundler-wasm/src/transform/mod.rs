//! One code file to one module, in one walk over the tree that swc's parser
//! made: the source text is copied, and edited where it must be. No tree is
//! rewritten or printed, so what isn't edited keeps its bytes, its comments and
//! its lines.
//!
//! `splice` walks, `references` and `items` with it; `writer` holds the output; `scope`, `imports` and `exports`
//! know the module's names; `functions`, `classes`, `fields`, `decorators`,
//! `typescript`, `jsx`, `addresses` and `env` each edit one kind of syntax; `refresh` and `signatures` add what
//! React Refresh needs; `declarations` refuses what one scope declares twice.

mod addresses;
mod classes;
mod declarations;
mod decorators;
mod env;
mod exports;
mod fields;
mod functions;
mod glob;
mod imports;
mod items;
mod jsx;
mod loops;
mod members;
mod names;
mod references;
mod refresh;
mod scope;
mod signatures;
mod splice;
mod typescript;
mod writer;

use std::collections::BTreeMap;
use std::rc::Rc;

use protocol::bundle::{Diagnostic, Severity};

use crate::language::Language;
use crate::mode::Mode;
use crate::module::Compiled;
use crate::parse::{self, Parsed};
use crate::resolve::Resolution;
use crate::scan;
use crate::source::{ByteRange, Source};
use crate::swc::{BytePos, GLOBALS, Globals, Mark, Pass, Span, SyntaxContext, ast, resolver};

pub(crate) use glob::is_glob;
use scope::Declared;
use splice::Splicer;
pub(crate) use writer::Mappings;

/// Gives the files that patterns mean, or the pattern that can't mean any.
pub(crate) type Expand<'a> = dyn Fn(&[String]) -> Result<BTreeMap<String, String>, String> + 'a;

/// What a project's configuration says of the classes in its TypeScript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClassOptions {
    /// `experimentalDecorators`: TypeScript's decorators from before the standard.
    pub(crate) has_legacy_decorators: bool,
    /// `useDefineForClassFields: false`: fields are assigned rather than defined.
    pub(crate) assigns_fields: bool,
}

/// How a file of code is compiled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) language: Language,
    pub(crate) mode: Mode,
    pub(crate) classes: ClassOptions,
}

impl Options {
    /// For a file that no configuration is about.
    pub(crate) fn new(language: Language, mode: Mode) -> Self {
        Self {
            language,
            mode,
            classes: ClassOptions::default(),
        }
    }
}

/// What the parts of one file's compilation share.
struct Context<'a> {
    file: &'a str,
    source: &'a Source,
    language: Language,
    mode: Mode,
    start: BytePos,
    /// What the resolver gives names that nothing declares.
    unresolved: SyntaxContext,
    declared: Declared,
    /// Whether the module waits for something before it is done.
    awaits: bool,
    classes: ClassOptions,
    resolve: &'a dyn Fn(&str) -> Resolution,
    glob: Option<&'a Expand<'a>>,
}

impl Context<'_> {
    fn range(&self, span: Span) -> Option<ByteRange> {
        parse::byte_range(self.start, span)
    }

    /// Whether an identifier is a global: no declaration of the file shadows it.
    fn is_global(&self, ident: &ast::Ident) -> bool {
        ident.ctxt == self.unresolved
    }

    /// Text for a global of the frame, which the module may have a name like.
    fn global(&self, name: &str) -> String {
        if self.declared.values.iter().any(|declared| declared == name) {
            format!("globalThis.{name}")
        } else {
            name.to_owned()
        }
    }

    /// Whether types are left out, and imports that only types use with them.
    fn is_typescript(&self) -> bool {
        self.language != Language::JavaScript
    }

    fn diagnostic(&self, code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
        let range = self.range(span).unwrap_or(ByteRange { start: 0, end: 0 });
        crate::diagnostic::at(code, self.file, self.source, range, message)
    }
}

/// Compiles a file of code. `resolve` tells what its import specifiers mean,
/// `glob` what its patterns do; without one they are refused.
pub(crate) fn compile(
    file: &str,
    options: Options,
    source: &Rc<Source>,
    resolve: &dyn Fn(&str) -> Resolution,
    glob: Option<&Expand<'_>>,
) -> Compiled {
    // swc's symbols and marks live in scoped thread-locals.
    GLOBALS.set(&Globals::new(), || {
        match parse::parse(file, options.language, source) {
            Ok(parsed) => run(file, options, source, parsed, resolve, glob),
            Err(diagnostics) => Compiled::broken(Rc::clone(source), diagnostics),
        }
    })
}

fn run(
    file: &str,
    options: Options,
    source: &Rc<Source>,
    parsed: Parsed,
    resolve: &dyn Fn(&str) -> Resolution,
    glob: Option<&Expand<'_>>,
) -> Compiled {
    let Options {
        language,
        mode,
        classes,
    } = options;
    let Parsed { module, start } = parsed;
    let mark = Mark::new();
    let unresolved = SyntaxContext::empty().apply_mark(mark);
    let mut program = ast::Program::Module(module);
    // Tells names of the same spelling apart by the scope that declares them.
    resolver(mark, Mark::new(), language != Language::JavaScript).process(&mut program);
    let input = scan::Input {
        file,
        source,
        start,
        unresolved,
    };
    let scanned = program
        .as_module()
        .map(|module| scan::scan(&input, module))
        .unwrap_or_default();
    let context = Context {
        file,
        source,
        language,
        mode,
        start,
        unresolved,
        declared: Declared::of(items(&program)),
        awaits: scanned.awaits,
        classes: if language == Language::JavaScript {
            ClassOptions::default()
        } else {
            classes
        },
        resolve,
        glob,
    };
    let mut diagnostics = scanned.diagnostics;
    let spliced = Splicer::new(&context).module(items(&program));
    diagnostics.extend(spliced.diagnostics);
    if spliced.is_doubtful && diagnostics.iter().all(|d| d.severity != Severity::Error) {
        let source_of = |offset| spliced.mappings.source_of(offset);
        let errors = parse::output_errors(file, source, &spliced.code, source_of);
        diagnostics.extend(errors);
    }
    Compiled {
        source: Rc::clone(source),
        code: spliced.code.into(),
        mappings: spliced.mappings,
        imports: spliced.imports,
        dropped: spliced.dropped,
        exports: spliced.exports,
        globs: spliced.globs,
        types: spliced.types,
        candidates: scanned.candidates,
        utilities: scanned.utilities,
        names: scanned.names,
        diagnostics,
        is_broken: false,
        awaits: scanned.awaits,
    }
}

fn items(program: &ast::Program) -> &[ast::ModuleItem] {
    match program {
        ast::Program::Module(module) => &module.body,
        // Files are parsed as modules.
        ast::Program::Script(_) => &[],
    }
}
