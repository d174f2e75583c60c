//! Every folder `tests/fixtures/TOPIC/CASE` with an `input` is a project: its
//! build is compared with `output.snap`, its modules are run in Node, and the
//! entry's exports compared with `expect.json` where there is one.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bundler_wasm::Build;
use protocol::bundle::Diagnostic;

use crate::support::{Program, bundler, fixtures, is_good, read_folder, run};

/// Folders of all fixtures that are projects.
pub(crate) fn cases() -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for topic in folders(&fixtures()) {
        cases.extend(
            folders(&topic)
                .into_iter()
                .filter(|case| case.join("input").is_dir()),
        );
    }
    cases.sort();
    assert!(
        cases.len() >= 40,
        "only {} fixtures were found",
        cases.len()
    );
    cases
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect()
}

/// `TOPIC/CASE`
pub(crate) fn name(case: &Path) -> String {
    case.strip_prefix(fixtures())
        .unwrap()
        .to_string_lossy()
        .into_owned()
}

fn build(case: &Path) -> Build {
    bundler().build(read_folder(&case.join("input")))
}

#[test]
fn builds_match_their_snapshots() {
    for case in cases() {
        let text = render(&build(&case));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("output", text));
    }
}

#[test]
fn modules_run_and_export_what_is_expected() {
    let mut programs = Vec::new();
    let mut expected = Vec::new();
    for case in cases() {
        let build = build(&case);
        let expect = fs::read_to_string(case.join("expect.json")).ok();
        if !is_good(&build) {
            assert!(
                expect.is_none(),
                "{} has errors but is expected to run",
                name(&case)
            );
            continue;
        }
        programs.push(Program {
            name: name(&case),
            modules: build.output.modules,
            // Without an expectation the modules must be valid scripts, no more.
            entry: expect
                .as_ref()
                .and(build.output.entry.map(|entry| entry.id)),
        });
        if let Some(expect) = expect {
            let value: serde_json::Value = serde_json::from_str(&expect).unwrap();
            expected.push((name(&case), value));
        }
    }
    assert!(
        expected.len() >= 20,
        "only {} fixtures are run",
        expected.len()
    );
    let mut runs = run(&programs);
    for program in &programs {
        assert_eq!(
            runs.get(&program.name).unwrap().error,
            None,
            "{}",
            program.name
        );
    }
    for (name, expected) in expected {
        assert_eq!(
            runs.remove(&name).unwrap().exports.unwrap(),
            expected,
            "{name}"
        );
    }
}

/// The starter apps use real packages, so their imports aren't checked here,
/// but everything in them must compile.
#[test]
fn starter_apps_have_no_syntax_errors() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates");
    for template in folders(&templates) {
        let folder = template.join("files");
        let build = bundler().build(read_folder(&folder));
        let unexpected: Vec<&Diagnostic> = build
            .output
            .diagnostics
            .iter()
            .filter(|d| !matches!(d.code.as_str(), "unknown-package" | "unknown-export"))
            .collect();
        assert!(
            unexpected.is_empty(),
            "{}: {unexpected:#?}",
            folder.display()
        );
    }
}

fn render(build: &Build) -> String {
    let output = &build.output;
    let mut text = String::new();
    match &output.entry {
        Some(entry) => writeln!(text, "entry: {} (mount: {})", entry.id, entry.mount).unwrap(),
        None => writeln!(text, "entry: none").unwrap(),
    }
    if let Some(entry) = &output.entry {
        for (name, value) in &entry.env {
            writeln!(text, "env {name}: {value:?}").unwrap();
        }
        if let Some(page) = &entry.page {
            writeln!(
                text,
                "page {:?}: {:?} {:?}\n{}",
                page.title, page.html, page.body, page.markup
            )
            .unwrap();
        }
    }
    let files = output.dependency_files.iter();
    let files: Vec<&str> = files.map(|needed| needed.file.as_str()).collect();
    writeln!(text, "files: {}", files.join(" ")).unwrap();
    for used in &output.dependencies {
        writeln!(text, "uses {}: {}", used.specifier, used.names.join(" ")).unwrap();
    }
    for module in &output.modules {
        let imports = module.imports.join(" ");
        writeln!(
            text,
            "\n--- {} [{imports}]\n{}",
            module.id,
            module.code.trim_end()
        )
        .unwrap();
    }
    if !output.css.is_empty() {
        writeln!(text, "\n--- css\n{}", output.css.trim_end()).unwrap();
    }
    if let Some(tailwind) = &build.tailwind {
        let candidates = tailwind.candidates.join(" ");
        writeln!(
            text,
            "\n--- tailwind\n{}\n[{candidates}]",
            tailwind.css.trim_end()
        )
        .unwrap();
    }
    for diagnostic in &output.diagnostics {
        render_diagnostic(diagnostic, &mut text);
    }
    text
}

fn render_diagnostic(diagnostic: &Diagnostic, text: &mut String) {
    let severity = format!("{:?}", diagnostic.severity).to_lowercase();
    let place = diagnostic
        .span
        .map(|span| {
            format!(
                ":{}:{}-{}:{}",
                span.line, span.column, span.end_line, span.end_column
            )
        })
        .unwrap_or_default();
    writeln!(
        text,
        "\n--- {severity} {} {}{place}",
        diagnostic.code, diagnostic.file
    )
    .unwrap();
    writeln!(text, "{}", diagnostic.message).unwrap();
    if let Some(help) = &diagnostic.help {
        writeln!(text, "help: {help}").unwrap();
    }
    if !diagnostic.frame.is_empty() {
        writeln!(text, "{}", diagnostic.frame).unwrap();
    }
    for fix in &diagnostic.fixes {
        let span = fix.span;
        writeln!(
            text,
            "fix: {} ({}:{}-{}:{} -> {:?})",
            fix.title, span.line, span.column, span.end_line, span.end_column, fix.replacement
        )
        .unwrap();
    }
}
