//! The output while it is made: pieces of the source copied in order, with
//! other text between them, and where each piece comes from.
//!
//! What is skipped leaves its line breaks behind, so that a line of the output
//! is the line of the source, plus one for the head of the module.

use crate::source::to_u32;

/// Where a stretch of the output comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    /// First byte of the stretch in the output.
    code: u32,
    /// Byte in the source.
    source: u32,
    /// The stretch is source text; otherwise it stands for the one byte.
    is_copied: bool,
}

/// Where every byte of an output comes from, in order of the output.
#[derive(Debug, Default)]
pub(crate) struct Mappings(Vec<Segment>);

impl Mappings {
    /// The source byte of a generated place, line and column from 1, the column
    /// in UTF-16 code units. `None` before the first byte that comes from the source.
    pub(crate) fn lookup(&self, code: &str, line: u32, column: u32) -> Option<u32> {
        self.source_of(byte_offset(code, line, column)?)
    }

    /// The source byte of an output byte.
    pub(crate) fn source_of(&self, offset: u32) -> Option<u32> {
        let after = self.0.partition_point(|segment| segment.code <= offset);
        let segment = self.0.get(after.checked_sub(1)?)?;
        Some(if segment.is_copied {
            segment.source + (offset - segment.code)
        } else {
            segment.source
        })
    }
}

/// Byte at a line and column, both from 1.
fn byte_offset(code: &str, line: u32, column: u32) -> Option<u32> {
    let mut start = 0;
    for _ in 1..line {
        start += code.get(start..)?.find('\n')? + 1;
    }
    let text = code.get(start..)?;
    let text = text.split('\n').next().unwrap_or_default();
    let mut units = 1;
    for (index, c) in text.char_indices() {
        if units >= column {
            return Some(to_u32(start + index));
        }
        units += to_u32(c.len_utf16());
    }
    Some(to_u32(start + text.len()))
}

/// A place in the output, for text that turns out to be needed there later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    code: usize,
    segment: usize,
    source: u32,
}

/// Output that is put elsewhere than where its source stands.
#[derive(Debug, Default)]
pub(super) struct Piece {
    code: String,
    segments: Vec<Segment>,
}

/// The output and how far the source has been dealt with.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    source: &'a str,
    cursor: u32,
    out: Piece,
}

impl<'a> Writer<'a> {
    /// Starts with text of our own, and at the first byte of the source.
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            cursor: 0,
            out: Piece {
                code: String::with_capacity(source.len() + source.len() / 4),
                segments: Vec::with_capacity(source.len() / 24),
            },
        }
    }

    /// How far the source has been dealt with.
    pub(super) fn cursor(&self) -> u32 {
        self.cursor
    }

    /// Copies the source up to a byte.
    pub(super) fn copy_to(&mut self, end: u32) {
        let Some(text) = self.source.get(self.cursor as usize..end as usize) else {
            return;
        };
        if text.is_empty() {
            return;
        }
        let code = to_u32(self.out.code.len());
        let goes_on = self.out.segments.last().is_some_and(|last| {
            last.is_copied && code - last.code == self.cursor.wrapping_sub(last.source)
        });
        if !goes_on {
            self.out.segments.push(Segment {
                code,
                source: self.cursor,
                is_copied: true,
            });
        }
        self.out.code.push_str(text);
        self.cursor = end;
    }

    /// Leaves the source up to a byte out, except for its line breaks.
    pub(super) fn skip_to(&mut self, end: u32) {
        let breaks = self.drop_to(end);
        self.line_breaks(breaks);
    }

    /// Leaves the source up to a byte out, and gives the number of its line breaks.
    pub(super) fn drop_to(&mut self, end: u32) -> usize {
        let text = self.source.get(self.cursor as usize..end as usize);
        self.cursor = self.cursor.max(end);
        text.map_or(0, |text| text.bytes().filter(|byte| *byte == b'\n').count())
    }

    /// Line breaks that were left out where none may stand.
    pub(super) fn line_breaks(&mut self, count: usize) {
        for _ in 0..count {
            self.write("\n");
        }
    }

    /// Other text, which stands for the source at the cursor.
    pub(super) fn write(&mut self, text: &str) {
        let stands = self
            .out
            .segments
            .last()
            .is_some_and(|last| !last.is_copied && last.source == self.cursor);
        if !stands {
            self.out.segments.push(Segment {
                code: to_u32(self.out.code.len()),
                source: self.cursor,
                is_copied: false,
            });
        }
        self.out.code.push_str(text);
    }

    /// Whether the output ends with a byte.
    pub(super) fn ends_with(&self, byte: u8) -> bool {
        self.out.code.as_bytes().last() == Some(&byte)
    }

    /// This place in the output.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            code: self.out.code.len(),
            segment: self.out.segments.len(),
            source: self.cursor,
        }
    }

    /// Text at an earlier place. Later marks are wrong from then on.
    pub(super) fn insert(&mut self, mark: Mark, text: &str) {
        let length = to_u32(text.len());
        let code = to_u32(mark.code);
        self.out.code.insert_str(mark.code, text);
        for segment in self.out.segments.iter_mut().skip(mark.segment) {
            segment.code += length;
        }
        let mut added = vec![Segment {
            code,
            source: mark.source,
            is_copied: false,
        }];
        // A copy that went on over the mark goes on behind the text.
        if let Some(before) = mark
            .segment
            .checked_sub(1)
            .and_then(|index| self.out.segments.get(index))
        {
            added.push(Segment {
                code: code + length,
                source: if before.is_copied {
                    before.source + (code - before.code)
                } else {
                    before.source
                },
                is_copied: before.is_copied,
            });
        }
        self.out.segments.splice(mark.segment..mark.segment, added);
    }

    /// From here on, output goes into a piece of its own.
    pub(super) fn begin_piece(&mut self) -> Piece {
        std::mem::take(&mut self.out)
    }

    /// Ends the piece and goes on with the output before it.
    pub(super) fn end_piece(&mut self, before: Piece) -> Piece {
        std::mem::replace(&mut self.out, before)
    }

    /// Puts a piece here.
    pub(super) fn paste(&mut self, piece: Piece) {
        let code = to_u32(self.out.code.len());
        let moved = piece.segments.into_iter().map(|segment| Segment {
            code: segment.code + code,
            ..segment
        });
        self.out.segments.extend(moved);
        self.out.code.push_str(&piece.code);
    }

    /// The output between a head and a tail of our own.
    pub(super) fn finish(mut self, head: &str, tail: &str) -> (String, Mappings) {
        self.copy_to(to_u32(self.source.len()));
        let mut code = String::with_capacity(head.len() + self.out.code.len() + tail.len());
        code.push_str(head);
        code.push_str(&self.out.code);
        code.push_str(tail);
        let shift = to_u32(head.len());
        for segment in &mut self.out.segments {
            segment.code += shift;
        }
        (code, Mappings(self.out.segments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let mut writer = Writer::new("const a: T = f(b);\nc");
        writer.copy_to(7);
        writer.skip_to(10);
        let mark = writer.mark();
        writer.copy_to(13);
        writer.write("(0, ");
        writer.copy_to(14);
        writer.write(")");
        writer.insert(mark, "/**/");
        let (code, mappings) = writer.finish("head\n", "\ntail");
        assert_eq!(code, "head\nconst a/**/ = (0, f)(b);\nc\ntail");
        let at = |needle: &str| {
            let offset = code.find(needle).unwrap();
            let before = code.get(..offset).unwrap();
            let line = before.matches('\n').count() + 1;
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            mappings.lookup(&code, to_u32(line), to_u32(offset - start + 1))
        };
        assert_eq!(at("head"), None);
        assert_eq!(at("a/**/"), Some(6));
        assert_eq!(at("= (0"), Some(11));
        assert_eq!(at("f)"), Some(13));
        assert_eq!(at("b)"), Some(15));
        assert_eq!(at("c\n"), Some(19));
    }

    /// Every byte that was copied is found where it was, in all sample projects,
    /// and every other one stands for a place before the next.
    #[test]
    fn all_copied_text_maps_to_itself() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![root.join("tests/fixtures"), root.join("../templates")];
        let (mut files, mut bytes) = (0, 0);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if let crate::language::FileKind::Code(language) =
                    crate::language::FileKind::of(path.to_str().unwrap())
                {
                    let text = std::fs::read_to_string(&path).unwrap();
                    bytes += check_copies(language, &text);
                    files += 1;
                }
            }
        }
        assert!(
            files > 150 && bytes > 50_000,
            "{files} files, {bytes} bytes"
        );
    }

    /// Compiles a file and gives the number of bytes that were copied.
    fn check_copies(language: crate::language::Language, text: &str) -> usize {
        let source = std::rc::Rc::new(crate::source::Source::new(text));
        let resolve = |specifier: &str| crate::resolve::Resolution::Module(specifier.to_owned());
        let compiled = super::super::compile("x.tsx", language, &source, &resolve, None);
        let segments = &compiled.mappings.0;
        let mut copied = 0;
        for (index, segment) in segments.iter().enumerate().filter(|(_, one)| one.is_copied) {
            let end = match segments.get(index + 1) {
                Some(next) => next.code,
                // The tail follows without a segment of its own.
                None => segment.code + (to_u32(source.text().len()) - segment.source),
            };
            let length = (end - segment.code) as usize;
            let (code, from) = (segment.code as usize, segment.source as usize);
            assert_eq!(
                compiled.code.get(code..code + length),
                source.text().get(from..from + length),
            );
            copied += length;
        }
        copied
    }

    #[test]
    fn skipped_lines_stay() {
        let mut writer = Writer::new("a<\n\n>b");
        writer.copy_to(1);
        writer.skip_to(5);
        let (code, _) = writer.finish("", "");
        assert_eq!(code, "a\n\nb");
    }
}
