//! One file by itself: what other tools embed, and what is compared with other
//! compilers. Every import is taken to lead somewhere.

use std::rc::Rc;

use protocol::bundle::Diagnostic;
use serde::Serialize;

use crate::language::FileKind;
use crate::mode::Mode;
use crate::resolve::{self, Resolution};
use crate::source::Source;
use crate::transform::{self as passes, Options};
use crate::{assets, diagnostic};

/// A file compiled without its project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Transformed {
    /// Script in the registry form; empty when there is an error.
    pub code: String,
    /// What it imports, as written, in order of the text.
    pub specifiers: Vec<String>,
    /// Names that it exports, those of `export * from` left aside.
    pub exports: Vec<String>,
    /// Findings that need no other file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles one file. Relative specifiers mean the project path that they spell;
/// every other one is a package of the category `npm`, by the specifier as written.
pub fn transform(path: &str, text: &str) -> Transformed {
    let source = Rc::new(Source::new(text));
    let compiled = match FileKind::of(path) {
        FileKind::Code(language) => {
            let resolve = |specifier: &str| open_resolution(path, specifier);
            let options = Options::new(language, Mode::Development);
            passes::compile(path, options, &source, &resolve, None)
        }
        FileKind::Json => assets::json(path, &source),
        FileKind::Svg => assets::svg(path, &source),
        FileKind::Asset(_) => assets::binary(path, &source),
        FileKind::Css | FileKind::CssModule | FileKind::Other => {
            let message = format!("`{path}` isn't a file of code.");
            return Transformed {
                code: String::new(),
                specifiers: Vec::new(),
                exports: Vec::new(),
                diagnostics: vec![diagnostic::whole("unsupported-file", path, message)],
            };
        }
    };
    Transformed {
        code: compiled.code.as_ref().to_owned(),
        specifiers: compiled
            .imports
            .iter()
            .filter(|import| import.range.is_some())
            .map(|import| import.specifier.clone())
            .collect(),
        exports: compiled
            .exports
            .iter()
            .map(|export| export.name.clone())
            .collect(),
        diagnostics: compiled.diagnostics.clone(),
    }
}

fn open_resolution(path: &str, specifier: &str) -> Resolution {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if specifier.starts_with('.')
        && let Some(target) = resolve::join(folder, specifier)
    {
        return Resolution::Module(target);
    }
    Resolution::Package {
        category: "npm".to_owned(),
        specifier: specifier.to_owned(),
    }
}
