//! A compiled file and what the rest of the project must know of it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use protocol::bundle::Diagnostic;

use crate::resolve::Resolution;
use crate::scan::Names;
use crate::source::{ByteRange, Source};
use crate::swc::FxHashSet;
use crate::transform::Mappings;

/// A file after all passes. It depends on its text and on what its imports
/// resolve to, and on nothing else.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The text it was made from.
    pub(crate) source: Rc<Source>,
    /// The script.
    pub(crate) code: Rc<str>,
    /// From the script back to the text.
    pub(crate) mappings: Mappings,
    /// Imports in order of the text.
    pub(crate) imports: Vec<Import>,
    /// Imports of packages that can't be had, gone from the script because
    /// TypeScript drops what is never used as a value.
    pub(crate) dropped: Vec<Import>,
    /// Names that it exports, without those of `export * from`.
    pub(crate) exports: Vec<Export>,
    /// Patterns of files that it imports, and what they meant.
    pub(crate) globs: Vec<Glob>,
    /// Exported names that are types, and gone.
    pub(crate) types: BTreeSet<String>,
    /// What may be Tailwind classes, from all strings.
    pub(crate) candidates: FxHashSet<String>,
    /// Those of them that look like Tailwind's own, from class attributes.
    pub(crate) utilities: FxHashSet<String>,
    /// Names that its text imports, and those that it lacks.
    pub(crate) names: Names,
    /// Findings that need no other file.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether the text couldn't be read, so that nothing is known of it.
    pub(crate) is_broken: bool,
    /// Whether it has an `await` at its top level.
    pub(crate) awaits: bool,
}

impl Compiled {
    /// A file that doesn't parse.
    pub(crate) fn broken(source: Rc<Source>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            source,
            code: "".into(),
            mappings: Mappings::default(),
            imports: Vec::new(),
            dropped: Vec::new(),
            exports: Vec::new(),
            globs: Vec::new(),
            types: BTreeSet::new(),
            candidates: FxHashSet::default(),
            utilities: FxHashSet::default(),
            names: Names::default(),
            diagnostics,
            is_broken: true,
            awaits: false,
        }
    }

    /// Whether the modules that import it see another module than before.
    pub(crate) fn shows_as(&self, before: &Self) -> bool {
        let stars = |module: &Self| -> Vec<Resolution> {
            let stars = module.imports.iter().filter(|i| i.kind == ImportKind::Star);
            stars.map(|import| import.resolution.clone()).collect()
        };
        self.is_broken == before.is_broken
            && self.exports == before.exports
            && self.types == before.types
            && stars(self) == stars(before)
    }
}

/// One `import.meta.glob`.
#[derive(Debug)]
pub(crate) struct Glob {
    /// As written.
    pub(crate) patterns: Vec<String>,
    /// Paths of files by the keys under which the code finds them, or the
    /// pattern that can't mean any.
    pub(crate) files: Result<BTreeMap<String, String>, String>,
}

/// One exported name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Export {
    pub(crate) name: String,
}

/// How a file asks for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportKind {
    /// `import … from`, `import "…"`, `export { … } from`
    Static,
    /// `export * from`
    Star,
    /// `import("…")`
    Dynamic,
    /// `<img src="/…">`: the address of a file, which the app can do without.
    Address,
}

/// One import declaration, re-export, `import()` or address of a file.
#[derive(Debug)]
pub(crate) struct Import {
    /// As written.
    pub(crate) specifier: String,
    /// The specifier with its quotes; `None` for imports that a pass added.
    pub(crate) range: Option<ByteRange>,
    /// What it means.
    pub(crate) resolution: Resolution,
    /// How it is asked for.
    pub(crate) kind: ImportKind,
    /// Names that are taken from it.
    pub(crate) names: Vec<ImportedName>,
    /// Whether the namespace itself is used in a way that hides which names are.
    pub(crate) is_whole: bool,
}

/// One name taken from a module.
#[derive(Debug, Clone)]
pub(crate) struct ImportedName {
    /// Name in the other module: `default` for a default import.
    pub(crate) name: String,
    /// Where it is written.
    pub(crate) range: Option<ByteRange>,
    /// How it is written, which decides how it can be repaired.
    pub(crate) form: NameForm,
}

/// How an imported name is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NameForm {
    /// `import { name } from` or `export { name } from`
    Plain {
        /// The braces, when it is the only name in them and stands alone.
        alone: Option<ByteRange>,
    },
    /// `import { name as other } from`
    Renamed,
    /// `import name from`
    Default {
        /// Local name.
        local: String,
        /// Whether nothing else is imported beside it.
        is_alone: bool,
    },
    /// `namespace.name`
    Member,
}
