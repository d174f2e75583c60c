//! Every project among the bundler's fixtures that has no error is built for
//! the preview and published; both run, and their entries export the same.

use std::fs;
use std::path::{Path, PathBuf};

use bundler_wasm::{Build, Bundler};
use protocol::bundle::Severity;
use publish::{Options, Site};
use serde_json::Value;

use crate::support::{
    Program, Script, bundler_tests, files, manifest, publish, read_folder, run, try_publish,
    with_stack,
};

/// Projects whose exports tell what is meant to differ.
const DIFFERENT: [&str; 6] = [
    // The mode and the variables, which are compared by a test of their own.
    "env/private",
    "env/replaced",
    // Names of functions and classes, which minified code shortens.
    "diagnostics/dynamic_code_lookalikes",
    "exports/default_expressions",
    "jsx/imported_components",
    "svg/component",
];

#[test]
fn a_published_app_exports_what_its_preview_does() {
    with_stack(|| {
        let mut programs = Vec::new();
        for (name, folder) in projects() {
            let files = read_folder(&folder);
            let changes = files
                .iter()
                .map(|(path, text)| (path.clone(), Some(text.clone())));
            let build = Bundler::new(manifest()).build(changes.collect());
            if !is_good(&build) || DIFFERENT.contains(&name.as_str()) {
                continue;
            }
            let site = try_publish(files, &Options::default()).unwrap();
            programs.push(published(&name, &site));
            programs.push(preview(&name, build));
        }
        assert!(programs.len() > 100, "{} programs", programs.len());
        let mut runs = run(&programs);
        let mut differences = Vec::new();
        for name in programs
            .iter()
            .filter_map(|one| one.name.strip_prefix("published "))
        {
            let published = runs.remove(&format!("published {name}")).unwrap();
            let preview = runs.remove(&format!("preview {name}")).unwrap();
            let (published, preview) = (
                (published.exports.map(plain), published.error.is_some()),
                (preview.exports.map(plain), preview.error.is_some()),
            );
            if published != preview {
                differences.push(format!(
                    "{name}\n  preview   {preview:?}\n  published {published:?}"
                ));
            }
        }
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    });
}

#[test]
fn what_loads_later_runs_once_and_shares_its_modules() {
    let site = publish(
        &[
            (
                "src/main.ts",
                "export const both = Promise.all([import('./a'), import('./b')]).then(([a, b]) => [a.value, b.value, a.same === b.same]);",
            ),
            (
                "src/a.ts",
                "import { shared } from './shared'; export const value = 'a'; export const same = shared;",
            ),
            (
                "src/b.ts",
                "import { shared } from './shared'; export const value = 'b'; export const same = shared;",
            ),
            ("src/shared.ts", "export const shared = {};"),
        ],
        &Options::default(),
    );
    let names: Vec<&str> = site.files.keys().map(|path| stem(path)).collect();
    assert_eq!(
        names,
        [
            "assets/a",
            "assets/app",
            "assets/b",
            "assets/runtime",
            "assets/shared",
            "index.html"
        ]
    );
    let mut runs = run(&[published("one", &site)]);
    let run = runs.remove("published one").unwrap();
    assert_eq!(
        run.exports,
        Some(serde_json::json!({ "both": ["a", "b", true] })),
        "{:?}",
        run.error
    );
}

#[test]
fn the_mode_is_production_and_dead_branches_go() {
    let site = publish(
        &[
            (".env.production", "VITE_A=published"),
            (".env.development", "VITE_A=preview"),
            (
                "src/main.ts",
                "export const mode = [import.meta.env.MODE, import.meta.env.DEV, import.meta.env.BASE_URL, import.meta.env.VITE_A, process.env.NODE_ENV];\nif (import.meta.env.DEV || process.env.NODE_ENV !== 'production') console.log('for the author only');\nexport const all = Object.keys(import.meta.env).length;",
            ),
        ],
        &Options {
            base: "/shop".to_owned(),
            ..Options::default()
        },
    );
    let code = crate::support::text(&site, "assets/app", ".js");
    assert!(!code.contains("for the author only"), "{code}");
    let mut runs = run(&[published("one", &site)]);
    let exports = runs.remove("published one").unwrap().exports.unwrap();
    assert_eq!(
        exports.get("mode"),
        Some(&serde_json::json!([
            "production",
            false,
            "/shop/",
            "published",
            "production"
        ]))
    );
}

#[test]
fn nothing_of_react_refresh_is_left() {
    let app = "import { useState, memo } from 'react';\nfunction useOwn() { return useState(0); }\nconst Inner = memo(() => { useOwn(); return <p/>; });\nexport default function App() { const [n] = useOwn(); return <Inner key={n}/>; }";
    let files = files(&[("src/App.tsx", app)]);
    let changes = files.into_iter().map(|(path, text)| (path, Some(text)));
    let mut bundler = Bundler::for_mode(bundler_wasm::Mode::Production, manifest());
    let build = bundler.build(changes.collect());
    let code = &build.output.modules.first().unwrap().code;
    for name in ["refreshReg", "refreshSig", "_s0", "_c0"] {
        assert!(!code.contains(name), "{name} in {code}");
    }
}

/// Name and folder of all projects.
fn projects() -> Vec<(String, PathBuf)> {
    let root = bundler_tests().join("fixtures");
    let mut found = Vec::new();
    for topic in folders(&root) {
        for case in folders(&topic) {
            let name = case
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            found.push((name, case.join("input")));
        }
    }
    found.retain(|(_, input)| input.is_dir());
    found
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn is_good(build: &Build) -> bool {
    let mut diagnostics = build.output.diagnostics.iter();
    diagnostics.all(|diagnostic| diagnostic.severity != Severity::Error)
}

fn preview(name: &str, build: Build) -> Program {
    let modules = build.output.modules.into_iter();
    Program {
        name: format!("preview {name}"),
        modules: modules
            .map(|module| Script {
                id: module.id,
                code: module.code,
            })
            .collect(),
        entry: build.output.entry.map(|entry| entry.id),
    }
}

/// All scripts of a site, those that load later first.
fn published(name: &str, site: &Site) -> Program {
    let mut modules: Vec<Script> = site
        .files
        .iter()
        .filter(|(path, _)| {
            path.rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "js")
        })
        .map(|(path, content)| Script {
            id: path.clone(),
            code: String::from_utf8(content.bytes().to_vec()).unwrap(),
        })
        .collect();
    modules.sort_by_key(|script| script.id.starts_with("assets/app-"));
    Program {
        name: format!("published {name}"),
        modules,
        entry: None,
    }
}

/// `assets/app-0123456789ab.js` → `assets/app`
fn stem(path: &str) -> &str {
    path.rsplit_once('-').map_or(path, |(stem, _)| stem)
}

/// Values without what only the preview has: the names of functions, and what
/// was registered for React Refresh.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("function ") => "function".into(),
        Value::Array(values) => values.into_iter().map(plain).collect(),
        Value::Object(values) => values
            .into_iter()
            .filter(|(name, _)| name != "$registered" && name != "$signed")
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        other => other,
    }
}
