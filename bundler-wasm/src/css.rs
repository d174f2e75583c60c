//! The app's style sheet: its own files in import order, `@import` of project
//! files inlined.

use std::collections::BTreeSet;

use protocol::bundle::Diagnostic;

use crate::diagnostic::{self, DiagnosticExt};
use crate::language::FileKind;
use crate::project::Project;
use crate::resolve::join;
use crate::source::{ByteRange, Source, to_u32};
use crate::suggest;

/// Style sheets that import each other deeper than this are a mistake.
const MAX_DEPTH: usize = 32;

/// Text and findings of the project's style sheets.
#[derive(Default)]
pub(crate) struct Styles {
    pub(crate) css: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Joins style sheets in the given order, each at its first use.
pub(crate) fn collect(project: &Project, order: &[String]) -> Styles {
    let mut collector = Collector {
        project,
        seen: BTreeSet::new(),
        styles: Styles::default(),
    };
    for path in order {
        let mut text = String::new();
        collector.sheet(path, 0, &mut text);
        collector.styles.css.push_str(&text);
    }
    collector.styles
}

struct Collector<'a> {
    project: &'a Project,
    seen: BTreeSet<String>,
    styles: Styles,
}

impl Collector<'_> {
    fn sheet(&mut self, path: &str, depth: usize, out: &mut String) {
        let Some(source) = self.project.source(path) else {
            return;
        };
        if depth > MAX_DEPTH || !self.seen.insert(path.to_owned()) {
            return;
        }
        let text = source.text();
        self.check_braces(path, source);
        let mut copied = 0;
        for rule in import_rules(text) {
            out.push_str(text.get(copied..rule.start).unwrap_or_default());
            copied = rule.end;
            self.import(path, source, &rule, depth, out);
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }

    /// One `@import`: inlined, left for Tailwind, or dropped with a warning.
    fn import(
        &mut self,
        file: &str,
        source: &Source,
        rule: &ImportRule<'_>,
        depth: usize,
        out: &mut String,
    ) {
        let range = ByteRange {
            start: to_u32(rule.start),
            end: to_u32(rule.end),
        };
        let target = rule.target;
        if ["http://", "https://", "//"]
            .iter()
            .any(|s| target.starts_with(s))
        {
            self.styles.diagnostics.push(
                diagnostic::at(
                    "url-import",
                    file,
                    source,
                    range,
                    format!("`{target}` is left out: the app's frame has no network."),
                )
                .help("Use a font of the system, for example font-family: system-ui, or put the rules into a style sheet of the project.")
                .warning(),
            );
            return;
        }
        if target == "tailwindcss" || target.starts_with("tailwindcss/") {
            out.push_str(source.slice(range));
            return;
        }
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match target.strip_prefix("@/") {
            Some(rest) => join("src", rest),
            None => match target.strip_prefix('/') {
                Some(rest) => join("", rest),
                None => join(folder, target),
            },
        };
        let found = path.filter(|path| {
            FileKind::of(path) == FileKind::Css && self.project.source(path).is_some()
        });
        match found {
            Some(path) => {
                let mut inner = String::new();
                self.sheet(&path, depth + 1, &mut inner);
                out.push_str(&rule.wrap(&inner));
            }
            None => self.missing(file, source, range, target),
        }
    }

    fn missing(&mut self, file: &str, source: &Source, range: ByteRange, target: &str) {
        let sheets = self
            .project
            .paths()
            .filter(|path| FileKind::of(path) == FileKind::Css);
        let near = suggest::nearest(target.trim_start_matches("./"), sheets);
        let help = if near.is_empty() {
            "Create the file, or remove the @import.".to_owned()
        } else {
            format!("Did you mean {}?", suggest::quoted_list(&near))
        };
        self.styles.diagnostics.push(
            diagnostic::at(
                "missing-file",
                file,
                source,
                range,
                format!("There is no style sheet `{target}`."),
            )
            .help(help),
        );
    }

    /// A brace that isn't closed swallows every rule after it, those of other
    /// files included.
    fn check_braces(&mut self, file: &str, source: &Source) {
        let mut open: Vec<usize> = Vec::new();
        let mut wrong = None;
        for (offset, byte) in significant(source.text()) {
            match byte {
                b'{' => open.push(offset),
                b'}' if open.pop().is_none() => {
                    wrong.get_or_insert((offset, "This `}` closes nothing."));
                }
                _ => {}
            }
        }
        if let Some(offset) = open.last() {
            wrong.get_or_insert((*offset, "This `{` is never closed."));
        }
        if let Some((offset, message)) = wrong {
            let range = ByteRange {
                start: to_u32(offset),
                end: to_u32(offset) + 1,
            };
            self.styles.diagnostics.push(
                diagnostic::at("syntax", file, source, range, message)
                    .help("Every rule needs one `{` and one `}`."),
            );
        }
    }
}

/// `@import "target" suffix;` by byte offsets.
struct ImportRule<'a> {
    start: usize,
    end: usize,
    target: &'a str,
    suffix: &'a str,
}

impl ImportRule<'_> {
    /// The imported rules under the conditions of the import.
    fn wrap(&self, inner: &str) -> String {
        let suffix = self.suffix.trim();
        if suffix.is_empty() {
            return inner.to_owned();
        }
        if let Some(rest) = suffix.strip_prefix("layer(")
            && let Some((name, rest)) = rest.split_once(')')
        {
            let inner = ImportRule {
                suffix: rest,
                ..*self
            }
            .wrap(inner);
            return format!("@layer {name} {{\n{inner}}}\n");
        }
        if let Some(rest) = suffix.strip_prefix("supports(")
            && let Some((condition, rest)) = rest.rsplit_once(')')
        {
            let inner = ImportRule {
                suffix: rest,
                ..*self
            }
            .wrap(inner);
            return format!("@supports ({condition}) {{\n{inner}}}\n");
        }
        format!("@media {suffix} {{\n{inner}}}\n")
    }
}

/// The `@import` rules of a style sheet; strings and comments aren't searched.
fn import_rules(text: &str) -> Vec<ImportRule<'_>> {
    let mut rules = Vec::new();
    let mut done = 0;
    for (start, byte) in significant(text) {
        if byte != b'@' || start < done {
            continue;
        }
        let Some(rest) = text
            .get(start..)
            .and_then(|rest| rest.strip_prefix("@import"))
        else {
            continue;
        };
        let Some((target, after)) = import_target(rest) else {
            continue;
        };
        let end_in_after = after.find(';').unwrap_or(after.len());
        let suffix = after.get(..end_in_after).unwrap_or_default();
        let end = (text.len() - after.len() + end_in_after + 1).min(text.len());
        rules.push(ImportRule {
            start,
            end,
            target,
            suffix,
        });
        done = end;
    }
    rules
}

/// The quoted or `url(…)` target after `@import`, and the text after it.
fn import_target(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let (rest, in_url) = match rest.strip_prefix("url(") {
        Some(inner) => (inner.trim_start(), true),
        None => (rest, false),
    };
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (target, after) = match quote {
        Some(quote) => rest.get(1..)?.split_once(quote)?,
        None if in_url => {
            let end = rest.find(')')?;
            (rest.get(..end)?.trim(), rest.get(end..)?)
        }
        None => return None,
    };
    let after = if in_url {
        after.trim_start().strip_prefix(')')?
    } else {
        after
    };
    Some((target, after))
}

/// Bytes outside of comments, strings and unquoted `url(…)`, with their offsets.
fn significant(text: &str) -> impl Iterator<Item = (usize, u8)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at).copied() {
            let here = at;
            let rest = bytes.get(at..).unwrap_or_default();
            match byte {
                b'/' if rest.starts_with(b"/*") => {
                    let body = rest.get(2..).unwrap_or_default();
                    let length = body.windows(2).position(|pair| pair == b"*/");
                    at = length.map_or(bytes.len(), |length| here + length + 4);
                }
                b'"' | b'\'' => {
                    at += 1;
                    while let Some(inner) = bytes.get(at).copied() {
                        at += if inner == b'\\' { 2 } else { 1 };
                        if inner == byte || inner == b'\n' {
                            break;
                        }
                    }
                }
                b'u' if rest.starts_with(b"url(") && !matches!(rest.get(4), Some(b'"' | b'\'')) => {
                    let length = rest.iter().position(|b| *b == b')');
                    at = length.map_or(bytes.len(), |length| here + length + 1);
                }
                _ => {
                    at += 1;
                    return Some((here, byte));
                }
            }
        }
        None
    })
}
