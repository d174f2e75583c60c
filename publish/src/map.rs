//! Source maps, version 3: from a published script to the project's files,
//! through the module scripts between them.

use bundler_wasm::Part;
use serde::Serialize;

use crate::swc::{BytePos, LineCol};

/// A module's script among the sources of a minified one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// swc's position of its first byte.
    pub(crate) start: BytePos,
    /// Position behind its last byte.
    pub(crate) end: BytePos,
    /// The module.
    pub(crate) part: Part<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Map<'a> {
    version: u8,
    file: &'a str,
    sources: Vec<&'a str>,
    sources_content: Vec<&'a str>,
    names: [&'a str; 0],
    mappings: String,
}

/// The map of a script called `file`. `places` are swc's: position in the
/// origins, and place in the script.
pub(crate) fn source_map(
    file: &str,
    places: &[(BytePos, LineCol)],
    origins: &[Origin<'_>],
) -> String {
    let mut sources: Vec<(&str, &str)> = Vec::new();
    let mut encoder = Encoder::default();
    for (position, place) in places {
        let after = origins.partition_point(|origin| origin.start <= *position);
        let Some(origin) = after
            .checked_sub(1)
            .and_then(|index| origins.get(index))
            .filter(|origin| *position <= origin.end)
        else {
            continue;
        };
        let Some((line, column)) = origin.part.original(position.0 - origin.start.0) else {
            continue;
        };
        let source = (origin.part.path(), origin.part.source());
        let index = sources.iter().position(|known| known.0 == source.0);
        let index = index.unwrap_or_else(|| {
            sources.push(source);
            sources.len() - 1
        });
        encoder.add(*place, index, line - 1, column - 1);
    }
    let map = Map {
        version: 3,
        file,
        sources: sources.iter().map(|(path, _)| *path).collect(),
        sources_content: sources.iter().map(|(_, text)| *text).collect(),
        names: [],
        mappings: encoder.text,
    };
    // Strings and numbers always print.
    serde_json::to_string(&map).unwrap_or_default()
}

/// Writes mappings as differences in variable-length Base64.
#[derive(Default)]
struct Encoder {
    text: String,
    line: u32,
    column: i64,
    source: i64,
    source_line: i64,
    source_column: i64,
    has_segment: bool,
}

impl Encoder {
    fn add(&mut self, place: LineCol, source: usize, line: u32, column: u32) {
        let source = i64::try_from(source).unwrap_or_default();
        let (line, source_column) = (i64::from(line), i64::from(column));
        let is_same =
            (self.source, self.source_line, self.source_column) == (source, line, source_column);
        // What comes from the same place needs to be said once.
        if self.has_segment && self.line == place.line && is_same {
            return;
        }
        while self.line < place.line {
            self.text.push(';');
            self.line += 1;
            self.column = 0;
            self.has_segment = false;
        }
        if self.has_segment {
            self.text.push(',');
        }
        let column = i64::from(place.col);
        for difference in [
            column - self.column,
            source - self.source,
            line - self.source_line,
            source_column - self.source_column,
        ] {
            self.number(difference);
        }
        self.column = column;
        self.source = source;
        self.source_line = line;
        self.source_column = source_column;
        self.has_segment = true;
    }

    fn number(&mut self, value: i64) {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut rest = (value.unsigned_abs() << 1) | u64::from(value < 0);
        loop {
            let digit = rest & 31;
            rest >>= 5;
            let index = if rest > 0 { digit | 32 } else { digit };
            let byte = DIGITS.get(usize::try_from(index).unwrap_or_default());
            self.text.push(char::from(byte.copied().unwrap_or(b'A')));
            if rest == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_format_says() {
        for (value, text) in [(0, "A"), (1, "C"), (-1, "D"), (16, "gB"), (-600, "xlB")] {
            let mut encoder = Encoder::default();
            encoder.number(value);
            assert_eq!(encoder.text, text, "{value}");
        }
    }

    #[test]
    fn segments_hold_differences_and_lines_start_anew() {
        let mut encoder = Encoder::default();
        let place = |line, col| LineCol { line, col };
        encoder.add(place(0, 4), 0, 1, 2);
        encoder.add(place(0, 6), 0, 1, 2);
        encoder.add(place(0, 9), 1, 0, 0);
        encoder.add(place(2, 1), 1, 0, 3);
        assert_eq!(encoder.text, "IACE,KCDF;;CAAG");
    }
}
