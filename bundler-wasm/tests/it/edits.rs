//! Random edits: what is delivered bit by bit is always what a build from
//! nothing gives.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bundler_wasm::{Build, Bundler};
use protocol::bundle::Module;
use protocol::manifest::Manifest;

use crate::support::{Changes, files, is_good, manifest};

/// Numerical Recipes' linear congruential generator: the same edits in every run.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit
    }
}

/// What kind of import a line is; all are written with relative paths.
#[derive(Debug, Clone, Copy)]
enum Form {
    Named,
    Namespace,
    Star,
    Reexport,
    Effect,
    Dynamic,
}

impl Form {
    const ALL: [Self; 6] = [
        Self::Named,
        Self::Namespace,
        Self::Star,
        Self::Reexport,
        Self::Effect,
        Self::Dynamic,
    ];

    fn line(self, index: usize, specifier: &str) -> String {
        match self {
            Self::Named => {
                format!("import {{ value as v{index} }} from '{specifier}'; use(v{index});")
            }
            Self::Namespace => format!("import * as n{index} from '{specifier}'; use(n{index});"),
            Self::Star => format!("export * from '{specifier}';"),
            Self::Reexport => format!("export {{ value as r{index} }} from '{specifier}';"),
            Self::Effect => format!("import '{specifier}';"),
            Self::Dynamic => format!("use(() => import('{specifier}'));"),
        }
    }
}

/// A file whose text is made anew after every edit.
#[derive(Debug, Clone, Default)]
struct File {
    imports: Vec<(Form, &'static str)>,
    number: usize,
    is_broken: bool,
}

impl File {
    fn text(&self, path: &str) -> String {
        let Self {
            imports,
            number,
            is_broken,
        } = self;
        let ending = path.rsplit('.').next().unwrap();
        let broken = if *is_broken { "}{ = ;" } else { "" };
        match ending {
            "json" => format!("{{ \"value\": {number} {broken} }}"),
            "svg" => format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{number}\"/>"),
            "css" => {
                let mut text = String::new();
                for (_, specifier) in imports {
                    if specifier.contains(".css") {
                        writeln!(text, "@import '{specifier}';").unwrap();
                    }
                }
                format!("{text}.a{number} {{ color: red }}{broken}")
            }
            _ => {
                let mut text = String::from("const use = (value: unknown) => value;\n");
                for (index, (form, specifier)) in imports.iter().enumerate() {
                    writeln!(text, "{}", form.line(index, specifier)).unwrap();
                }
                writeln!(text, "export const value = {number};").unwrap();
                if ending.ends_with('x') {
                    let element = format!("<p className=\"p-{number}\"/>");
                    writeln!(
                        text,
                        "export default function App() {{ return {element}; }}"
                    )
                    .unwrap();
                }
                text + broken
            }
        }
    }
}

/// A project in which every file may import every other, with names that can
/// stand for several.
const PATHS: [&str; 12] = [
    "src/App.tsx",
    "src/main.tsx",
    "src/a.ts",
    "src/a.js",
    "src/b.tsx",
    "src/b/index.ts",
    "src/c.ts",
    "src/d.ts",
    "src/data.json",
    "src/look.css",
    "src/more.css",
    "src/sign.svg",
];
const SPECIFIERS: [&str; 10] = [
    "./App",
    "./a",
    "./b",
    "./c",
    "@/d",
    "./data.json",
    "./look.css",
    "./more.css",
    "./sign.svg",
    "clsx",
];

/// One edit of the project; `None` as text deletes.
fn edit(random: &mut Random, project: &mut BTreeMap<&'static str, File>) -> Changes {
    let mut changes = Changes::new();
    let path = PATHS[random.below(PATHS.len())];
    let import = |random: &mut Random| {
        (
            Form::ALL[random.below(Form::ALL.len())],
            SPECIFIERS[random.below(SPECIFIERS.len())],
        )
    };
    let Some(file) = project.get_mut(path) else {
        let file = File {
            imports: (0..random.below(3)).map(|_| import(random)).collect(),
            ..File::default()
        };
        changes.insert(path.to_owned(), Some(file.text(path)));
        project.insert(path, file);
        return changes;
    };
    match random.below(8) {
        0 | 1 => file.number += 1,
        2 => file.imports.push(import(random)),
        3 if !file.imports.is_empty() => {
            file.imports.remove(random.below(file.imports.len()));
        }
        4 => file.imports.reverse(),
        5 => file.is_broken = !file.is_broken && random.below(2) == 0,
        6 => {
            project.remove(path);
            changes.insert(path.to_owned(), None);
            return changes;
        }
        7 => {
            let file = project.remove(path).unwrap();
            let to = PATHS[random.below(PATHS.len())];
            changes.insert(path.to_owned(), None);
            changes.insert(to.to_owned(), Some(file.text(to)));
            project.insert(to, file);
            return changes;
        }
        _ => file.is_broken = false,
    }
    changes.insert(path.to_owned(), Some(file.text(path)));
    changes
}

/// Edits a project in one random sequence, and gives how many builds were good.
fn edit_randomly(seed: u32, manifest: &Manifest) -> usize {
    let mut random = Random(seed);
    let mut project: BTreeMap<&'static str, File> = BTreeMap::new();
    let mut incremental = Bundler::new(manifest.clone());
    let mut delivered: BTreeMap<String, Module> = BTreeMap::new();
    let mut changes = Changes::new();
    for path in [
        "src/App.tsx",
        "src/a.ts",
        "src/b.tsx",
        "src/c.ts",
        "src/data.json",
    ] {
        let file = File::default();
        changes.insert(path.to_owned(), Some(file.text(path)));
        project.insert(path, file);
    }
    let mut good = 0;
    for _ in 0..=random.below(8) {
        for _ in 0..=random.below(3) {
            changes.extend(edit(&mut random, &mut project));
        }
        let edited = incremental.build(std::mem::take(&mut changes));
        let whole = project
            .iter()
            .map(|(path, file)| ((*path).to_owned(), Some(file.text(path))))
            .collect();
        let fresh = Bundler::new(manifest.clone()).build(whole);
        good += usize::from(is_good(&edited));
        assert_same(edited, fresh, &mut delivered, seed);
    }
    good
}

/// Compares what a consumer has after an edit with a build from nothing.
fn assert_same(
    mut edited: Build,
    mut fresh: Build,
    delivered: &mut BTreeMap<String, Module>,
    seed: u32,
) {
    let removed = std::mem::take(&mut edited.output.removed);
    let modules = std::mem::take(&mut edited.output.modules);
    let all = std::mem::take(&mut fresh.output.modules);
    assert_eq!(edited, fresh, "seed {seed}");
    if !is_good(&edited) {
        assert!(removed.is_empty() && modules.is_empty(), "seed {seed}");
        return;
    }
    for id in removed {
        assert!(delivered.remove(&id).is_some(), "{id} was never delivered");
    }
    let places: Vec<Option<usize>> = modules
        .iter()
        .map(|module| all.iter().position(|other| other.id == module.id))
        .collect();
    assert!(places.is_sorted(), "seed {seed}: delivered out of order");
    for module in modules {
        let before = delivered.insert(module.id.clone(), module.clone());
        assert_ne!(before, Some(module), "seed {seed}: delivered in vain");
    }
    let all: BTreeMap<String, Module> = all
        .into_iter()
        .map(|module| (module.id.clone(), module))
        .collect();
    assert_eq!(*delivered, all, "seed {seed}");
}

#[test]
fn edits_in_any_order_give_what_a_build_from_nothing_gives() {
    const SEQUENCES: u32 = 1_000;
    const THREADS: u32 = 4;
    let manifest = manifest();
    let good: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let seeds = (thread..SEQUENCES).step_by(THREADS as usize);
                let manifest = &manifest;
                scope.spawn(move || -> usize {
                    seeds
                        .map(|seed| edit_randomly(seed * 7_919, manifest))
                        .sum()
                })
            })
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert!(good > 1_000, "only {good} builds had no errors");
}

#[test]
fn an_alias_is_bound_to_the_package_that_serves_it() {
    let mut manifest = manifest();
    let mut alias = manifest.packages.get("clsx").cloned().unwrap();
    alias.alias_of = Some("clsx".to_owned());
    manifest.packages.insert("old-clsx".to_owned(), alias);
    let source =
        r#"import clsx from "old-clsx"; export default () => <p className={clsx("a")} />;"#;
    let build = Bundler::new(manifest).build(files(&[("src/App.tsx", source)]));
    assert!(is_good(&build), "{:?}", build.output.diagnostics);
    let code = &build.output.modules.first().unwrap().code;
    assert!(code.contains(r#"["clsx"]"#), "{code}");
    assert!(!code.contains("old-clsx"), "{code}");
}
