//! An SVG file as a React component: its markup is written as JSX, which then
//! takes the way of all code.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::diagnostic::{self, DiagnosticExt};
use crate::language::Language;
use crate::literal;
use crate::markup::{self, Attribute, Piece, PieceKind};
use crate::mode::Mode;
use crate::module::Compiled;
use crate::resolve::Resolution;
use crate::source::{ByteRange, Source, to_u32};
use crate::transform::{self, Mappings, Options};

/// `logo.svg?react`: the component as default export, and as `ReactComponent`.
pub(crate) fn component(
    id: &str,
    path: &str,
    mode: Mode,
    source: &Rc<Source>,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Compiled {
    let markup = match jsx(source.text()) {
        Ok(markup) => markup,
        Err(range) => return broken(path, source, range),
    };
    let name = component_name(path);
    let code = format!(
        "const {name} = (props) => {markup};\nexport {{ {name} as default, {name} as ReactComponent }};\n"
    );
    let code = Rc::new(Source::new(&code));
    let options = Options::new(Language::JavaScript, mode);
    let mut compiled = transform::compile(id, options, &code, resolve, None);
    if compiled.is_broken {
        return broken(path, source, ByteRange { start: 0, end: 1 });
    }
    // Nobody wrote the JSX, so what it lacks has no place to be told at.
    compiled
        .imports
        .retain(|import| !matches!(import.resolution, Resolution::Failed(_)));
    Compiled {
        // Positions in the script mean places in the JSX, which nobody wrote.
        source: Rc::clone(source),
        mappings: Mappings::default(),
        diagnostics: Vec::new(),
        ..compiled
    }
}

/// `arrow-left.svg` → `SvgArrowLeft`
fn component_name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.strip_suffix(".svg").unwrap_or(file);
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric());
    words.fold("Svg".to_owned(), |name, word| name + &capital(word))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

fn broken(path: &str, source: &Rc<Source>, range: ByteRange) -> Compiled {
    let message = "This isn't an SVG that can become a component.";
    let diagnostic = diagnostic::at("syntax", path, source, range, message)
        .help("The file needs one <svg> element, and an end tag for every element.");
    Compiled::broken(Rc::clone(source), vec![diagnostic])
}

/// The file's `<svg>` element as JSX that passes the props on, or where it is wrong.
fn jsx(text: &str) -> Result<String, ByteRange> {
    let mut jsx = String::new();
    let mut open: Vec<&str> = Vec::new();
    // Depth of an element that is left out with all that is in it.
    let mut skipped: Option<usize> = None;
    let mut is_done = false;
    for Piece { start, end, kind } in markup::pieces(text, false) {
        let wrong = Err(ByteRange {
            start: to_u32(start),
            end: to_u32(end),
        });
        match kind {
            PieceKind::Open {
                name,
                attributes,
                is_empty,
            } => {
                if open.is_empty() && (is_done || name != "svg") {
                    return wrong;
                }
                if skipped.is_none() && is_left_out(name) {
                    skipped = Some(open.len());
                }
                if skipped.is_none() {
                    write_open(&mut jsx, name, &attributes, open.is_empty());
                    jsx.push_str(if is_empty { " />" } else { ">" });
                }
                if !is_empty {
                    open.push(name);
                } else if skipped == Some(open.len()) {
                    skipped = None;
                }
                is_done |= open.is_empty();
            }
            PieceKind::Close(name) => {
                if open.pop() != Some(name) {
                    return wrong;
                }
                if skipped.is_none() {
                    // Writing into a string can't fail.
                    let _ = write!(jsx, "</{name}>");
                } else if skipped == Some(open.len()) {
                    skipped = None;
                }
                is_done |= open.is_empty();
            }
            PieceKind::Text(text) if !open.is_empty() && skipped.is_none() => {
                write_text(&mut jsx, text, &markup::unescaped(text));
            }
            PieceKind::Data(data) if !open.is_empty() && skipped.is_none() => {
                write_text(&mut jsx, data, data);
            }
            PieceKind::Text(_) | PieceKind::Data(_) | PieceKind::Other => {}
        }
    }
    if is_done && open.is_empty() {
        return Ok(jsx);
    }
    let end = to_u32(text.len());
    Err(ByteRange { start: end, end })
}

/// What drawing programs note for themselves, and what React doesn't render.
fn is_left_out(name: &str) -> bool {
    name.contains(':') || matches!(name, "metadata" | "script")
}

fn write_open(jsx: &mut String, name: &str, attributes: &[Attribute<'_>], is_root: bool) {
    let _ = write!(jsx, "<{name}");
    for attribute in attributes {
        let value = markup::unescaped(attribute.value.unwrap_or_default());
        if attribute.name == "style" {
            let _ = write!(jsx, " style={{{}}}", style_object(&value));
        } else if let Some(name) = prop_name(attribute.name) {
            let _ = write!(jsx, " {name}={{{}}}", literal::string_literal(&value));
        }
    }
    if is_root {
        jsx.push_str(" {...props}");
    }
}

/// Space between elements means nothing in an SVG; other texts keep all of it.
fn write_text(jsx: &mut String, written: &str, text: &str) {
    if !written.trim().is_empty() {
        let _ = write!(jsx, "{{{}}}", literal::string_literal(text));
    }
}

/// An attribute's name in React; `None` for those that React refuses.
fn prop_name(name: &str) -> Option<String> {
    if name.starts_with("on") {
        // A handler as text, which React refuses.
        return None;
    }
    if name.starts_with("data-") || name.starts_with("aria-") {
        return Some(name.to_owned());
    }
    match name {
        "class" => return Some("className".to_owned()),
        "for" => return Some("htmlFor".to_owned()),
        "tabindex" => return Some("tabIndex".to_owned()),
        _ => {}
    }
    if let Some((prefix, _)) = name.split_once(':')
        && !matches!(prefix, "xlink" | "xml" | "xmlns")
    {
        return None;
    }
    Some(camel_case(name))
}

/// `stroke-width` → `strokeWidth`, `xlink:href` → `xlinkHref`
fn camel_case(name: &str) -> String {
    let mut words = name.split(['-', ':']);
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capital(word))
}

/// `fill:red;-webkit-mask:none` → `{ "fill": "red", "WebkitMask": "none" }`
fn style_object(style: &str) -> String {
    let mut object = String::from("{");
    for declaration in declarations(style) {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let name = name.trim();
        let name = match name.strip_prefix("-ms-") {
            _ if name.starts_with("--") => name.to_owned(),
            Some(rest) => format!("ms{}", capital(&camel_case(rest))),
            None => camel_case(name),
        };
        let (name, value) = (
            literal::string_literal(&name),
            literal::string_literal(value.trim()),
        );
        let _ = write!(object, " {name}: {value},");
    }
    object.push_str(" }");
    object
}

/// The declarations of a style; a semicolon in parentheses or quotes ends none.
fn declarations(style: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_u32, None);
    for (index, c) in style.char_indices() {
        match (quote, c) {
            (Some(open), c) => quote = Some(open).filter(|open| *open != c),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                parts.extend(style.get(start..index));
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.extend(style.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(svg: &str) -> Result<String, &'static str> {
        jsx(svg).map_err(|_| "wrong")
    }

    #[test]
    fn attributes_are_written_as_react_knows_them() {
        assert_eq!(
            written("<svg class=\"a\" stroke-width='2' xlink:href=\"#a\" data-a-b=\"1\" onclick=\"x()\" inkscape:label=\"y\"/>").as_deref(),
            Ok("<svg className={\"a\"} strokeWidth={\"2\"} xlinkHref={\"#a\"} data-a-b={\"1\"} {...props} />")
        );
        assert_eq!(
            written("<svg style=\"fill:url(a;b);--x: 1;-webkit-mask:none\"/>").as_deref(),
            Ok(
                "<svg style={{ \"fill\": \"url(a;b)\", \"--x\": \"1\", \"WebkitMask\": \"none\", }} {...props} />"
            )
        );
    }

    #[test]
    fn texts_are_strings_and_notes_are_left_out() {
        assert_eq!(
            written("<?xml?>\n<svg>\n <metadata><a/></metadata><sodipodi:x/><style>.a{b:c}</style><text>1 &lt; 2</text></svg>\n").as_deref(),
            Ok("<svg {...props}><style>{\".a{b:c}\"}</style><text>{\"1 \\x3C 2\"}</text></svg>")
        );
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        for text in [
            "",
            "x",
            "<p/>",
            "<svg>",
            "<svg><g></svg>",
            "<svg/><svg/>",
            "</svg>",
        ] {
            assert!(written(text).is_err(), "{text}");
        }
    }
}
