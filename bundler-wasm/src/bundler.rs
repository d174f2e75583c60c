//! The bundler's state between builds: files, compiled modules, and what the
//! consumer has received.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use protocol::bundle::{BuildOutput, Module, Severity};
use protocol::manifest::Manifest;
use protocol::worker::{OriginalPosition, Position};
use serde::Serialize;

use crate::check;
use crate::css;
use crate::dependencies::{PartIndex, Uses};
use crate::diagnostic;
use crate::graph::{self, Graph};
use crate::language::FileKind;
use crate::module::Compiled;
use crate::project::Project;
use crate::resolve::{self, Resolution};
use crate::source::{ByteRange, Source};
use crate::tailwind;
use crate::{assets, transform};

/// Result of one build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Build {
    /// Modules, style sheet, diagnostics. The style sheet is empty while
    /// [`Build::tailwind`] has one to compile.
    pub output: BuildOutput,
    /// What Tailwind's compiler must make the style sheet from; absent when
    /// the project doesn't use Tailwind.
    pub tailwind: Option<TailwindInput>,
}

/// Input of Tailwind's compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TailwindInput {
    /// Style sheet with Tailwind's directives in it.
    pub css: String,
    /// All words of the app that may be classes, sorted.
    pub candidates: Vec<String>,
}

/// Builds one project again and again as its files change.
///
/// `output.modules` and `output.removed` tell what changed since the last
/// build **without errors**: a build with errors delivers no module, and the
/// next good one delivers all that the consumer hasn't received. Diagnostics
/// are always those of the whole app.
#[derive(Debug)]
pub struct Bundler {
    manifest: Manifest,
    parts: PartIndex,
    project: Project,
    modules: BTreeMap<String, Rc<Compiled>>,
    /// Modules of the last build without errors, which is what the frame runs.
    delivered: BTreeMap<String, Rc<Compiled>>,
}

impl Bundler {
    /// A bundler without files.
    pub fn new(manifest: Manifest) -> Self {
        Self {
            parts: PartIndex::new(&manifest),
            manifest,
            project: Project::default(),
            modules: BTreeMap::new(),
            delivered: BTreeMap::new(),
        }
    }

    /// Forgets all files and everything delivered.
    pub fn reset(&mut self) {
        self.project = Project::default();
        self.modules.clear();
        self.delivered.clear();
    }

    /// Changes files (`None` deletes) and builds.
    pub fn build(&mut self, changes: BTreeMap<String, Option<String>>) -> Build {
        self.project.apply(changes);
        let mut entry = self.project.entry();
        let roots = match &entry {
            Some(entry) => vec![entry.id.clone()],
            // While files stream in there is no entry yet: compile what is there.
            None => self
                .project
                .paths()
                .filter(|path| graph::is_part(path))
                .map(str::to_owned)
                .collect(),
        };
        self.compile_reachable(&roots);
        let graph = graph::order(&roots, &self.modules);

        let mut diagnostics = self.project.diagnostics();
        let mut uses = Uses::default();
        let mut candidates = BTreeSet::new();
        let mut utilities = BTreeSet::new();
        for (path, module) in graph
            .modules
            .iter()
            .filter_map(|id| self.modules.get_key_value(id))
        {
            diagnostics.extend(module.diagnostics.iter().cloned());
            diagnostics.extend(check::imports(
                &self.project,
                &self.manifest,
                &self.modules,
                path,
                module,
            ));
            uses.add(module);
            candidates.extend(module.candidates.iter().cloned());
            utilities.extend(module.utilities.iter().cloned());
        }
        if let Some(entry) = &entry
            && let Some(module) = self.modules.get(&entry.id)
        {
            diagnostics.extend(check::entry(entry, module, &self.modules));
        }
        let styles = css::collect(&self.project, &graph.styles);
        diagnostics.extend(styles.diagnostics);
        diagnostic::sort(&mut diagnostics);

        let has_errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
        let entry_is_broken = entry
            .as_ref()
            .is_some_and(|entry| self.modules.get(&entry.id).is_none_or(|m| m.is_broken));
        if entry_is_broken {
            entry = None;
        }
        let (modules, removed) = if has_errors {
            (Vec::new(), Vec::new())
        } else {
            self.deliver(&graph)
        };
        let own = |utility: &String| !tailwind::defines_class(&styles.css, utility);
        let tailwind_css = tailwind::input(&styles.css, utilities.iter().any(own));
        let (css, tailwind) = match tailwind_css {
            None => (styles.css, None),
            Some(css) => (
                String::new(),
                Some(TailwindInput {
                    css,
                    candidates: candidates.into_iter().collect(),
                }),
            ),
        };
        Build {
            output: BuildOutput {
                modules,
                removed,
                entry,
                css,
                dependency_files: uses.files(&self.manifest, &self.parts),
                dependencies: uses.list(),
                diagnostics,
            },
            tailwind,
        }
    }

    /// Maps positions in delivered modules back to their sources, in the same
    /// order; `None` where a position maps to nothing.
    pub fn resolve_positions(&self, positions: &[Position]) -> Vec<Option<OriginalPosition>> {
        positions
            .iter()
            .map(|position| {
                let module = self
                    .delivered
                    .get(&position.file)
                    .or_else(|| self.modules.get(&position.file))?;
                let offset =
                    module
                        .mappings
                        .lookup(&module.code, position.line, position.column)?;
                Some(original(&position.file, &module.source, offset))
            })
            .collect()
    }

    /// Compiles everything that the roots reach and that isn't cached.
    fn compile_reachable(&mut self, roots: &[String]) {
        let mut queue: Vec<String> = roots.to_vec();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        while let Some(path) = queue.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let Some(module) = self.compiled(&path) else {
                continue;
            };
            for import in &module.imports {
                if let Resolution::Module(path) = &import.resolution {
                    queue.push(path.clone());
                }
            }
            self.modules.insert(path, module);
        }
        self.modules.retain(|path, _| seen.contains(path));
    }

    /// The module of a file: the cached one if neither its text nor what its
    /// imports mean has changed.
    fn compiled(&self, path: &str) -> Option<Rc<Compiled>> {
        let source = self.project.source(path)?;
        let resolve =
            |specifier: &str| resolve::resolve(&self.project, &self.manifest, path, specifier);
        if let Some(cached) = self.modules.get(path)
            && (Rc::ptr_eq(&cached.source, source) || cached.source == *source)
            && cached
                .imports
                .iter()
                .all(|import| resolve(&import.specifier) == import.resolution)
        {
            return Some(Rc::clone(cached));
        }
        Some(Rc::new(match FileKind::of(path) {
            FileKind::Code(language) => transform::compile(path, language, source, &resolve),
            FileKind::Json => assets::json(path, source),
            FileKind::Svg => assets::svg(path, source),
            FileKind::Css | FileKind::Other => return None,
        }))
    }

    /// What the consumer lacks, and what it must forget.
    fn deliver(&mut self, graph: &Graph) -> (Vec<Module>, Vec<String>) {
        let current: BTreeMap<String, Rc<Compiled>> = graph
            .modules
            .iter()
            .filter_map(|id| Some((id.clone(), Rc::clone(self.modules.get(id)?))))
            .collect();
        let changed = graph
            .modules
            .iter()
            .filter_map(|id| {
                let module = current.get(id)?;
                let known = self.delivered.get(id);
                (known.map(|known| &known.code) != Some(&module.code)).then(|| Module {
                    id: id.clone(),
                    code: module.code.as_ref().to_owned(),
                    imports: graph::imported_modules(module),
                })
            })
            .collect();
        let removed = self
            .delivered
            .keys()
            .filter(|id| !current.contains_key(*id))
            .cloned()
            .collect();
        self.delivered = current;
        (changed, removed)
    }
}

fn original(file: &str, source: &Source, offset: u32) -> OriginalPosition {
    let span = source.span(ByteRange {
        start: offset,
        end: offset + 1,
    });
    OriginalPosition {
        position: Position {
            file: file.to_owned(),
            line: span.line,
            column: span.column,
        },
        frame: source.frame(span),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use protocol::manifest::Manifest;

    use super::Bundler;

    const FILES: [(&str, &str); 5] = [
        (
            "src/App.tsx",
            "import { b } from './b'; import './c'; export default () => b;",
        ),
        (
            "src/b.ts",
            "import { c } from './c'; export const b = () => c;",
        ),
        (
            "src/c.ts",
            "import { b } from './b'; import './d.js'; export const c = () => b;",
        ),
        ("src/d.js", "export {};"),
        ("src/style.css", "p { color: red }"),
    ];

    fn bundler() -> Bundler {
        let mut bundler = Bundler::new(Manifest::default());
        bundler.build(changes(&FILES.map(|(path, text)| (path, Some(text)))));
        bundler
    }

    fn changes(pairs: &[(&str, Option<&str>)]) -> BTreeMap<String, Option<String>> {
        pairs
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.map(str::to_owned)))
            .collect()
    }

    /// Builds after changes, and gives the files that were compiled for it.
    fn compiled(bundler: &mut Bundler, pairs: &[(&str, Option<&str>)]) -> Vec<String> {
        let before = bundler.modules.clone();
        bundler.build(changes(pairs));
        let is_cached = |path, module| before.get(path).is_some_and(|old| Rc::ptr_eq(old, module));
        bundler
            .modules
            .iter()
            .filter(|(path, module)| !is_cached(*path, *module))
            .map(|(path, _)| path.clone())
            .collect()
    }

    #[test]
    fn one_changed_file_compiles_one_module() {
        let mut bundler = bundler();
        let edit = ("src/c.ts", Some("export const c = () => 1;"));
        assert_eq!(compiled(&mut bundler, &[edit]), ["src/c.ts"]);
        assert!(compiled(&mut bundler, &[edit]).is_empty());
        let style = ("src/style.css", Some("p { color: blue }"));
        assert!(compiled(&mut bundler, &[style]).is_empty());
        assert!(compiled(&mut bundler, &[]).is_empty());
    }

    #[test]
    fn a_file_that_comes_or_goes_costs_its_importers() {
        let mut bundler = bundler();
        let unrelated = ("src/unrelated.ts", Some("export {};"));
        assert!(compiled(&mut bundler, &[unrelated]).is_empty());
        let nearer = ("src/b.tsx", Some("export const b = () => 2;"));
        assert_eq!(
            compiled(&mut bundler, &[nearer]),
            ["src/App.tsx", "src/b.tsx", "src/c.ts"]
        );
        assert_eq!(
            compiled(&mut bundler, &[("src/b.tsx", None)]),
            ["src/App.tsx", "src/b.ts", "src/c.ts"]
        );
        assert_eq!(compiled(&mut bundler, &[("src/d.js", None)]), ["src/c.ts"]);
        let broken = ("src/d.js", Some("export = {"));
        assert_eq!(compiled(&mut bundler, &[broken]), ["src/c.ts", "src/d.js"]);
    }
}
