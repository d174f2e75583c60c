//! What a check found, for a terminal and as JSON.

use std::fmt::{self, Display, Formatter};

use anstyle::{AnsiColor, Style};
use protocol::bundle::{BuildOutput, DependencyUse, Diagnostic, Severity};
use serde::Serialize;

use super::folder::Skipped;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Everything that `--json` prints; as text it is for a person.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// Errors among the diagnostics.
    pub(crate) errors: usize,
    /// Warnings among the diagnostics.
    pub(crate) warnings: usize,
    /// Files that were given to the bundler.
    pub(super) files: usize,
    /// Findings, errors first.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Dependency files that the app loads, dependencies first.
    pub(super) dependency_files: Vec<String>,
    /// Packages that it uses.
    pub(super) dependencies: Vec<DependencyUse>,
    /// Files that were left out.
    pub(super) skipped: Vec<Skipped>,
}

impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (file, diagnostics) in by_file(&self.diagnostics) {
            let title = if file.is_empty() { "The app" } else { file };
            writeln!(out, "{BOLD}{}{BOLD:#}", Printable(title))?;
            for diagnostic in diagnostics {
                write_diagnostic(out, diagnostic)?;
            }
            writeln!(out)?;
        }
        for Skipped { file, reason, .. } in self.notices() {
            let file = Printable(file);
            writeln!(out, "{DIM}`{file}` was left out: {reason}{DIM:#}")?;
        }
        if self.notices().next().is_some() {
            writeln!(out)?;
        }
        self.write_counts(out)
    }
}

impl Report {
    /// A report of a build of so many files.
    pub(crate) fn new(build: BuildOutput, files: usize, skipped: Vec<Skipped>) -> Self {
        let of = |severity: Severity| {
            let diagnostics = build.diagnostics.iter();
            diagnostics.filter(|d| d.severity == severity).count()
        };
        Self {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            files,
            diagnostics: build.diagnostics,
            dependency_files: build
                .dependency_files
                .into_iter()
                .map(|one| one.file)
                .collect(),
            dependencies: build.dependencies,
            skipped,
        }
    }

    /// The files that were left out and that a person is told of.
    pub(crate) fn notices(&self) -> impl Iterator<Item = &Skipped> {
        self.skipped.iter().filter(|file| self.matters(file))
    }

    /// Whether a file should have been compiled or published, or an import
    /// looked for it.
    fn matters(&self, skipped: &Skipped) -> bool {
        let path = &skipped.file;
        let stem = path
            .rsplit_once('.')
            .map_or(path.as_str(), |(stem, _)| stem);
        skipped.is_notable
            || self.diagnostics.iter().any(|diagnostic| {
                [path.as_str(), stem]
                    .iter()
                    .any(|path| diagnostic.message.contains(&format!("`{path}`")))
            })
    }

    fn write_counts(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let files = counted(self.files, "file");
        if self.errors + self.warnings == 0 {
            return writeln!(out, "{GOOD}No problems{GOOD:#} in {files}");
        }
        let errors = counted(self.errors, "error");
        let warnings = counted(self.warnings, "warning");
        let (of_errors, of_warnings) = (
            if self.errors > 0 { ERROR } else { DIM },
            if self.warnings > 0 { WARNING } else { DIM },
        );
        writeln!(
            out,
            "{of_errors}{errors}{of_errors:#}, {of_warnings}{warnings}{of_warnings:#} in {files}"
        )
    }
}

/// Diagnostics of each file, the files in order of their first.
fn by_file(diagnostics: &[Diagnostic]) -> Vec<(&str, Vec<&Diagnostic>)> {
    let mut groups: Vec<(&str, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics {
        match groups.iter_mut().find(|(file, _)| *file == diagnostic.file) {
            Some((_, group)) => group.push(diagnostic),
            None => groups.push((&diagnostic.file, vec![diagnostic])),
        }
    }
    groups
}

fn write_diagnostic(out: &mut Formatter<'_>, diagnostic: &Diagnostic) -> fmt::Result {
    let (style, word) = match diagnostic.severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
    };
    write!(out, "  ")?;
    if let Some(span) = diagnostic.span {
        write!(out, "{}:{} ", span.line, span.column)?;
    }
    writeln!(
        out,
        "{style}{word}{style:#}{DIM}[{}]{DIM:#} {}",
        diagnostic.code,
        Printable(&diagnostic.message)
    )?;
    for line in diagnostic.frame.lines() {
        let style = frame_style(line, style);
        writeln!(out, "    {style}{}{style:#}", Printable(line))?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "    {HELP}help:{HELP:#} {}", Printable(help))?;
    }
    for fix in &diagnostic.fixes {
        writeln!(out, "    {HELP}fix:{HELP:#} {}", Printable(&fix.title))?;
    }
    Ok(())
}

/// The marker in the colour of its severity, the lines around it in grey.
fn frame_style(line: &str, of_severity: Style) -> Style {
    let gutter = line.split('|').next().unwrap_or(line);
    if gutter.starts_with('>') {
        Style::new()
    } else if gutter.chars().any(|c| c.is_ascii_digit()) {
        DIM
    } else {
        of_severity
    }
}

/// `1 error`, `2 errors`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Text of others without characters that a terminal would obey or that turn
/// the order of a line around.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl Display for Printable<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for c in self.0.chars() {
            let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            out.write_char(if c.is_control() || turns {
                '\u{fffd}'
            } else {
                c
            })?;
        }
        Ok(())
    }
}
