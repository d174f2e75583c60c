//! What the tests share.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bundler_wasm::STACK_BYTES;
use protocol::manifest::Manifest;
use publish::{Options, PublishError, Publisher, Site};
use serde::{Deserialize, Serialize};

/// The bundler's tests, whose fixtures and harness serve here too.
pub(crate) fn bundler_tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../bundler-wasm/tests")
}

/// The fixtures' manifest.
pub(crate) fn manifest() -> Manifest {
    let text = fs::read_to_string(bundler_tests().join("fixtures/manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Publishes files; the style sheet is the app's own, Tailwind's directives included.
pub(crate) fn try_publish(
    files: BTreeMap<String, String>,
    options: &Options,
) -> Result<Site, PublishError> {
    let mut publisher = Publisher::new(manifest());
    let build = publisher.build(files);
    let css = build.tailwind.map_or(build.output.css, |input| input.css);
    publisher.site(&css, "/* runtime */", options)
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

/// Runs a test where deeply nested code has the stack that it needs.
pub(crate) fn with_stack<T: Send + 'static>(test: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(test)
        .unwrap()
        .join()
        .unwrap()
}

/// All files below a folder.
pub(crate) fn read_folder(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                files.insert(name.into_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// A script to run in Node.
#[derive(Serialize)]
pub(crate) struct Script {
    pub(crate) id: String,
    pub(crate) code: String,
}

/// Scripts that run together. Without an entry, they start one themselves.
#[derive(Serialize)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) modules: Vec<Script>,
    pub(crate) entry: Option<String>,
}

/// What the entry exports, or why it doesn't.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Run {
    #[serde(default)]
    pub(crate) exports: Option<serde_json::Value>,
    #[serde(default)]
    pub(crate) error: Option<String>,
}

/// Runs programs in one Node process; fails when there is no `node`.
pub(crate) fn run(programs: &[Program]) -> BTreeMap<String, Run> {
    let mut child = Command::new("node")
        .arg(bundler_tests().join("harness.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("these tests run published scripts in Node: put `node` into PATH");
    let input = serde_json::to_vec(programs).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "the harness failed");
    serde_json::from_slice(&output.stdout).unwrap()
}
