//! A source text with its lines: byte offsets to lines and columns as browsers
//! and editors count them, and code frames.

use protocol::bundle::Span;

/// Lines of context before and after the marked one.
const CONTEXT_LINES: u32 = 2;
/// A frame shows at most this many characters of a line, so that a minified
/// file doesn't fill the page.
const FRAME_LINE_CHARS: usize = 160;

/// A half-open range of bytes in a source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByteRange {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A text without its byte order mark, and where its lines begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes a text in; a leading byte order mark is dropped.
    pub(crate) fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for index in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_pair = bytes.get(index..index + 2) == Some(b"\r\n");
            if !is_pair {
                line_starts.push(to_u32(index + 1));
            }
        }
        Self {
            text: text.to_owned(),
            line_starts,
        }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range; empty when the range isn't one of this text.
    pub(crate) fn slice(&self, range: ByteRange) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    /// Line and column of a byte, both from 1, the column in UTF-16 code units.
    pub(crate) fn position(&self, offset: u32) -> (u32, u32) {
        let offset = offset.min(to_u32(self.text.len()));
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self
            .line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        // Counted by bytes, since lines of minified files are long: each character
        // has one that doesn't continue another, and those of two units begin alike.
        let before = self.text.as_bytes().get(start as usize..offset as usize);
        let units = before.unwrap_or_default().iter().map(|byte| match byte {
            0x80..0xc0 => 0,
            0xf0.. => 2,
            _ => 1,
        });
        (to_u32(line), units.sum::<u32>() + 1)
    }

    /// The wire form of a range.
    pub(crate) fn span(&self, range: ByteRange) -> Span {
        let (line, column) = self.position(range.start);
        let (end_line, end_column) = self.position(range.end.max(range.start));
        Span {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The byte at a line and column, as far as the text has them.
    pub(crate) fn offset(&self, line: u32, column: u32) -> u32 {
        let start = self
            .line_starts
            .get(line.saturating_sub(1) as usize)
            .copied()
            .unwrap_or(to_u32(self.text.len()));
        let mut units = 1;
        for (index, c) in self.line(line).char_indices() {
            if units >= column {
                return start + to_u32(index);
            }
            units += to_u32(c.len_utf16());
        }
        start + to_u32(self.line(line).len())
    }

    /// One line, from 1, without its end.
    fn line(&self, line: u32) -> &str {
        let index = line.saturating_sub(1) as usize;
        let start = self.line_starts.get(index).copied().unwrap_or(0) as usize;
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize);
        self.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }

    /// The lines around a span with a marker below it, plain text:
    ///
    /// ```text
    ///   1 | import { useState } from "react";
    /// > 2 | import fs from "fs";
    ///     |                ^^^^
    ///   3 |
    /// ```
    pub(crate) fn frame(&self, span: Span) -> String {
        let first = span.line.saturating_sub(CONTEXT_LINES).max(1);
        let last = (span.line + CONTEXT_LINES).min(to_u32(self.line_starts.len()));
        let width = last.to_string().len();
        let mut frame = String::new();
        for number in first..=last {
            let text = visible(self.line(number));
            let marker = if number == span.line { '>' } else { ' ' };
            let line = format!("{marker} {number:>width$} | {text}");
            frame.push_str(line.trim_end());
            frame.push('\n');
            if number == span.line {
                let pad = " ".repeat(width);
                frame.push_str("  ");
                frame.push_str(&pad);
                frame.push_str(" | ");
                frame.push_str(&self.marker(span));
                frame.push('\n');
            }
        }
        frame.truncate(frame.trim_end().len());
        frame
    }

    /// Spaces up to the span's column, then one caret for each character of
    /// its first line; counted in characters, as they stand on a screen.
    fn marker(&self, span: Span) -> String {
        let line = visible(self.line(span.line));
        let end_column = if span.end_line > span.line {
            u32::MAX
        } else {
            span.end_column
        };
        let mut column = 1;
        let mut marker = String::new();
        let mut carets = 0;
        for c in line.chars() {
            if column >= end_column.max(span.column + 1) {
                break;
            }
            if column >= span.column {
                marker.push('^');
                carets += 1;
            } else {
                marker.push(' ');
            }
            column += to_u32(c.len_utf16());
        }
        if carets == 0 {
            let missing = span.column.saturating_sub(column) as usize;
            marker.push_str(&" ".repeat(missing.min(FRAME_LINE_CHARS)));
            marker.push('^');
        }
        marker
    }
}

/// A line as a frame shows it: tabs as single spaces, so that the marker below
/// stands right, and cut at [`FRAME_LINE_CHARS`].
fn visible(line: &str) -> String {
    line.chars()
        .take(FRAME_LINE_CHARS)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// First byte from `from` on that is neither space nor comment, and where a
/// comment begins that nothing closes.
pub(crate) fn skip_trivia(text: &str, from: usize) -> (usize, Option<usize>) {
    let mut at = from;
    while let Some(rest) = text.get(at..) {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if trimmed.starts_with("//") {
            let length = trimmed.find(['\n', '\r', '\u{2028}', '\u{2029}']);
            at += length.unwrap_or(trimmed.len());
        } else if trimmed.starts_with("/*") {
            let Some(end) = trimmed.find("*/") else {
                return (text.len(), Some(at));
            };
            at += end + 2;
        } else {
            break;
        }
    }
    (at, None)
}

/// Sources are far below 4 GiB (`limits::MAX_FILE_BYTES`), so this never saturates.
pub(crate) fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let source = Source::new("a\r\n😀b\rc\nd");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(3), (2, 1));
        assert_eq!(source.position(7), (2, 3));
        assert_eq!(source.position(9), (3, 1));
        assert_eq!(source.position(11), (4, 1));
        assert_eq!(source.position(99), (4, 2));
        assert_eq!(source.offset(2, 3), 7);
    }

    #[test]
    fn a_frame_marks_its_span() {
        let source = Source::new("one\ntwo three\nfour\nfive\nsix");
        let frame = source.frame(source.span(ByteRange { start: 8, end: 13 }));
        assert_eq!(
            frame,
            "  1 | one\n> 2 | two three\n    |     ^^^^^\n  3 | four\n  4 | five"
        );
    }

    #[test]
    fn a_frame_at_the_end_of_an_empty_text() {
        let source = Source::new("\u{feff}");
        let frame = source.frame(source.span(ByteRange { start: 5, end: 9 }));
        assert_eq!(frame, "> 1 |\n    | ^");
    }
}
