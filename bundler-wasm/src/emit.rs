//! Syntax tree to text, with the positions kept as they are: nobody reads a
//! source map of a module whose error never comes, so none is encoded.

use std::fmt::Write as _;

use crate::swc::{
    BytePos, CodegenConfig, EmitNode, Emitter, JsWriter, LineCol, Lrc, SourceMap, ast,
};

/// Where a generated place comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mapping {
    /// Generated line, from 0.
    line: u32,
    /// Generated column, from 0, in UTF-16 code units.
    column: u32,
    /// Byte in the source.
    offset: u32,
}

/// All mappings of a module, in order of the generated text.
#[derive(Debug, Default)]
pub(crate) struct Mappings(Vec<Mapping>);

impl Mappings {
    fn new(start: BytePos, raw: &[(BytePos, LineCol)]) -> Self {
        let mut mappings: Vec<Mapping> = raw
            .iter()
            .filter_map(|(position, generated)| {
                Some(Mapping {
                    line: generated.line,
                    column: generated.col,
                    offset: position.0.checked_sub(start.0)?,
                })
            })
            .collect();
        mappings.sort();
        Self(mappings)
    }

    /// The source byte of a generated place, both from 1: that of the last
    /// mapping at or before it on its line.
    pub(crate) fn lookup(&self, line: u32, column: u32) -> Option<u32> {
        let (line, column) = (line.checked_sub(1)?, column.checked_sub(1)?);
        let after = self
            .0
            .partition_point(|mapping| (mapping.line, mapping.column) <= (line, column));
        let mapping = self.0.get(after.checked_sub(1)?)?;
        (mapping.line == line).then_some(mapping.offset)
    }
}

/// Prints a tree.
pub(crate) fn emit(
    program: &ast::Program,
    source_map: &Lrc<SourceMap>,
    start: BytePos,
) -> (String, Mappings) {
    let mut bytes = Vec::new();
    let mut raw = Vec::new();
    let result = {
        let mut emitter = Emitter {
            cfg: CodegenConfig::default(),
            cm: Lrc::clone(source_map),
            comments: None,
            wr: JsWriter::new(Lrc::clone(source_map), "\n", &mut bytes, Some(&mut raw)),
        };
        program.emit_with(&mut emitter)
    };
    // Writing into memory can't fail; were it to, the text so far is what there is.
    drop(result);
    let code = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    (code, Mappings::new(start, &raw))
}

/// The line that names a module in stacks and in the browser's tools, as an
/// address: what isn't plain in one is percent-encoded.
pub(crate) fn source_url(id: &str) -> String {
    let mut url = String::from("//# sourceURL=cumulet:///");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~@+".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing into a string can't fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url.push('\n');
    url
}

/// A string as a JavaScript literal that is safe in any script.
pub(crate) fn string_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '<' => literal.push_str("\\x3C"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(literal, "\\u{:04X}", c as u32);
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Whether a text can stand as a name in code (`{ name: … }`, `a.name`).
/// ASCII only: everything else is quoted, which is always right.
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}
