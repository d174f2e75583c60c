//! What the tests share.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bundler_wasm::{Build, Bundler};
use protocol::bundle::{Module, Severity};
use protocol::manifest::Manifest;
use serde::{Deserialize, Serialize};

use crate::shared;
pub(crate) use crate::shared::with_stack;

pub(crate) type Changes = BTreeMap<String, Option<String>>;

/// Folder of the fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The fixtures' manifest.
pub(crate) fn manifest() -> Manifest {
    let text = fs::read_to_string(fixtures().join("manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A bundler with the fixtures' manifest.
pub(crate) fn bundler() -> Bundler {
    Bundler::new(manifest())
}

/// Files from pairs of path and text.
pub(crate) fn files(pairs: &[(&str, &str)]) -> Changes {
    pairs
        .iter()
        .map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())))
        .collect()
}

/// Builds a project from nothing.
pub(crate) fn build(pairs: &[(&str, &str)]) -> Build {
    bundler().build(files(pairs))
}

/// Codes of the diagnostics, in their order.
pub(crate) fn codes(build: &Build) -> Vec<&str> {
    build
        .output
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect()
}

/// Whether the build may reach the frame.
pub(crate) fn is_good(build: &Build) -> bool {
    build
        .output
        .diagnostics
        .iter()
        .all(|diagnostic| diagnostic.severity != Severity::Error)
}

/// All files below a folder.
pub(crate) fn read_folder(root: &Path) -> Changes {
    let files = shared::read_folder(root).into_iter();
    files.map(|(path, text)| (path, Some(text))).collect()
}

/// A project to run in Node.
#[derive(Serialize)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) modules: Vec<Module>,
    pub(crate) entry: Option<String>,
}

/// What came of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Run {
    #[serde(default)]
    pub(crate) exports: Option<serde_json::Value>,
    #[serde(default)]
    pub(crate) error: Option<String>,
}

/// Runs programs in one Node process; fails when there is no `node`.
pub(crate) fn run(programs: &[Program]) -> BTreeMap<String, Run> {
    let harness = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harness.mjs");
    let mut child = Command::new("node")
        .arg(harness)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("these tests run compiled modules in Node: put `node` into PATH");
    let input = serde_json::to_vec(programs).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "the harness failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Runs one project and gives its entry's exports.
pub(crate) fn run_project(pairs: &[(&str, &str)]) -> serde_json::Value {
    let build = build(pairs);
    assert!(is_good(&build), "{:#?}", build.output.diagnostics);
    let program = Program {
        name: "one".to_owned(),
        modules: build.output.modules,
        entry: build.output.entry.map(|entry| entry.id),
    };
    let mut runs = run(&[program]);
    let run = runs.remove("one").unwrap();
    assert_eq!(run.error, None);
    run.exports.unwrap()
}
