//! Incremental builds: what is delivered.

use std::collections::BTreeMap;

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
fn a_refused_pattern_is_tried_again_when_the_configuration_changes() {
    let mut bundler = bundler();
    let app = "export default import.meta.glob('#pages/*.ts');";
    let refused = bundler.build(files(&[("src/App.tsx", app), ("src/pages/a.ts", "")]));
    assert_eq!(codes(&refused), ["unsupported-syntax"]);
    let package = "{ \"imports\": { \"#pages/*\": \"./src/pages/*\" } }";
    let found = bundler.build(files(&[("package.json", package)]));
    assert_eq!(ids(&found), ["src/App.tsx", "src/pages/a.ts"]);
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
fn rules_of_a_css_module_change_without_code() {
    let mut bundler = bundler();
    let app = "import s from './a.module.css'; export default () => s.a;";
    let first = bundler.build(files(&[
        ("src/App.tsx", app),
        ("src/a.module.css", ".a { color: red }"),
    ]));
    assert_eq!(ids(&first), ["src/a.module.css", "src/App.tsx"]);
    let rules = bundler.build(files(&[("src/a.module.css", ".a { color: blue }")]));
    assert!(ids(&rules).is_empty());
    assert!(rules.output.css.contains("color: blue"));
    let names = bundler.build(files(&[("src/a.module.css", ".a {} .b {}")]));
    assert_eq!(ids(&names), ["src/a.module.css"]);
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

/// Numerical Recipes' linear congruential generator: the same edits in every run.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit
    }
}

#[test]
fn edits_in_any_order_give_what_a_build_from_nothing_gives() {
    const PATHS: [&str; 13] = [
        "src/App.tsx",
        "src/main.tsx",
        "src/a.ts",
        "src/a.js",
        "src/b/index.tsx",
        "src/c.json",
        "src/d.css",
        "src/e.svg",
        "src/f.module.css",
        "src/g.png",
        "index.html",
        "tsconfig.json",
        ".env",
    ];
    const TEXTS: [&str; 18] = [
        "import { a } from './a'; export default () => <p className=\"p-4\">{a}</p>;",
        "import * as b from './b'; import './d.css'; export const a = b; export default 1;",
        "export * from './a'; export { default as x } from './c.json';",
        "import url from './e.svg'; export const a = url; export default function App() {}",
        "import { Plus } from 'lucide-react'; export const a = Plus; export default Plus;",
        "export const a = ;",
        "{ \"a\": 1, \"b\": [true, null] }",
        ".a { color: red }",
        "@import './d.css'; .b { @apply p-2 }",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "import fs from 'fs'; export const a = fs;",
        "import f from './f.module.css'; import { ReactComponent as E } from './e.svg?react'; export const a = [f, E]; export default E;",
        "import { ReactComponent as E } from './e.svg'; import g from './g.png'; import r from './a?raw'; export const a = [E, g, r];",
        "data:image/png;base64,AA==",
        "<style>.c {}</style><div id='app'></div><script type=module src=src/App.tsx></script>",
        "{ \"compilerOptions\": { \"paths\": { \"./*\": [\"./none/*\"], \"fs\": [\"./src/a\"] } } }",
        "VITE_A=1",
        "",
    ];
    let mut random = Random(20_261_122);
    for _ in 0..25 {
        let mut incremental = bundler();
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        let mut delivered: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..20 {
            let mut changes = Changes::new();
            for _ in 0..=random.below(2) {
                let path = PATHS[random.below(PATHS.len())].to_owned();
                let text = TEXTS[random.below(TEXTS.len())].to_owned();
                if random.below(5) == 0 {
                    now.remove(&path);
                    changes.insert(path, None);
                } else {
                    now.insert(path.clone(), text.clone());
                    changes.insert(path, Some(text));
                }
            }
            let edited = incremental.build(changes);
            let whole: Changes = now
                .iter()
                .map(|(path, text)| (path.clone(), Some(text.clone())))
                .collect();
            let mut fresh = bundler().build(whole);
            if is_good(&edited) {
                for id in &edited.output.removed {
                    assert!(delivered.remove(id).is_some(), "{id} was never delivered");
                }
                for module in &edited.output.modules {
                    delivered.insert(module.id.clone(), module.code.clone());
                }
                let all: BTreeMap<String, String> = fresh
                    .output
                    .modules
                    .drain(..)
                    .map(|module| (module.id, module.code))
                    .collect();
                assert_eq!(delivered, all);
            }
            let mut rest = edited;
            rest.output.modules.clear();
            rest.output.removed.clear();
            assert_eq!(rest, fresh, "after edits to {now:#?}");
        }
    }
}

#[test]
fn a_file_named_by_its_address_is_an_import() {
    let app = "export default function App() { return <img src=\"/a.svg\" />; }";
    let mut bundler = bundler();
    let missing = bundler.build(files(&[("src/App.tsx", app)]));
    assert_eq!(codes(&missing), ["missing-file"]);
    assert!(is_good(&missing), "the app runs without its picture");
    let found = bundler.build(files(&[("public/a.svg", "<svg/>")]));
    assert!(codes(&found).is_empty());
    assert_eq!(ids(&found), ["public/a.svg", "src/App.tsx"]);
    let changed = bundler.build(files(&[("public/a.svg", "<svg id=\"b\"/>")]));
    assert_eq!(ids(&changed), ["public/a.svg"]);
    let gone = bundler.build(Changes::from([("public/a.svg".to_owned(), None)]));
    assert_eq!(codes(&gone), ["missing-file"]);
    assert_eq!(ids(&gone), ["src/App.tsx"]);
    assert_eq!(gone.output.removed, ["public/a.svg"]);
}

#[test]
fn public_files_are_there_for_addresses_made_at_run_time() {
    let mut bundler = bundler();
    let build = bundler.build(files(&[
        ("src/App.tsx", "export default () => null;"),
        ("public/a.svg", "<svg/>"),
        ("public/broken.png", "not a picture, and nothing names it"),
        ("src/other.svg", "<svg/>"),
    ]));
    assert!(codes(&build).is_empty());
    assert_eq!(ids(&build), ["src/App.tsx", "public/a.svg"]);
}

#[test]
fn what_classes_mean_is_told_by_the_configuration() {
    let mut bundler = bundler();
    let main = "const d: any = () => {}; export class A { @d a = 1; }";
    let code = |build: &Build| build.output.modules.first().unwrap().code.clone();
    let options = |options: &str| format!("{{ \"compilerOptions\": {{ {options} }} }}");
    let standard = bundler.build(files(&[("src/main.ts", main), ("tsconfig.json", "{}")]));
    assert!(code(&standard).contains("__cumulet.decorate(["));
    let old = options("\"experimentalDecorators\": true, \"target\": \"ES2020\"");
    let old = bundler.build(files(&[("tsconfig.json", &old)]));
    assert!(code(&old).contains("__cumulet.decorateLegacy(") && code(&old).contains("this.a = 1"));
    let defined = options("\"experimentalDecorators\": true, \"target\": \"ESNext\"");
    let defined = bundler.build(files(&[("tsconfig.json", &defined)]));
    assert!(!code(&defined).contains("this.a"));
    // Files of JavaScript have no other decorators than the standard's.
    let script = [
        ("src/main.ts", None),
        ("src/main.js", Some("@d export class A {}")),
    ];
    let script = script.map(|(path, text)| (path.to_owned(), text.map(str::to_owned)));
    assert!(code(&bundler.build(script.into())).contains("__cumulet.decorate(["));
}

#[test]
fn what_runs_before_a_module_is_told_in_order() {
    let build = bundler().build(files(&[
        (
            "src/main.ts",
            "import { b } from './b'; import './a'; export * from './c'; export const later = () => [b, import('./d')];",
        ),
        ("src/a.ts", "export {};"),
        ("src/b.ts", "export const b = await 1;"),
        ("src/c.ts", "export const c = 2;"),
        ("src/d.ts", "export const d = 3;"),
    ]));
    let mut modules = build.output.modules.iter();
    let main = modules.find(|module| module.id == "src/main.ts").unwrap();
    assert_eq!(main.static_imports, ["src/b.ts", "src/a.ts", "src/c.ts"]);
    assert_eq!(main.imports.len(), 4);
}
