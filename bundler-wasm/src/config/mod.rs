//! What the project's configuration files say that matters here. They are read,
//! never run; what can't be read is told.

mod aliases;
mod literal;
mod tailwind;
mod tsconfig;
mod vite;

use protocol::bundle::Diagnostic;

pub(crate) use aliases::{Aliases, Target};

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::language::{FileKind, Language};
use crate::project::Project;
use crate::source::{ByteRange, Source};
use crate::transform::ClassOptions;

/// All that was read.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// What import specifiers stand for.
    pub(crate) aliases: Aliases,
    /// What classes of TypeScript mean.
    pub(crate) classes: ClassOptions,
    /// Tailwind's theme as CSS.
    pub(crate) tailwind: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Whether a change of the file can change the configuration.
pub(crate) fn is_config(path: &str) -> bool {
    FileKind::of(path) == FileKind::Json || (!path.contains('/') && path.contains(".config."))
}

/// Reads the configuration of a project.
pub(crate) fn read(project: &Project) -> Config {
    let mut config = Config::default();
    // Vite's aliases come first, as its own do.
    vite::read(project, &mut config);
    tsconfig::read(project, &mut config);
    aliases::package_imports(project, &mut config.aliases);
    tailwind::read(project, &mut config);
    config
}

/// The first of these files that the project has, parsed.
fn file<'a>(
    project: &'a Project,
    name: &'a str,
    config: &mut Config,
) -> Option<(String, &'a Source, literal::File)> {
    let path = ["ts", "js", "mjs", "mts", "cjs"]
        .iter()
        .map(|ending| format!("{name}.config.{ending}"))
        .find(|path| project.source(path).is_some())?;
    let source = project.source(&path)?;
    let language = match FileKind::of(&path) {
        FileKind::Code(language) => language,
        _ => Language::JavaScript,
    };
    let Some(read) = literal::module(&path, language, source) else {
        let message = format!("`{path}` has no configuration that can be read, so it is left out.");
        let diagnostic = diagnostic::whole(codes::UNSUPPORTED_CONFIG, &path, message)
            .help("Write it as `export default { … }` with plain values.");
        config.diagnostics.push(diagnostic.warning());
        return None;
    };
    Some((path, source, read))
}

/// What can't be honoured, at its place.
fn left_out(path: &str, source: &Source, range: ByteRange, what: &str, help: &str) -> Diagnostic {
    let message = format!("{what}, because `{path}` is read but never run.");
    diagnostic::at(codes::UNSUPPORTED_CONFIG, path, source, range, message)
        .help(help)
        .warning()
}
