//! The app's style sheet: its own files in import order, `@import` of project
//! files inlined, the files that `url()` names put into it, and the names of
//! `.module.css` files made local.

mod inline;
mod minify;
mod module;
mod rules;
mod scope;
mod tokens;
mod urls;

use std::collections::BTreeSet;

use protocol::bundle::Diagnostic;

pub(crate) use inline::text;
pub use minify::minify_css;
pub(crate) use module::module;
pub(crate) use rules::{at_rules, imports_tailwind};
pub(crate) use urls::{Url, urls};

use crate::assets;
use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::html;
use crate::language::FileKind;
use crate::project::Project;
use crate::resolve::{Failure, Resolution};
use crate::source::{ByteRange, Source, to_u32};
use crate::suggest;
use rules::{ImportRule, import_rules};
use tokens::{Kind, tokens};

/// Style sheets that import each other deeper than this are a mistake.
const MAX_DEPTH: usize = 32;

/// More findings of one kind in a sheet than this are noise.
const MAX_ALIKE: usize = 20;

/// Text and findings of the project's style sheets.
#[derive(Default)]
pub(crate) struct Styles {
    pub(crate) css: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Joins style sheets in the given order, each at its first use. `resolve`
/// tells what a specifier means in a file.
pub(crate) fn collect(
    project: &Project,
    order: &[String],
    resolve: &dyn Fn(&str, &str) -> Resolution,
) -> Styles {
    let mut collector = Collector {
        project,
        resolve,
        seen: BTreeSet::new(),
        styles: Styles::default(),
    };
    for path in order {
        let text = collector.sheet(path, 0);
        collector.styles.css.push_str(&text);
    }
    collector.styles
}

/// Byte offset behind a style sheet's imports, which must come first.
pub(crate) fn end_of_imports(css: &str) -> usize {
    let rules = import_rules(css).into_iter();
    let ends = rules.filter(|rule| rule.is_import).map(|rule| rule.end);
    ends.max().unwrap_or_default()
}

/// Puts a text in the place of another one, by byte offsets.
#[derive(Debug)]
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

/// A text with edits that don't overlap.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.start);
    let mut edited = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in edits {
        edited.push_str(text.get(copied..edit.start).unwrap_or_default());
        edited.push_str(&edit.text);
        copied = edit.end;
    }
    edited.push_str(text.get(copied..).unwrap_or_default());
    edited
}

/// What a target means in a style sheet, and the specifier that says so:
/// `base.css` is a file beside it, and so is what has an ending and is nowhere.
fn beside(target: &str, query: &str, resolve: &dyn Fn(&str) -> Resolution) -> (String, Resolution) {
    let written = format!("{target}{query}");
    let found = resolve(&written);
    if target.starts_with(['.', '/', '@', '~', '#']) {
        return (written, found);
    }
    let own = format!("./{written}");
    let beside = resolve(&own);
    let is_failed = |found: &Resolution| matches!(found, Resolution::Failed(_));
    let has_ending = target.rsplit('/').next().is_some_and(|n| n.contains('.'));
    if (has_ending && is_failed(&found)) || !is_failed(&beside) {
        (own, beside)
    } else {
        (written, found)
    }
}

/// An `@import` from the network, which isn't followed.
fn unreachable(file: &str, source: &Source, rule: &ImportRule<'_>) -> Diagnostic {
    let message = format!(
        "`{}` is left out: the app's frame has no network.",
        rule.target
    );
    diagnostic::at(
        codes::URL_IMPORT,
        file,
        source,
        range(rule.start, rule.end),
        message,
    )
    .help("Use a font of the system, for example font-family: system-ui, or put the rules into a style sheet of the project.")
    .warning()
}

fn is_of_network(target: &str) -> bool {
    let mut schemes = ["http://", "https://", "//"].iter();
    schemes.any(|scheme| target.starts_with(scheme))
}

fn range(start: usize, end: usize) -> ByteRange {
    ByteRange {
        start: to_u32(start),
        end: to_u32(end),
    }
}

struct Collector<'a> {
    project: &'a Project,
    resolve: &'a dyn Fn(&str, &str) -> Resolution,
    seen: BTreeSet<String>,
    styles: Styles,
}

impl Collector<'_> {
    fn sheet(&mut self, path: &str, depth: usize) -> String {
        let Some(source) = self.project.source(path) else {
            return String::new();
        };
        if depth > MAX_DEPTH || !self.seen.insert(path.to_owned()) {
            return String::new();
        }
        let own;
        let source = if FileKind::of(path) == FileKind::Other {
            own = html::style_sheet(source);
            &own
        } else {
            source.as_ref()
        };
        self.check_braces(path, source);
        let text = source.text();
        let rules = import_rules(text);
        let mut edits = match FileKind::of(path) {
            FileKind::CssModule => scope::scope(path, source).edits,
            _ => Vec::new(),
        };
        self.addresses(path, source, &rules, &mut edits);
        for rule in &rules {
            edits.push(Edit {
                start: rule.start,
                end: rule.end,
                text: self.import(path, source, rule, depth),
            });
        }
        let mut css = apply(text, edits);
        if FileKind::of(path) == FileKind::Other {
            // What stood around the page's style elements is blank.
            css = css.trim().to_owned();
        }
        if !css.ends_with('\n') {
            css.push('\n');
        }
        css
    }

    fn target(&self, file: &str, target: &str) -> Resolution {
        let resolve = |specifier: &str| (self.resolve)(file, specifier);
        beside(target, "", &resolve).1
    }

    /// One `@import`: inlined, left for Tailwind, or dropped with a warning.
    fn import(
        &mut self,
        file: &str,
        source: &Source,
        rule: &ImportRule<'_>,
        depth: usize,
    ) -> String {
        let range = range(rule.start, rule.end);
        let target = rule.target;
        if !rule.is_import {
            // `@reference` and `@config`: all sheets are one, and the
            // configuration has been read.
            return String::new();
        }
        if is_of_network(target) {
            if !self.told_enough(file, codes::URL_IMPORT) {
                let diagnostic = unreachable(file, source, rule);
                self.styles.diagnostics.push(diagnostic);
            }
            return String::new();
        }
        if target == "tailwindcss" || target.starts_with("tailwindcss/") {
            return source.slice(range).to_owned();
        }
        match self.target(file, target) {
            Resolution::Style(path) => {
                let inner = self.sheet(&path, depth + 1);
                rule.wrap(&inner)
            }
            Resolution::Module(path) if FileKind::of(&path) == FileKind::CssModule => {
                let inner = self.sheet(&path, depth + 1);
                rule.wrap(&inner)
            }
            Resolution::PackageStyle | Resolution::Package { .. } => {
                self.package_style(file, source, range, target)
            }
            Resolution::Failed(Failure::UnknownPackage(_) | Failure::Blocked(_))
                if !target.starts_with('.') && FileKind::of(target) != FileKind::Css =>
            {
                self.package_style(file, source, range, target)
            }
            _ => {
                self.missing(file, source, range, target);
                String::new()
            }
        }
    }

    fn package_style(
        &mut self,
        file: &str,
        source: &Source,
        range: ByteRange,
        target: &str,
    ) -> String {
        if self.told_enough(file, "unsupported-file") {
            return String::new();
        }
        let message = format!("`{target}` is left out: style sheets of packages aren't served.");
        self.styles.diagnostics.push(
            diagnostic::at("unsupported-file", file, source, range, message)
                .help("Remove the @import, and write the rules that you need in a style sheet of the project.")
                .warning(),
        );
        String::new()
    }

    /// Puts the project's files that `url()` names into the sheet.
    fn addresses(
        &mut self,
        file: &str,
        source: &Source,
        rules: &[ImportRule<'_>],
        edits: &mut Vec<Edit>,
    ) {
        let mut rules = rules.iter().peekable();
        for url in urls(source.text()) {
            let Url { start, end, .. } = url;
            while rules.next_if(|rule| rule.end <= start).is_some() {}
            if rules.peek().is_some_and(|rule| rule.start <= start) {
                continue;
            }
            if let Some(address) = self.address(file, source, &url) {
                let text = format!("url(\"{address}\")");
                edits.push(Edit { start, end, text });
            }
        }
    }

    /// The data URL of a file that a style sheet names; `None` for what stays.
    fn address(&mut self, file: &str, source: &Source, url: &Url<'_>) -> Option<String> {
        let found = match self.target(file, &url.file()?) {
            Resolution::Module(id) | Resolution::Style(id) => Some(id),
            Resolution::Failed(Failure::UnsupportedFile(path)) => Some(path),
            _ => None,
        };
        let Some((id, asset)) = found.and_then(|id| {
            let asset = self.project.source(&id)?;
            Some((id, asset))
        }) else {
            self.missing_address(file, source, range(url.start, url.end), url.target);
            return None;
        };
        let address = assets::url(&id, asset);
        if address.is_none() {
            self.styles.diagnostics.push(assets::not_binary(&id));
        }
        Some(address? + url.fragment())
    }

    fn missing_address(&mut self, file: &str, source: &Source, range: ByteRange, target: &str) {
        if self.told_enough(file, "missing-file") {
            return;
        }
        let assets = self
            .project
            .paths()
            .filter(|path| matches!(FileKind::of(path), FileKind::Asset(_) | FileKind::Svg));
        let near = suggest::nearest(target.trim_start_matches("./"), assets);
        let help = if near.is_empty() {
            "Add the file, or remove the url().".to_owned()
        } else {
            format!("Did you mean {}?", suggest::quoted_list(&near))
        };
        let message = format!("There is no file `{target}`.");
        self.styles.diagnostics.push(
            diagnostic::at("missing-file", file, source, range, message)
                .help(help)
                .warning(),
        );
    }

    fn told_enough(&self, file: &str, code: &str) -> bool {
        let known = self.styles.diagnostics.iter();
        let known = known.filter(|known| known.file == file && known.code == code);
        known.count() >= MAX_ALIKE
    }

    fn missing(&mut self, file: &str, source: &Source, range: ByteRange, target: &str) {
        if self.told_enough(file, "missing-file") {
            return;
        }
        let sheets = self
            .project
            .paths()
            .filter(|path| matches!(FileKind::of(path), FileKind::Css | FileKind::CssModule));
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
        for token in tokens(source.text()) {
            match token.kind {
                Kind::Sign(b'{') => open.push(token.start),
                Kind::Sign(b'}') if open.pop().is_none() => {
                    wrong.get_or_insert((token.start, "This `}` closes nothing."));
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
