//! What the tests share.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bundler_wasm::Bundler;
use protocol::manifest::Manifest;
use publish::{Options, PublishError, Publisher, Runtime, Site};
use serde::{Deserialize, Serialize};

pub(crate) use crate::shared::{read_folder, with_stack};

/// The bundler's tests, whose fixtures serve here too.
pub(crate) fn bundler_tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../bundler-wasm/tests")
}

/// The fixtures' manifest.
pub(crate) fn manifest() -> Manifest {
    let text = fs::read_to_string(bundler_tests().join("fixtures/manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The texts that the harness takes for the runtime's scripts.
const RUNTIME: Runtime<'_> = Runtime {
    base: "/* runtime */",
    decorators: "/* decorators */",
};

/// Publishes files; the style sheet is the app's own, Tailwind's directives included.
pub(crate) fn try_publish(
    files: BTreeMap<String, String>,
    options: &Options,
) -> Result<Site, PublishError> {
    let mut publisher = Publisher::new(manifest());
    let build = publisher.build(files);
    let css = build.tailwind.map_or(build.output.css, |input| input.css);
    publisher.site(&css, RUNTIME, options)
}

/// The same for pairs of path and text without mistakes.
pub(crate) fn publish(pairs: &[(&str, &str)], options: &Options) -> Site {
    try_publish(files(pairs), options).unwrap()
}

pub(crate) fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// Text of the one file whose path begins and ends so.
#[track_caller]
pub(crate) fn text<'a>(site: &'a Site, begin: &str, end: &str) -> &'a str {
    let mut found = site
        .files
        .iter()
        .filter(|(path, _)| path.starts_with(begin) && path.ends_with(end));
    let (_, content) = found.next().unwrap_or_else(|| panic!("no {begin}…{end}"));
    assert!(found.next().is_none(), "several {begin}…{end}");
    std::str::from_utf8(content.bytes()).unwrap()
}

/// A module of the runtime.
#[derive(Serialize)]
struct Script {
    id: String,
    code: String,
}

/// The runtime of published apps, as modules, and the ids of its two scripts.
#[derive(Serialize)]
struct RuntimeModules {
    modules: Vec<Script>,
    base: &'static str,
    decorators: &'static str,
}

impl RuntimeModules {
    /// Compiles it with the bundler, which reads TypeScript.
    fn new() -> Self {
        let (base, decorators) = ("published/main.ts", "published/decorators.ts");
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime-deps/src");
        let mut changes: BTreeMap<String, Option<String>> = BTreeMap::new();
        for folder in ["frame", "published", "workers"] {
            for (name, text) in read_folder(&sources.join(folder)) {
                changes.insert(format!("{folder}/{name}"), Some(text));
            }
        }
        let page = [base, decorators]
            .map(|path| format!("<script type=\"module\" src=\"/{path}\"></script>"))
            .concat();
        changes.insert("index.html".to_owned(), Some(page));
        let output = Bundler::new(manifest()).build(changes).output;
        assert!(!output.modules.is_empty(), "{:?}", output.diagnostics);
        let modules = output.modules.into_iter();
        Self {
            modules: modules
                .map(|module| Script {
                    id: module.id,
                    code: module.code,
                })
                .collect(),
            base,
            decorators,
        }
    }
}

/// Scripts of a site, by path.
#[derive(Serialize)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) scripts: BTreeMap<String, String>,
}

/// What the entry exports, or why it doesn't.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Run {
    #[serde(default)]
    pub(crate) exports: Option<serde_json::Value>,
    #[serde(default)]
    pub(crate) error: Option<String>,
    /// What the page shows.
    pub(crate) message: String,
    /// Names of what the runtime has for scripts.
    pub(crate) offers: BTreeSet<String>,
}

/// The scripts of a site.
pub(crate) fn published(name: &str, site: &Site) -> Program {
    let scripts = site
        .files
        .iter()
        .filter(|(path, _)| {
            path.rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "js")
        })
        .map(|(path, content)| {
            let text = String::from_utf8(content.bytes().to_vec()).unwrap();
            (path.clone(), text)
        });
    Program {
        name: format!("published {name}"),
        scripts: scripts.collect(),
    }
}

/// Runs programs in one Node process; fails when there is no `node`.
pub(crate) fn run(programs: &[Program]) -> BTreeMap<String, Run> {
    let mut child = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harness.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("these tests run published scripts in Node: put `node` into PATH");
    let runtime = RuntimeModules::new();
    let input = serde_json::json!({ "runtime": runtime, "programs": programs });
    let input = serde_json::to_vec(&input).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "the harness failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The same for one site.
pub(crate) fn run_one(site: &Site) -> Run {
    let mut runs = run(&[published("one", site)]);
    runs.remove("published one").unwrap()
}
