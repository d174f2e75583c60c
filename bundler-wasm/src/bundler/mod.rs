//! The bundler's state between builds: files, compiled modules, and what the
//! consumer has received.

mod supply;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use protocol::bundle::{BuildOutput, Diagnostic, Entry, Module, Severity};
use protocol::manifest::Manifest;
use protocol::worker::{OriginalPosition, Position};
use serde::Serialize;

use crate::check;
use crate::config::{self, Config};
use crate::css;
use crate::dependencies::{PartIndex, RUNTIME_PACKAGES, Uses};
use crate::diagnostic;
use crate::env::{self, Env};
use crate::gather::gathered;
use crate::glob;
use crate::graph::{self, Graph};
use crate::html::{self, Html};
use crate::kit;
use crate::language::{FileKind, Query, module_id, split_query};
use crate::mode::Mode;
use crate::module::{Compiled, Import, ImportKind};
use crate::parts::App;
use crate::project::Project;
use crate::resolve::{self, Resolution};
use crate::source::{ByteRange, Source};
use crate::swc::FxHashSet;
use crate::tailwind;
use crate::{assets, svg, transform};

/// Result of one build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Build {
    /// Modules, style sheet, diagnostics. The style sheet is empty while
    /// [`Build::tailwind`] has one to compile.
    pub output: BuildOutput,
    /// What Tailwind's compiler must make the style sheet from; absent when
    /// the project doesn't use Tailwind.
    pub tailwind: Option<TailwindInput>,
    /// Files below `/deps/` that the build lacks: lists of packages, the ready kit. While there
    /// are any, the output is empty: give them by [`Bundler::supply`] and build again.
    pub missing: Vec<String>,
}

/// Input of Tailwind's compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TailwindInput {
    /// Style sheet with Tailwind's directives in it.
    pub css: String,
    /// All words of the app that may be classes, sorted.
    pub candidates: Vec<String>,
}

/// Findings about what a module imports. They hold as long as the module is the
/// same, and what others show it.
#[derive(Debug)]
struct Checked {
    module: Rc<Compiled>,
    diagnostics: Vec<Diagnostic>,
}

/// Builds one project again and again as its files change.
///
/// `output.modules` and `output.removed` tell what changed since the last
/// build **without errors**: a build with errors delivers no module, and the
/// next good one delivers all that the consumer hasn't received. Diagnostics
/// are always those of the whole app.
#[derive(Debug)]
pub struct Bundler {
    mode: Mode,
    manifest: Manifest,
    parts: PartIndex,
    project: Project,
    config: Config,
    modules: BTreeMap<String, Rc<Compiled>>,
    /// What was found about modules and what they import.
    checked: BTreeMap<String, Checked>,
    /// Modules of the last build without errors, which is what the frame runs.
    delivered: BTreeMap<String, Rc<Compiled>>,
    /// What the last build's `index.html` has in its head.
    head: String,
}

impl Bundler {
    /// A bundler without files, for development.
    pub fn new(manifest: Manifest) -> Self {
        Self::for_mode(Mode::Development, manifest)
    }

    /// A bundler without files.
    pub fn for_mode(mode: Mode, manifest: Manifest) -> Self {
        Self {
            mode,
            parts: PartIndex::new(&manifest),
            project: Project::new(manifest.kit.as_ref()),
            manifest,
            config: Config::default(),
            modules: BTreeMap::new(),
            checked: BTreeMap::new(),
            delivered: BTreeMap::new(),
            head: String::new(),
        }
    }

    /// Forgets all files and everything delivered.
    pub fn reset(&mut self) {
        self.project.clear();
        self.config = Config::default();
        self.modules.clear();
        self.checked.clear();
        self.delivered.clear();
    }

    /// Changes files (`None` deletes) and builds.
    pub fn build(&mut self, changes: BTreeMap<String, Option<String>>) -> Build {
        let configures = changes.keys().any(|path| config::is_config(path));
        let moves = self.project.apply(changes) || configures;
        if configures {
            let config = config::read(&self.project);
            if config.classes != self.config.classes {
                self.modules.clear();
            }
            self.config = config;
        }
        let resolve = |specifier: &str| self.resolve(html::PATH, specifier);
        let html = html::read(&self.project, &resolve);
        let env = env::read(&self.project, self.mode.name());
        let mut entry = self.entry(&html, &env);
        let mut roots = match &entry {
            Some(entry) => vec![entry.id.clone()],
            // While files stream in there is no entry yet: compile what is there.
            None => self
                .project
                .paths()
                .filter(|path| graph::is_part(path))
                .map(str::to_owned)
                .collect(),
        };
        // The frame gives these to elements whose address is put together at run
        // time, and knows them by their ids.
        let own_roots = roots.len();
        roots.extend(self.project.public_assets().map(str::to_owned));
        let shows_anew = self.compile_reachable(&roots, moves);
        if moves || shows_anew {
            self.checked.clear();
        }
        let missing = self.missing();
        if !missing.is_empty() {
            return Build {
                output: BuildOutput::default(),
                tailwind: None,
                missing: missing.into_iter().map(str::to_owned).collect(),
            };
        }
        self.check();
        // A broken one is no fault of an app that doesn't name it.
        let public = roots.split_off(own_roots);
        let is_whole = |id: &String| self.modules.get(id).is_some_and(|one| !one.is_broken);
        roots.extend(public.into_iter().filter(is_whole));
        let graph = graph::order(&roots, &self.modules);

        let mut diagnostics = self.project.diagnostics();
        diagnostics.extend(self.config.diagnostics.iter().cloned());
        diagnostics.extend(html.diagnostics);
        self.head = html.head;
        html::fill_text(&mut self.head, &env.variables);
        diagnostics.extend(env.diagnostics);
        let mut uses = Uses::default();
        let mut candidates: FxHashSet<&str> = FxHashSet::default();
        let mut utilities: FxHashSet<&str> = FxHashSet::default();
        for (id, module) in graph
            .modules
            .iter()
            .filter_map(|id| self.modules.get_key_value(id))
        {
            diagnostics.extend(module.diagnostics.iter().cloned());
            let checked = self.checked.get(id).into_iter();
            diagnostics.extend(checked.flat_map(|checked| checked.diagnostics.iter().cloned()));
            uses.add(module);
            candidates.extend(module.candidates.iter().map(String::as_str));
            utilities.extend(module.utilities.iter().map(String::as_str));
        }
        let dependency_files = uses.files(&self.manifest, &self.parts, &RUNTIME_PACKAGES);
        let dependency_files = dependency_files.into_iter().map(|file| self.needed(file));
        let dependency_files = dependency_files.collect();
        let dependencies = uses.list();
        diagnostics.extend(check::entry(entry.as_ref(), &self.modules));
        let sheets = [html.styles, graph.styles.clone()].concat();
        let resolve = |file: &str, specifier: &str| self.resolve(file, specifier);
        let mut styles = css::collect(&self.project, &sheets, &resolve);
        diagnostics.extend(styles.diagnostics);
        if graph.modules.iter().any(|id| self.project.is_ready(id)) {
            kit::add_theme(&mut styles.css, self.project.kit_theme());
        }
        diagnostic::sort(&mut diagnostics);
        let own = |utility: &&str| !tailwind::defines_class(&styles.css, utility);
        let tailwind_css = tailwind::input(&styles.css, utilities.iter().any(own));
        let (css, tailwind) = match tailwind_css {
            None => (styles.css, None),
            Some(css) => (
                String::new(),
                Some(TailwindInput {
                    css: css + &self.config.tailwind,
                    candidates: sorted(&candidates),
                }),
            ),
        };

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
        Build {
            output: BuildOutput {
                modules,
                removed,
                entry,
                css,
                dependency_files,
                dependencies,
                diagnostics,
            },
            tailwind,
            missing: Vec::new(),
        }
    }

    /// How the app starts: as `index.html` says, or by the names of its files.
    fn entry(&self, html: &Html, env: &Env) -> Option<Entry> {
        let mut entry = match &html.entry {
            Some(id) => Entry {
                id: id.clone(),
                mount: false,
                page: None,
                env: BTreeMap::new(),
            },
            None => self.project.conventional_entry()?,
        };
        entry.page = html.page.clone().map(Box::new);
        if let Some(page) = &mut entry.page {
            html::fill(page, &env.variables);
        }
        entry.env = env.variables.clone();
        Some(entry)
    }

    /// What a specifier means in a file.
    fn resolve(&self, file: &str, specifier: &str) -> Resolution {
        resolve::resolve(
            &self.project,
            &self.manifest,
            &self.config.aliases,
            file,
            specifier,
        )
    }

    /// The files that patterns in a file mean, or the pattern that can't mean any.
    fn glob(&self, file: &str, patterns: &[String]) -> Result<BTreeMap<String, String>, String> {
        let files = glob::expand(file, patterns, &self.config.aliases, self.project.paths());
        match files {
            Ok(files) => {
                let files = files.into_iter();
                Ok(gathered(files.map(|(key, path)| (key, path.to_owned()))))
            }
            Err(pattern) => Err(pattern.to_owned()),
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

    /// The app of the last build without errors, in all its parts.
    pub fn app(&self) -> App<'_> {
        App {
            project: &self.project,
            manifest: &self.manifest,
            index: &self.parts,
            modules: &self.delivered,
            head: &self.head,
        }
    }

    /// Compiles everything that the roots reach and that isn't cached; after
    /// `moves`, specifiers may mean something else than before. Whether a
    /// module that others import shows them something else.
    fn compile_reachable(&mut self, roots: &[String], moves: bool) -> bool {
        let mut queue: Vec<String> = roots.to_vec();
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut shows_anew = false;
        while let Some(id) = queue.pop() {
            if seen.contains(&id) {
                continue;
            }
            if let Some(module) = self.compiled(&id, moves) {
                let imported = module.imports.iter().filter_map(|i| match &i.resolution {
                    Resolution::Module(id) if !seen.contains(id) => Some(id.clone()),
                    _ => None,
                });
                queue.extend(imported);
                let known = self.modules.get(&id);
                if !known.is_some_and(|known| Rc::ptr_eq(known, &module)) {
                    shows_anew |= !known.is_some_and(|known| module.shows_as(known));
                    self.modules.insert(id.clone(), module);
                }
            }
            seen.insert(id);
        }
        let before = self.modules.len();
        self.modules.retain(|id, _| seen.contains(id));
        shows_anew || self.modules.len() != before
    }

    /// Checks the imports of modules about which that isn't known.
    fn check(&mut self) {
        self.checked.retain(|id, checked| {
            let module = self.modules.get(id);
            module.is_some_and(|module| Rc::ptr_eq(module, &checked.module))
                // What could be imported instead stands in files that no module imports.
                && checked.module.names.undeclared.is_empty()
        });
        for (id, module) in &self.modules {
            if !self.checked.contains_key(id) {
                let diagnostics =
                    check::imports(&self.project, &self.manifest, &self.modules, id, module);
                let checked = Checked {
                    module: Rc::clone(module),
                    diagnostics,
                };
                self.checked.insert(id.clone(), checked);
            }
        }
    }

    /// The module of an id: the cached one if neither its text nor what its
    /// imports mean has changed.
    fn compiled(&self, id: &str, moves: bool) -> Option<Rc<Compiled>> {
        let (path, query) = split_query(id);
        let source = self.project.source(path)?;
        let resolve = |specifier: &str| self.resolve(path, specifier);
        let glob = |patterns: &[String]| self.glob(path, patterns);
        let means_the_same = |cached: &Compiled| {
            let mut imports = cached.imports.iter();
            let mut globs = cached.globs.iter();
            imports.all(|import| resolve(&import.specifier) == import.resolution)
                && globs.all(|one| glob(&one.patterns) == one.files)
        };
        if let Some(cached) = self.modules.get(id)
            && (Rc::ptr_eq(&cached.source, source) || cached.source == *source)
            && (!moves || means_the_same(cached))
        {
            return Some(Rc::clone(cached));
        }
        Some(Rc::new(match (FileKind::of(path), query) {
            (_, Some(Query::Raw)) => assets::raw(id, source),
            (_, Some(Query::Url)) | (FileKind::Svg | FileKind::Asset(_), Some(Query::Inline)) => {
                assets::address(id, path, source)
            }
            (_, Some(Query::Inline)) => css::text(id, path, source, &resolve),
            (_, Some(Query::React)) => svg::component(id, path, self.mode, source, &resolve),
            (FileKind::Code(language), _) => {
                let options = transform::Options {
                    language,
                    mode: self.mode,
                    classes: self.config.classes,
                };
                let mut module = transform::compile(id, options, source, &resolve, Some(&glob));
                add_svg_components(&mut module.imports);
                module
            }
            (FileKind::Json, _) => assets::json(id, source),
            (FileKind::Svg, _) => assets::svg(id, source),
            (FileKind::Asset(_), _) => assets::binary(id, source),
            (FileKind::CssModule, _) => css::module(id, source, &resolve),
            (FileKind::Other, _) if path == html::PATH => html::module(source, self.mode, &resolve),
            (FileKind::Css | FileKind::Other, _) => return None,
        }))
    }

    /// What the consumer lacks, and what it must forget.
    fn deliver(&mut self, graph: &Graph) -> (Vec<Module>, Vec<String>) {
        let mut changed = Vec::new();
        for id in &graph.modules {
            let Some(module) = self.modules.get(id) else {
                continue;
            };
            let known = self.delivered.get(id);
            if known.is_some_and(|known| Rc::ptr_eq(known, module)) {
                continue;
            }
            if known.map(|known| &known.code) != Some(&module.code) {
                changed.push(Module {
                    id: id.clone(),
                    code: module.code.as_ref().to_owned(),
                    imports: graph::imported_modules(module),
                    static_imports: graph::static_imports(module),
                });
            }
            self.delivered.insert(id.clone(), Rc::clone(module));
        }
        let mut removed = Vec::new();
        if self.delivered.len() > graph.modules.len() {
            let current: FxHashSet<&String> = graph.modules.iter().collect();
            self.delivered.retain(|id, _| {
                let stays = current.contains(id);
                if !stays {
                    removed.push(id.clone());
                }
                stays
            });
        }
        (changed, removed)
    }
}

fn sorted(words: &FxHashSet<&str>) -> Vec<String> {
    let words: BTreeSet<&str> = gathered(words.iter().copied());
    words.into_iter().map(str::to_owned).collect()
}

/// The module of an SVG passes its component on as `ReactComponent`, from a
/// module of its own that only those who import that name bring into the app.
fn add_svg_components(imports: &mut Vec<Import>) {
    let components: Vec<Import> = imports
        .iter()
        .filter(|import| import.is_whole || import.names.iter().any(|n| n.name == "ReactComponent"))
        .filter_map(|import| match &import.resolution {
            Resolution::Module(path) if FileKind::of(path) == FileKind::Svg => Some(Import {
                specifier: format!("{}?react", split_query(&import.specifier).0),
                range: None,
                resolution: Resolution::Module(module_id(path, Some(Query::React))),
                kind: ImportKind::Static,
                names: Vec::new(),
                is_whole: false,
            }),
            _ => None,
        })
        .collect();
    imports.extend(components);
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
