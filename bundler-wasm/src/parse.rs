//! Text to syntax tree, every syntax error as a diagnostic.

use protocol::bundle::Diagnostic;

use crate::codes;
use crate::debris;
use crate::diagnostic::{self, DiagnosticExt};
use crate::elements;
use crate::guard;
use crate::language::Language;
use crate::source::{ByteRange, Source, to_u32};
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
    if let Some(offset) = guard::too_deep(source.text()) {
        let range = ByteRange {
            start: offset,
            end: offset + 1,
        };
        return Err(vec![too_deep(file, source, range)]);
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

/// swc's parser with every error it met, sorted and without repeats.
fn attempt(syntax: Syntax, source: &Source) -> Result<Parsed, Vec<(ByteRange, String)>> {
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
    let mut errors: Vec<(ByteRange, String)> = recovered.iter().map(describe).collect();
    match result {
        Ok(module) if errors.is_empty() => Ok(Parsed { module, start }),
        Ok(module) => {
            if guard::deep_tree(&module).is_some() {
                std::mem::forget(module);
            }
            errors.sort();
            errors.dedup();
            Err(errors)
        }
        Err(error) => {
            errors.push(describe(&error));
            errors.sort();
            errors.dedup();
            Err(errors)
        }
    }
}

fn explain(file: &str, source: &Source, range: ByteRange, message: &str) -> Diagnostic {
    if let Some(diagnostic) = unclosed_element(file, source, message) {
        return diagnostic;
    }
    let mut sentence = message.replace("<eof>", "end of file");
    if sentence.chars().next().is_some_and(char::is_lowercase) {
        let mut chars = sentence.chars();
        sentence = chars
            .next()
            .map(|c| c.to_uppercase().collect::<String>() + chars.as_str())
            .unwrap_or_default();
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
    attempt(syntax(Language::TypeScriptJsx), source).ok()?;
    let (stem, _) = file.rsplit_once('.')?;
    Some(match language {
        Language::TypeScript => format!("This file has JSX in it: rename it to {stem}.tsx."),
        _ => format!("This file has TypeScript in it: rename it to {stem}.tsx."),
    })
}
