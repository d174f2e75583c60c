//! `index.html`: the scripts that the app starts with, its style sheets, and
//! the document around them.

mod document;

use std::collections::BTreeMap;
use std::rc::Rc;

use protocol::bundle::{Diagnostic, Page};

use crate::language::{FileKind, Language};
use crate::literal;
use crate::markup::{self, Attribute, Piece, PieceKind};
use crate::mode::Mode;
use crate::module::Compiled;
use crate::project::Project;
use crate::resolve::Resolution;
use crate::source::Source;
use crate::transform::{self, Mappings, Options};

/// Its path, and the id of the module that its own scripts become.
pub(crate) const PATH: &str = "index.html";
/// Where projects of Create React App have it.
const PUBLIC_PATH: &str = "public/index.html";

/// What an `index.html` says.
#[derive(Default)]
pub(crate) struct Html {
    /// Module that the app starts with; `None` when the page names no script
    /// of the project.
    pub(crate) entry: Option<String>,
    /// Paths of its style sheets; its own path where it has `<style>` elements.
    pub(crate) styles: Vec<String>,
    pub(crate) page: Option<Page>,
    /// What is in its head besides title, styles and scripts, as HTML.
    pub(crate) head: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads the project's `index.html`. `resolve` tells what a specifier in it means.
pub(crate) fn read(project: &Project, resolve: &dyn Fn(&str) -> Resolution) -> Html {
    let path = [PATH, PUBLIC_PATH]
        .into_iter()
        .find(|path| project.source(path).is_some());
    let Some((path, source)) = path.and_then(|path| Some((path, project.source(path)?))) else {
        return Html::default();
    };
    let mut html = document::read(path, source, project, resolve);
    let mut scripts = scripts(source.text());
    scripts.retain(|script| match script {
        Script::File { specifier, .. } => code_path(resolve, specifier).is_some(),
        Script::Inline { .. } => true,
    });
    html.entry = match scripts.as_slice() {
        [] => None,
        [Script::File { specifier, .. }] => code_path(resolve, specifier),
        _ => (path == PATH).then(|| PATH.to_owned()),
    };
    html
}

/// Puts variables into the places that name them: `%VITE_TITLE%`.
pub(crate) fn fill(page: &mut Page, env: &BTreeMap<String, String>) {
    fill_text(&mut page.title, env);
    fill_text(&mut page.markup, env);
}

/// The same, in one text.
pub(crate) fn fill_text(text: &mut String, env: &BTreeMap<String, String>) {
    for (name, value) in env {
        let place = format!("%{name}%");
        if text.contains(&place) {
            *text = text.replace(&place, value);
        }
    }
}

/// The scripts of the page as one module: everything around them is blank, so
/// that places in it are places in the page.
pub(crate) fn module(
    source: &Rc<Source>,
    mode: Mode,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Compiled {
    let mut kept = Vec::new();
    for script in scripts(source.text()) {
        match script {
            Script::Inline { start, text } => {
                let mut text = text.to_owned();
                let rest = source.text().get(start + text.len()..).unwrap_or_default();
                if rest
                    .lines()
                    .next()
                    .is_some_and(|line| line.contains("<script"))
                {
                    // Of as many bytes as `</s`: ends statements and comments, but
                    // no line as editors count them.
                    text.push('\u{2028}');
                }
                kept.push((start, text));
            }
            Script::File { start, specifier } if code_path(resolve, &specifier).is_some() => {
                // Shorter than the tag that it stands for.
                kept.push((
                    start,
                    format!("import{};", literal::string_literal(&specifier)),
                ));
            }
            Script::File { .. } => {}
        }
    }
    let text = Rc::new(Source::new(&blanked(source.text(), &kept)));
    let options = Options::new(Language::JavaScript, mode);
    let mut compiled = transform::compile(PATH, options, &text, resolve, None);
    for diagnostic in &mut compiled.diagnostics {
        if let Some(span) = diagnostic.span {
            diagnostic.frame = source.frame(span);
        }
    }
    if compiled.is_broken {
        compiled.mappings = Mappings::default();
    }
    compiled.source = Rc::clone(source);
    compiled
}

/// The text of the page's `<style>` elements, in their places.
pub(crate) fn style_sheet(source: &Source) -> Source {
    let pieces = markup::pieces(source.text(), true);
    let kept: Vec<(usize, String)> = inside(&pieces, "style")
        .map(|(start, text)| (start, text.to_owned()))
        .collect();
    Source::new(&blanked(source.text(), &kept))
}

/// A text of the same lines and length, with only these parts in it.
fn blanked(text: &str, kept: &[(usize, String)]) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, part) in kept
        .iter()
        .map(|(start, part)| (*start, part.as_str()))
        .chain([(text.len(), "")])
    {
        for byte in text.as_bytes().get(copied..start).unwrap_or_default() {
            blank.push(match byte {
                b'\n' | b'\r' => char::from(*byte),
                _ => ' ',
            });
        }
        blank.push_str(part);
        copied = start + part.len();
    }
    blank
}

/// Texts in elements of a name, and where they begin.
fn inside<'a>(pieces: &'a [Piece<'a>], element: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    pieces
        .iter()
        .zip(pieces.iter().skip(1))
        .filter_map(move |(tag, content)| match (&tag.kind, &content.kind) {
            (PieceKind::Open { name, .. }, PieceKind::Text(text))
                if name.eq_ignore_ascii_case(element) =>
            {
                Some((content.start, *text))
            }
            _ => None,
        })
}

/// A script of the page that may be the app's.
enum Script<'a> {
    /// Of the project, by its place in the page and its specifier.
    File { start: usize, specifier: String },
    /// In the page itself.
    Inline { start: usize, text: &'a str },
}

fn scripts(text: &str) -> Vec<Script<'_>> {
    let pieces = markup::pieces(text, true);
    let mut scripts = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let PieceKind::Open {
            name, attributes, ..
        } = &piece.kind
        else {
            continue;
        };
        if !name.eq_ignore_ascii_case("script") || !is_code(attributes) {
            continue;
        }
        match (
            value(attributes, "src"),
            pieces.get(index + 1).map(|next| (next.start, &next.kind)),
        ) {
            (Some(src), _) if !is_external(&src) => scripts.push(Script::File {
                start: piece.start,
                specifier: specifier(&src),
            }),
            (None, Some((start, PieceKind::Text(text)))) if !text.trim().is_empty() => {
                scripts.push(Script::Inline { start, text });
            }
            _ => {}
        }
    }
    scripts
}

/// Whether a script is code, rather than data or an import map.
fn is_code(attributes: &[Attribute<'_>]) -> bool {
    let kind = value(attributes, "type").unwrap_or_default();
    kind.is_empty() || kind == "module" || kind.ends_with("/javascript") || kind.ends_with("/babel")
}

fn value(attributes: &[Attribute<'_>], name: &str) -> Option<String> {
    attributes
        .iter()
        .find(|one| one.name.eq_ignore_ascii_case(name))
        .map(|one| {
            markup::unescaped(one.value.unwrap_or_default())
                .trim()
                .to_owned()
        })
}

fn is_external(address: &str) -> bool {
    address.starts_with("//") || address.split('/').next().is_some_and(|s| s.contains(':'))
}

/// An address in a page as code would write it: `src/a.js` is beside the page.
fn specifier(address: &str) -> String {
    let path = address
        .replace("%PUBLIC_URL%", "")
        .replace("%BASE_URL%", "/");
    if path.starts_with(['/', '.']) {
        path
    } else {
        format!("./{path}")
    }
}

fn code_path(resolve: &dyn Fn(&str) -> Resolution, specifier: &str) -> Option<String> {
    match resolve(specifier) {
        Resolution::Module(path) if matches!(FileKind::of(&path), FileKind::Code(_)) => Some(path),
        _ => None,
    }
}
