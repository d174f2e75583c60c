//! The document of an `index.html`, its style sheets, and what of it can't be had.

use std::collections::BTreeMap;

use protocol::bundle::Page;

use super::{Html, code_path, inside, is_code, is_external, specifier, value};
use crate::address::{self, Address, Form};
use crate::assets;
use crate::codes;
use crate::css::{self, Url};
use crate::diagnostic::{self, DiagnosticExt};
use crate::gather::gathered;
use crate::language::{FileKind, split_query};
use crate::markup::{self, Attribute, Piece, PieceKind};
use crate::project::Project;
use crate::resolve::Resolution;
use crate::source::{ByteRange, Source, to_u32};

/// More findings in one page than this are noise.
const MAX_FINDINGS: usize = 20;

/// Everything but the entry.
pub(super) fn read(
    path: &str,
    source: &Source,
    project: &Project,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Html {
    let mut reader = Reader {
        path,
        source,
        project,
        resolve,
        html: Html::default(),
        page: Page::default(),
    };
    reader.document();
    let Reader { mut html, page, .. } = reader;
    html.page = Some(Page {
        markup: page.markup.trim().to_owned(),
        ..page
    });
    html
}

struct Reader<'a> {
    path: &'a str,
    source: &'a Source,
    project: &'a Project,
    resolve: &'a dyn Fn(&str) -> Resolution,
    html: Html,
    page: Page,
}

impl Reader<'_> {
    fn document(&mut self) {
        let text = self.source.text();
        let pieces = markup::pieces(text, true);
        if let Some((_, title)) = inside(&pieces, "title").next() {
            self.page.title.push_str(markup::unescaped(title).trim());
        }
        let mut is_in_head = false;
        // The element whose content isn't part of the document.
        let mut left_out: Option<&str> = None;
        for piece in &pieces {
            match &piece.kind {
                PieceKind::Open {
                    name,
                    attributes,
                    is_empty,
                } => {
                    match name.to_ascii_lowercase().as_str() {
                        "html" => self.page.html = self.own_attributes(piece, attributes),
                        "body" => {
                            is_in_head = false;
                            self.page.body = self.own_attributes(piece, attributes);
                        }
                        "head" => is_in_head = true,
                        "script" => self.script(piece, attributes),
                        "link" => self.link(piece, attributes),
                        "meta" if value(attributes, "charset").is_none() => {
                            let tag = self.with_files(piece, "meta", attributes);
                            self.html.head.push_str(&tag);
                        }
                        "style" => self.html.styles.push(self.path.to_owned()),
                        "title" | "meta" | "base" => {}
                        _ if is_in_head => {}
                        name => {
                            let tag = self.with_files(piece, name, attributes);
                            self.page.markup.push_str(&tag);
                        }
                    }
                    let is_kept = !matches!(
                        name.to_ascii_lowercase().as_str(),
                        "script" | "style" | "title"
                    );
                    left_out = (!is_empty && !is_kept).then_some(*name);
                }
                PieceKind::Close(name) => {
                    let was_left_out = left_out.take().is_some();
                    match name.to_ascii_lowercase().as_str() {
                        "head" => is_in_head = false,
                        "html" | "body" | "link" | "meta" => {}
                        _ if is_in_head || was_left_out => {}
                        _ => self
                            .page
                            .markup
                            .push_str(text.get(piece.start..piece.end).unwrap_or_default()),
                    }
                }
                PieceKind::Text(text) if left_out.is_none() && !is_in_head => {
                    self.page.markup.push_str(text);
                }
                PieceKind::Text(_) | PieceKind::Data(_) | PieceKind::Other => {}
            }
        }
    }

    fn warn(&mut self, piece: &Piece<'_>, code: &str, message: String, help: &str) {
        if self.html.diagnostics.len() >= MAX_FINDINGS {
            return;
        }
        let range = ByteRange {
            start: to_u32(piece.start),
            end: to_u32(piece.end),
        };
        let diagnostic = diagnostic::at(code, self.path, self.source, range, message);
        self.html.diagnostics.push(diagnostic.help(help).warning());
    }

    fn script(&mut self, piece: &Piece<'_>, attributes: &[Attribute<'_>]) {
        if value(attributes, "type").is_some_and(|kind| kind == "importmap") {
            let message =
                "The import map is left out: packages are known by their names.".to_owned();
            return self.warn(
                piece,
                codes::UNSUPPORTED_HTML,
                message,
                "Remove it, and import approved packages by name.",
            );
        }
        let Some(src) = value(attributes, "src").filter(|_| is_code(attributes)) else {
            return;
        };
        if is_external(&src) {
            let help = if src.contains("tailwindcss") {
                "Remove the script: Tailwind is built in, and its classes work as they are."
            } else {
                "Remove the script, and import an approved package by its name in the code."
            };
            let message = format!("`{src}` is left out: the app's frame has no network.");
            self.warn(piece, "url-import", message, help);
        } else if code_path(self.resolve, &specifier(&src)).is_none() {
            let message = format!("There is no file of code `{src}`.");
            let help =
                "Create the file, or name the one that starts the app, for example /src/main.tsx.";
            self.warn(piece, "missing-file", message, help);
        }
    }

    fn link(&mut self, piece: &Piece<'_>, attributes: &[Attribute<'_>]) {
        let href = value(attributes, "href").unwrap_or_default();
        let is = |kind: &str| is_link(attributes, kind);
        if !is("stylesheet") {
            // Hints for files that aren't served under their own names.
            if !is("preload") && !is("modulepreload") {
                let tag = self.with_files(piece, "link", attributes);
                self.html.head.push_str(&tag);
            }
            return;
        }
        if is_external(&href) {
            let message = format!("`{href}` is left out: the app's frame has no network.");
            let help = "Use a font of the system, for example font-family: system-ui, or add the font's .woff2 file and an @font-face rule to the project.";
            return self.warn(piece, "url-import", message, help);
        }
        match (self.resolve)(&specifier(&href)) {
            Resolution::Style(path) => self.html.styles.push(path),
            Resolution::Module(path) if FileKind::of(&path) == FileKind::CssModule => {
                self.html.styles.push(path);
            }
            _ => {
                let message = format!("There is no style sheet `{href}`.");
                self.warn(
                    piece,
                    "missing-file",
                    message,
                    "Create the file, or remove the <link>.",
                );
            }
        }
    }

    /// A start tag of the document, with the project's files in place of their addresses.
    fn with_files(
        &mut self,
        piece: &Piece<'_>,
        name: &str,
        attributes: &[Attribute<'_>],
    ) -> String {
        let text = self.source.text();
        let mut tag = String::new();
        let mut copied = piece.start;
        // Links lead to files now and then, and to routes mostly.
        let is_needed = match name {
            "a" => false,
            "link" => is_link(attributes, "icon"),
            _ => true,
        };
        for attribute in attributes {
            let Some(value) = attribute.value else {
                continue;
            };
            if attribute.name.eq_ignore_ascii_case("style") {
                if let Some(style) = self.style(piece, value) {
                    tag.push_str(text.get(copied..attribute.value_start).unwrap_or_default());
                    tag.push_str(&escaped(&style));
                    copied = attribute.value_start + value.len();
                }
                continue;
            }
            let form = match attribute.name {
                "href" if matches!(name, "a" | "link") => Form::One,
                attribute => match address::form(name, attribute) {
                    Some(form) => form,
                    None => continue,
                },
            };
            for (start, end) in address::places(form, value) {
                let address = markup::unescaped(value.get(start..end).unwrap_or_default());
                if let Some(url) = self.file(piece, &address, is_needed) {
                    let start = attribute.value_start + start;
                    tag.push_str(text.get(copied..start).unwrap_or_default());
                    tag.push_str(&url);
                    copied = attribute.value_start + end;
                }
            }
        }
        tag.push_str(text.get(copied..piece.end).unwrap_or_default());
        tag
    }

    /// The value of a `style` with the project's files in it; `None` when it names none.
    fn style(&mut self, piece: &Piece<'_>, written: &str) -> Option<String> {
        let written = markup::unescaped(written);
        let mut style = String::new();
        let mut copied = 0;
        for Url { start, end, target } in css::urls(&written) {
            if let Some(url) = self.file(piece, target, true) {
                style.push_str(written.get(copied..start)?);
                style.extend(["url(\"", &url, "\")"]);
                copied = end;
            }
        }
        style.push_str(written.get(copied..)?);
        (copied > 0).then_some(style)
    }

    /// Attributes without handlers, which no policy would run.
    fn own_attributes(
        &mut self,
        piece: &Piece<'_>,
        attributes: &[Attribute<'_>],
    ) -> BTreeMap<String, String> {
        let own = attributes.iter().filter(|one| !one.name.starts_with("on"));
        gathered(own.map(|one| {
            let name = one.name.to_ascii_lowercase();
            let written = one.value.unwrap_or_default();
            let style = (name == "style").then(|| self.style(piece, written));
            let value = style.flatten();
            (name, value.unwrap_or_else(|| markup::unescaped(written)))
        }))
    }

    /// The data URL of a file that the page names; where there is none, that
    /// is told if the element needs one.
    fn file(&mut self, piece: &Piece<'_>, address: &str, is_needed: bool) -> Option<String> {
        let address = Address::of(address)?;
        if let Resolution::Module(id) = (self.resolve)(&address.specifier) {
            let (path, _) = split_query(&id);
            let url = assets::url(path, self.project.source(path)?)?;
            // Whichever quotes it stands in, it doesn't end them.
            return Some(url.replace('\'', "%27") + address.fragment);
        }
        if is_needed {
            let wanted = address::shown(&address.specifier);
            let missing = address::missing(self.project, wanted);
            self.warn(piece, codes::MISSING_FILE, missing.message, &missing.help);
        }
        None
    }
}

/// Whether a `<link>` is of a kind.
fn is_link(attributes: &[Attribute<'_>], kind: &str) -> bool {
    value(attributes, "rel").is_some_and(|rel| {
        rel.split_whitespace()
            .any(|word| word.eq_ignore_ascii_case(kind))
    })
}

/// A text as an attribute's value, in whichever quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
