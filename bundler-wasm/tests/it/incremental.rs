//! Incremental builds: what is delivered.

use bundler_wasm::Build;

use crate::support::{Changes, bundler, codes, files, is_good};

fn ids(build: &Build) -> Vec<&str> {
    build
        .output
        .modules
        .iter()
        .map(|module| module.id.as_str())
        .collect()
}

const APP: &str = "import { a } from './a'; export default function App() { return a; }";

#[test]
fn only_changed_modules_are_delivered() {
    let mut bundler = bundler();
    let all = bundler.build(files(&[
        ("src/App.tsx", APP),
        ("src/a.ts", "export const a = 1;"),
    ]));
    assert_eq!(ids(&all), ["src/a.ts", "src/App.tsx"]);
    assert!(ids(&bundler.build(Changes::new())).is_empty());
    let one = bundler.build(files(&[("src/a.ts", "export const a = 2;")]));
    assert_eq!(ids(&one), ["src/a.ts"]);
    let same = bundler.build(files(&[("src/a.ts", "export const a = 2;")]));
    assert!(ids(&same).is_empty());
}

#[test]
fn a_good_build_after_a_bad_one_delivers_all_that_is_lacking() {
    let mut bundler = bundler();
    bundler.build(files(&[
        ("src/App.tsx", APP),
        ("src/a.ts", "export const a = 1;"),
    ]));
    let bad = bundler.build(files(&[
        ("src/a.ts", "export const a = ;"),
        ("src/App.tsx", &format!("{APP}//")),
    ]));
    assert_eq!(codes(&bad), ["syntax"]);
    assert!(ids(&bad).is_empty());
    let bad = bundler.build(files(&[(
        "src/App.tsx",
        &format!("{APP}; export const b = 1;"),
    )]));
    assert!(!is_good(&bad), "errors of unchanged files are told again");
    let good = bundler.build(files(&[("src/a.ts", "export const a = 3;")]));
    assert_eq!(ids(&good), ["src/a.ts", "src/App.tsx"]);
}

#[test]
fn a_new_file_resolves_what_was_missing() {
    let mut bundler = bundler();
    let missing = bundler.build(files(&[("src/App.tsx", APP)]));
    assert_eq!(codes(&missing), ["missing-file"]);
    let found = bundler.build(files(&[("src/a.ts", "export const a = 1;")]));
    assert_eq!(ids(&found), ["src/a.ts", "src/App.tsx"]);
}

#[test]
fn a_file_that_takes_precedence_replaces_another() {
    let mut bundler = bundler();
    bundler.build(files(&[
        ("src/App.tsx", APP),
        ("src/a.js", "export const a = 1;"),
    ]));
    let build = bundler.build(files(&[("src/a.tsx", "export const a = 2;")]));
    assert_eq!(ids(&build), ["src/a.tsx", "src/App.tsx"]);
    assert_eq!(build.output.removed, ["src/a.js"]);
}

#[test]
fn a_deleted_file_is_missed_and_removed() {
    let mut bundler = bundler();
    bundler.build(files(&[
        ("src/App.tsx", APP),
        ("src/a.ts", "export const a = 1;"),
    ]));
    let bad = bundler.build(Changes::from([("src/a.ts".to_owned(), None)]));
    assert_eq!(codes(&bad), ["missing-file"]);
    assert!(
        bad.output.removed.is_empty(),
        "a build with errors delivers nothing"
    );
    let good = bundler.build(files(&[("src/App.tsx", "export default () => null;")]));
    assert_eq!(good.output.removed, ["src/a.ts"]);
}

#[test]
fn reset_forgets_what_was_delivered() {
    let mut bundler = bundler();
    bundler.build(files(&[("src/App.tsx", "export default () => null;")]));
    bundler.reset();
    assert_eq!(codes(&bundler.build(Changes::new())), ["no-entry"]);
    let build = bundler.build(files(&[("src/App.tsx", "export default () => null;")]));
    assert_eq!(ids(&build), ["src/App.tsx"]);
}
