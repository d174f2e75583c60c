//! Every project among the bundler's fixtures that has no error is built for
//! the preview and published; both run, and their entries export the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bundler_wasm::{Build, Bundler};
use publish::Options;
use serde_json::{Value, json};

use crate::support::{
    Program, bundler_tests, files, manifest, publish, published, read_folder, run, run_one,
    try_publish, with_stack,
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
        let mut asked = BTreeSet::new();
        for (name, folder) in projects() {
            let files = read_folder(&folder);
            let changes = files
                .iter()
                .map(|(path, text)| (path.clone(), Some(text.clone())));
            let build = Bundler::new(manifest()).build(changes.collect());
            if build.output.has_errors() || DIFFERENT.contains(&name.as_str()) {
                continue;
            }
            let site = try_publish(files, &Options::default()).unwrap();
            asked.extend(build.output.modules.iter().flat_map(|one| names(&one.code)));
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
            // The preview has all of the runtime.
            asked.retain(|name| !preview.offers.contains(name));
            let (published, preview) = (
                (
                    published.exports.map(plain),
                    published.error,
                    published.message,
                ),
                (preview.exports.map(plain), preview.error, preview.message),
            );
            if published != preview {
                differences.push(format!(
                    "{name}\n  preview   {preview:?}\n  published {published:?}"
                ));
            }
        }
        assert!(differences.is_empty(), "{}", differences.join("\n"));
        // Guards of loops and the app's own address are the preview's alone.
        asked.remove("round");
        asked.remove("location");
        assert!(asked.is_empty(), "the runtime lacks {asked:?}");
    });
}

/// What a module asks of the runtime.
fn names(code: &str) -> BTreeSet<String> {
    let uses = code.split("__cumulet.").skip(1);
    uses.map(|rest| {
        rest.chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect()
    })
    .collect()
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
    let run = run_one(&site);
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
    let exports = run_one(&site).exports.unwrap();
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
fn writing_to_the_environment_fails_where_it_stands() {
    let main = "export const failures = [
  () => { import.meta.env.DEV++; },
  () => { (import.meta.env.DEV) = 1; },
  () => { import.meta.env.MODE ||= 1; import.meta.env.DEV += 1; },
  () => { [import.meta.env.MODE] = ['x']; },
  () => { ({ a: import.meta.env.MODE = 1, ...import.meta.env.DEV } = { a: 1 }); },
  () => { for (import.meta.env.MODE of ['x']); },
].map((write) => { try { write(); } catch (error) { return error.name; } });";
    let site = publish(&[("src/main.js", main)], &Options::default());
    let run = run_one(&site);
    let expected = json!({ "failures": vec!["TypeError"; 6] });
    assert_eq!(run.exports, Some(expected), "{run:?}");
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

/// A preview's modules, as one script that starts them in the same runtime.
fn preview(name: &str, build: Build) -> Program {
    let output = build.output;
    let entry = output.entry.unwrap();
    let run_before: BTreeMap<&str, &[String]> = output
        .modules
        .iter()
        .map(|module| (module.id.as_str(), module.static_imports.as_slice()))
        .collect();
    let run_before = json!(run_before);
    let codes: Vec<&str> = output.modules.iter().map(|one| one.code.as_str()).collect();
    let start = json!({ "entry": entry.id, "mounts": entry.mount, "env": entry.env, "chunks": {} });
    let script = format!(
        "((published) => {{ const runBefore = {run_before}; const __cumulet = {{ ...published, location, define: (id, factory) => published.define(id, factory, runBefore[id]) }};\n{}\npublished.start({start}); }})(__cumulet);",
        codes.join("\n")
    );
    Program {
        name: format!("preview {name}"),
        scripts: [
            ("assets/app-0.js".to_owned(), script),
            (
                "assets/runtime-0.js".to_owned(),
                "/* with decorators */".to_owned(),
            ),
        ]
        .into(),
    }
}

/// `assets/app-0123456789ab.js` → `assets/app`
fn stem(path: &str) -> &str {
    path.rsplit_once('-').map_or(path, |(stem, _)| stem)
}

/// Values without what only the preview has: the names of functions.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("function ") => "function".into(),
        Value::Array(values) => values.into_iter().map(plain).collect(),
        Value::Object(values) => values
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        other => other,
    }
}
