//! Text to syntax tree, every syntax error as a diagnostic.

use std::collections::BTreeSet;

use protocol::bundle::Diagnostic;

use crate::codes;
use crate::debris;
use crate::diagnostic::{self, DiagnosticExt};
use crate::elements;
use crate::gather::gathered;
use crate::guard::{self, Unparsable};
use crate::language::Language;
use crate::source::{ByteRange, Source, skip_trivia, to_u32};
use crate::swc::{
    BytePos, EsSyntax, EsVersion, Lexer, ParseError, Parser, Span, Spanned, StringInput, Syntax,
    TsSyntax, ast,
};

/// More syntax errors of one file than this are noise.
const MAX_SYNTAX_ERRORS: usize = 10;

/// A parsed file.
pub(crate) struct Parsed {
    pub(crate) module: ast::Module,
    /// Byte 0 of the source, in swc's numbering.
    pub(crate) start: BytePos,
}

impl Parsed {
    /// A span of the tree as bytes of the source; `None` for nodes that passes made.
    pub(crate) fn range(&self, span: Span) -> Option<ByteRange> {
        byte_range(self.start, span)
    }
}

/// See [`Parsed::range`].
pub(crate) fn byte_range(start: BytePos, span: Span) -> Option<ByteRange> {
    if span.is_dummy() || span.lo < start {
        return None;
    }
    Some(ByteRange {
        start: span.lo.0.checked_sub(start.0)?,
        end: span.hi.0.checked_sub(start.0)?,
    })
}

/// Parses a file, or says what is wrong with it.
pub(crate) fn parse(
    file: &str,
    language: Language,
    source: &Source,
) -> Result<Parsed, Vec<Diagnostic>> {
    let at = |start| ByteRange {
        start,
        end: start + 1,
    };
    match guard::unparsable(source.text(), language) {
        Some(Unparsable::TooDeep(start)) => return Err(vec![too_deep(file, source, at(start))]),
        Some(Unparsable::ElementName(start)) => {
            let message = "An element's name can't have both a colon and a dot.";
            let diagnostic = diagnostic::at(codes::SYNTAX, file, source, at(start), message);
            return Err(vec![
                diagnostic.help("Write the name of a component or of an HTML element."),
            ]);
        }
        None => {}
    }
    if debris::is_fenced(source.text()) {
        let code = debris::code(source.text());
        return Err(vec![debris::explain(file, source, code)]);
    }
    match attempt(syntax(language), source) {
        Ok(parsed) => match guard::deep_tree(&parsed.module) {
            None => Ok(parsed),
            Some(span) => {
                let range = parsed.range(span).unwrap_or(ByteRange { start: 0, end: 0 });
                // Dropping so deep a tree would recurse as deep: it is leaked instead.
                std::mem::forget(parsed.module);
                Err(vec![too_deep(file, source, range)])
            }
        },
        Err(errors) => {
            if let Some(code) = debris::code(source.text())
                && attempt(syntax(language), &Source::new(source.slice(code))).is_ok()
            {
                return Err(vec![debris::explain(file, source, Some(code))]);
            }
            let mut diagnostics: Vec<Diagnostic> = errors
                .iter()
                .take(MAX_SYNTAX_ERRORS)
                .map(|(range, message)| explain(file, source, *range, message))
                .collect();
            diagnostics.dedup();
            if let (Some(help), Some(first)) =
                (rename_help(file, language, source), diagnostics.first_mut())
            {
                first.help = Some(help);
            }
            Err(diagnostics)
        }
    }
}

fn too_deep(file: &str, source: &Source, range: ByteRange) -> Diagnostic {
    diagnostic::at(
        codes::TOO_DEEP,
        file,
        source,
        range,
        "This code is nested too deeply to be compiled.",
    )
    .help("Split it: move inner parts into functions, components or arrays of their own.")
}

fn syntax(language: Language) -> Syntax {
    match language {
        Language::TypeScript => Syntax::Typescript(TsSyntax {
            decorators: true,
            ..Default::default()
        }),
        Language::TypeScriptJsx => Syntax::Typescript(TsSyntax {
            tsx: true,
            decorators: true,
            ..Default::default()
        }),
        Language::JavaScript => Syntax::Es(EsSyntax {
            jsx: true,
            decorators: true,
            decorators_before_export: true,
            import_attributes: true,
            explicit_resource_management: true,
            ..Default::default()
        }),
    }
}

/// Places and messages, in order and without repeats.
type Errors = BTreeSet<(ByteRange, String)>;

/// swc's parser with every error it met.
fn attempt(syntax: Syntax, source: &Source) -> Result<Parsed, Errors> {
    // Position 0 is swc's sign for a node that no source has.
    let start = BytePos(1);
    let end = BytePos(1 + to_u32(source.text().len()));
    let input = StringInput::new(source.text(), start, end);
    let lexer = Lexer::new(syntax, EsVersion::latest(), input, None);
    let mut parser = Parser::new_from(lexer);
    let result = parser.parse_module();
    let recovered = parser.take_errors();
    let describe = |error: &ParseError| {
        let end = to_u32(source.text().len());
        let range = byte_range(start, error.span()).unwrap_or(ByteRange { start: end, end });
        (range, error.kind().msg().into_owned())
    };
    let mut errors: Errors = gathered(recovered.iter().map(describe));
    match result {
        Ok(module) if errors.is_empty() => match open_comment(&module, start, source) {
            None => Ok(Parsed { module, start }),
            Some(range) => Err(gathered([(range, "Unterminated block comment".to_owned())])),
        },
        Ok(module) => {
            if guard::deep_tree(&module).is_some() {
                std::mem::forget(module);
            }
            Err(errors)
        }
        Err(error) => {
            errors.insert(describe(&error));
            Err(errors)
        }
    }
}

/// Errors of a compiled file, at their places in its source. Where the parser
/// tries a meaning that turns out right, as for `<T,>() => …` and `export enum`,
/// it forgets those that it could go on after: an open string, a `const` without
/// a value.
pub(crate) fn output_errors(
    file: &str,
    source: &Source,
    code: &str,
    source_of: impl Fn(u32) -> Option<u32>,
) -> Vec<Diagnostic> {
    let syntax = Syntax::Es(EsSyntax {
        explicit_resource_management: true,
        ..Default::default()
    });
    if guard::unparsable(code, Language::JavaScript).is_some() {
        return Vec::new();
    }
    let errors = attempt(syntax, &Source::new(code)).err();
    errors
        .unwrap_or_default()
        .iter()
        .take(MAX_SYNTAX_ERRORS)
        .filter_map(|(range, message)| {
            let start = source_of(range.start)?;
            let end = source_of(range.end)?.max(start);
            Some(explain(file, source, ByteRange { start, end }, message))
        })
        .collect()
}

/// A comment at the end of a text that nothing closes. The parser forgets that
/// error where it tries a `<` as the beginning of type arguments first.
fn open_comment(module: &ast::Module, start: BytePos, source: &Source) -> Option<ByteRange> {
    let last = module.body.last()?;
    let end = byte_range(start, last.span())?.end;
    let comment = to_u32(skip_trivia(source.text(), end as usize).1?);
    Some(ByteRange {
        start: comment,
        end: comment + 2,
    })
}

fn explain(file: &str, source: &Source, range: ByteRange, message: &str) -> Diagnostic {
    if let Some(diagnostic) = unclosed_element(file, source, message) {
        return diagnostic;
    }
    let mut sentence = message.replace("<eof>", "end of file");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !sentence.ends_with(['.', '?']) {
        sentence.push('.');
    }
    diagnostic::at(codes::SYNTAX, file, source, range, sentence)
        .help(syntax_help(source, range, message))
}

/// An element without its end tag, told at its start tag.
fn unclosed_element(file: &str, source: &Source, message: &str) -> Option<Diagnostic> {
    let is_about_elements = ["</", "jsx", "JSX", "losing tag", "<eof>"]
        .iter()
        .any(|part| message.contains(part));
    let unclosed = is_about_elements
        .then(|| elements::unclosed(source.text()))
        .flatten()?;
    let name = unclosed.name;
    let message = match unclosed.found {
        None => format!("`<{name}>` is never closed."),
        Some(found) => format!("`<{name}>` is closed by `</{found}>`."),
    };
    let help = format!("Write `</{name}>` where the element ends, or `<{name} />` if it is empty.");
    Some(diagnostic::at(codes::SYNTAX, file, source, unclosed.range, message).help(help))
}

/// A next step for the mistakes that are seen most in generated code.
fn syntax_help(source: &Source, range: ByteRange, message: &str) -> &'static str {
    let at_end = source
        .text()
        .get(range.start as usize..)
        .is_none_or(|rest| rest.trim().is_empty());
    let before = source
        .text()
        .get(..range.start as usize)
        .unwrap_or_default();
    let here = source
        .text()
        .get(range.start as usize..)
        .unwrap_or_default();
    if here.starts_with("```") {
        "Remove the Markdown fence; the file must hold code only."
    } else if here.starts_with("<<<<<<<")
        || here.starts_with("=======")
        || here.starts_with(">>>>>>>")
    {
        "Remove the conflict marker; keep one of the two versions."
    } else if here.starts_with('/') && before.ends_with('<') {
        "Wrap neighbouring elements in one parent or in <>…</>, and close every brace before this end tag."
    } else if message.contains("losing tag") || message.contains("JSX") {
        "Close every JSX element, and wrap neighbours in one parent or in <>…</>."
    } else if message.contains("Unterminated string") {
        "Close the string on the same line, or use a template literal."
    } else if message.contains("Unterminated template") {
        "Close the template literal with a backtick."
    } else if at_end || message.contains("<eof>") {
        "The file ends too early: close every bracket, brace, tag and string."
    } else {
        "Look at the marked place and just before it: a bracket, comma or quote is missing or too many."
    }
}

/// When a file parses in a richer language, its ending is the mistake.
fn rename_help(file: &str, language: Language, source: &Source) -> Option<String> {
    if language == Language::TypeScriptJsx {
        return None;
    }
    if guard::unparsable(source.text(), Language::TypeScriptJsx).is_some() {
        return None;
    }
    attempt(syntax(Language::TypeScriptJsx), source).ok()?;
    let (stem, _) = file.rsplit_once('.')?;
    Some(match language {
        Language::TypeScript => format!("This file has JSX in it: rename it to {stem}.tsx."),
        _ => format!("This file has TypeScript in it: rename it to {stem}.tsx."),
    })
}
