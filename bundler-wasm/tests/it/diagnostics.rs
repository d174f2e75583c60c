//! Every diagnostic code is documented and shown by a fixture, and every
//! repair that a diagnostic offers repairs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bundler_wasm::{CODES, Code};
use protocol::bundle::{Diagnostic, Fix, Severity};
use protocol::limits::{MAX_FILE_BYTES, MAX_FILES};

use crate::fixtures::{cases, name};
use crate::support::{Changes, bundler, codes, files, fixtures, read_folder};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn diagnostics(input: &Changes) -> Vec<Diagnostic> {
    bundler().build(input.clone()).output.diagnostics
}

#[test]
fn every_diagnostic_of_the_fixtures_is_in_the_table() {
    for case in cases() {
        for diagnostic in diagnostics(&read_folder(&case.join("input"))) {
            let Some(code) = CODES.iter().find(|code| code.name == diagnostic.code) else {
                panic!(
                    "{}: the code `{}` isn't in src/codes.rs",
                    name(&case),
                    diagnostic.code
                );
            };
            assert!(
                code.severities.contains(&diagnostic.severity),
                "{}: `{}` as {:?} isn't in src/codes.rs",
                name(&case),
                code.name,
                diagnostic.severity
            );
        }
    }
}

#[test]
fn every_code_is_shown() {
    assert!(CODES.is_sorted_by_key(|code| code.name));
    for code in CODES {
        match (code.fixture, code.made_in) {
            (Some(fixture), None) => {
                let found = diagnostics(&read_folder(&fixtures().join(fixture).join("input")));
                assert!(
                    found.iter().any(|diagnostic| diagnostic.code == code.name),
                    "{fixture} doesn't show `{}`",
                    code.name
                );
            }
            (None, Some(file)) => {
                let text = fs::read_to_string(repository().join(file)).unwrap();
                assert!(
                    text.contains(&format!("\"{}\"", code.name)),
                    "{file} doesn't make `{}`",
                    code.name
                );
            }
            (None, None) => assert!(
                over_the_limits().contains(code.name),
                "nothing shows `{}`: it needs a fixture",
                code.name
            ),
            (Some(_), Some(_)) => panic!("`{}` is made twice", code.name),
        }
    }
}

/// Codes of a project with one file too large, and too many files.
fn over_the_limits() -> BTreeSet<String> {
    let large = "x".repeat(MAX_FILE_BYTES + 1);
    let mut project = files(&[("src/main.ts", ""), ("src/large.ts", &large)]);
    project.extend((0..MAX_FILES).map(|n| (format!("src/{n}.ts"), Some(String::new()))));
    let build = bundler().build(project);
    codes(&build).into_iter().map(str::to_owned).collect()
}

/// Run with `UPDATE_DOCS=1` to write the file.
#[test]
fn the_documentation_is_up_to_date() {
    let path = repository().join("docs/diagnostics.md");
    let wanted = documentation();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, wanted,
        "docs/diagnostics.md is out of date: run the tests of bundler-wasm with UPDATE_DOCS=1"
    );
}

fn documentation() -> String {
    let mut text = include_str!("diagnostics-head.md").to_owned();
    for code in CODES {
        writeln!(text, "\n### `{}`\n", code.name).unwrap();
        writeln!(text, "{} {}\n", code.meaning, severities(code)).unwrap();
        writeln!(text, "What to do: {}", code.next_step).unwrap();
        if let Some(fixture) = code.fixture {
            let folder = format!("bundler-wasm/tests/fixtures/{fixture}");
            writeln!(text, "\nShown by [`{fixture}`](../{folder}).").unwrap();
        }
        if let Some(file) = code.made_in {
            writeln!(text, "\nMade by [`{file}`](../{file}).").unwrap();
        }
    }
    text
}

fn severities(code: &Code) -> &'static str {
    match code.severities {
        [Severity::Error] => "An error.",
        [Severity::Warning] => "A warning.",
        _ => "An error or a warning.",
    }
}

/// What tells a diagnostic from others, wherever it stands.
type Finding = (String, String, String);

fn count(diagnostics: &[Diagnostic], errors_only: bool) -> BTreeMap<Finding, usize> {
    let mut counts = BTreeMap::new();
    for one in diagnostics {
        if !errors_only || one.severity == Severity::Error {
            let finding = (one.code.clone(), one.file.clone(), one.message.clone());
            *counts.entry(finding).or_default() += 1;
        }
    }
    counts
}

#[test]
fn every_fix_repairs_and_breaks_nothing() {
    let mut applied = 0;
    for case in cases() {
        let input = read_folder(&case.join("input"));
        let before = diagnostics(&input);
        let errors = count(&before, true);
        for diagnostic in &before {
            for fix in &diagnostic.fixes {
                let after = diagnostics(&repaired(&input, &diagnostic.file, fix));
                let place = format!("{}: {} ({})", name(&case), fix.title, diagnostic.message);
                let key = (
                    diagnostic.code.clone(),
                    diagnostic.file.clone(),
                    diagnostic.message.clone(),
                );
                let left = count(&after, false).get(&key).copied().unwrap_or(0);
                assert!(
                    left < count(&before, false)[&key],
                    "{place} repairs nothing"
                );
                for (error, number) in count(&after, true) {
                    assert!(
                        number <= errors.get(&error).copied().unwrap_or(0),
                        "{place} brings a new error: {error:?}"
                    );
                }
                applied += 1;
            }
        }
    }
    assert!(applied >= 40, "only {applied} fixes were applied");
}

fn repaired(input: &Changes, file: &str, fix: &Fix) -> Changes {
    let mut input = input.clone();
    let text = input.get_mut(file).and_then(Option::as_mut).unwrap();
    let start = offset(text, fix.span.line, fix.span.column);
    let end = offset(text, fix.span.end_line, fix.span.end_column);
    text.replace_range(start..end, &fix.replacement);
    input
}

/// Byte at a line and a column of UTF-16 code units.
fn offset(text: &str, line: u32, column: u32) -> usize {
    let lines = text.split_inclusive('\n').take(line as usize - 1);
    let start: usize = lines.map(str::len).sum();
    let (_, rest) = text.split_at(start);
    let mut units = 1;
    for (index, c) in rest.char_indices() {
        if units >= column {
            return start + index;
        }
        units += u32::try_from(c.len_utf16()).unwrap();
    }
    text.len()
}
