//! One open block, from its opening fence or tag to its end.

use super::fence::Fence;
use super::file::OpenFile;
use super::path::{is_markdown, path_in_first_line};
use super::record::{Ending, Record};
use super::{fence, infer};

/// Lines that a header may be spread over.
const MAX_HEAD_LINES: usize = 3;

/// What ends a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Delimiter {
    Fence(Fence),
    /// Normalised tag name.
    Tag(String),
}

/// Where a block's text goes.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// The first line that isn't blank may name the file.
    Undecided,
    /// Header lines so far, of a header in braces that isn't closed yet.
    Header(Vec<String>),
    File(OpenFile),
    /// Text of a block without a path.
    Anonymous(String),
    /// Nowhere; a note has said why.
    Skip,
}

/// One open block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) delimiter: Delimiter,
    pub(super) target: Target,
    pub(super) language: String,
    /// Path that the lines above gave.
    hint: Option<String>,
    /// Fence inside a tag.
    pub(super) inner: Option<Fence>,
    /// The fence inside the tag has been closed; the rest up to the closing tag isn't code.
    pub(super) after_inner: bool,
    /// Open fences inside a Markdown file.
    pub(super) nested: u32,
}

impl Block {
    /// A block that a fence opens.
    pub(super) fn fenced(
        fence: Fence,
        info: &str,
        hint: Option<String>,
        record: &mut Record,
    ) -> Self {
        let read = fence::read_info(info);
        let mut block = Self::new(Delimiter::Fence(fence), read.language, hint);
        if let Some(path) = read.path {
            block.assign(&path, false, record);
        } else if read.open {
            block.target = Target::Header(vec![info.to_owned()]);
        }
        block
    }

    /// A block that a file tag opens.
    pub(super) fn tagged(name: String, path: &str, record: &mut Record) -> Self {
        let mut block = Self::new(Delimiter::Tag(name), String::new(), None);
        block.assign(path, false, record);
        block
    }

    /// A block whose text isn't wanted.
    pub(super) fn skipped(name: String) -> Self {
        let mut block = Self::new(Delimiter::Tag(name), String::new(), None);
        block.target = Target::Skip;
        block
    }

    fn new(delimiter: Delimiter, language: String, hint: Option<String>) -> Self {
        Self {
            delimiter,
            target: Target::Undecided,
            language,
            hint,
            inner: None,
            after_inner: false,
            nested: 0,
        }
    }

    fn assign(&mut self, path: &str, guessed: bool, record: &mut Record) {
        let file = record.open(path, guessed).map(|mut file| {
            file.is_patch |= self.is_diff();
            file
        });
        self.target = file.map_or(Target::Skip, Target::File);
    }

    fn is_diff(&self) -> bool {
        matches!(self.language.as_str(), "diff" | "patch")
    }

    /// Whether the next line may still name the file.
    pub(super) fn is_undecided(&self) -> bool {
        matches!(self.target, Target::Undecided | Target::Header(_))
    }

    /// Path and text of the file it writes; the path is empty where it isn't known.
    pub(super) fn file(&self) -> Option<(&str, &str)> {
        match &self.target {
            Target::File(file) if file.has_begun() => Some((file.path(), file.text())),
            Target::Anonymous(text) if !text.trim().is_empty() => Some(("", text)),
            _ => None,
        }
    }

    /// Whether fences nest in what is written.
    pub(super) fn is_markdown(&self) -> bool {
        match &self.target {
            Target::File(file) => is_markdown(file.path()),
            _ => matches!(self.language.as_str(), "md" | "mdx" | "markdown"),
        }
    }

    /// Whether anything but blank lines came.
    pub(super) fn has_text(&self) -> bool {
        match &self.target {
            Target::Undecided => false,
            Target::Header(_) | Target::Skip => true,
            Target::File(file) => file.has_begun(),
            Target::Anonymous(text) => !text.trim().is_empty(),
        }
    }

    /// Shows a line to an undecided block. Answers whether the line was part
    /// of the header, so that it isn't written.
    pub(super) fn decide(&mut self, line: &str, record: &mut Record) -> bool {
        match std::mem::replace(&mut self.target, Target::Undecided) {
            Target::Header(lines) => self.read_header(lines, line, record),
            Target::Undecided if line.trim().is_empty() => true,
            Target::Undecided => {
                if self.opens_header(line) {
                    self.target = Target::Header(vec![line.to_owned()]);
                    return true;
                }
                let named = path_in_first_line(line).filter(|_| !infer::is_shell(&self.language));
                let found = named.is_some();
                self.settle(named, record);
                found
            }
            decided => {
                self.target = decided;
                false
            }
        }
    }

    /// Ends the search for a path.
    pub(super) fn settle(&mut self, named: Option<String>, record: &mut Record) {
        let hint = self.hint.take().filter(|hint| {
            !infer::is_shell(&self.language)
                && !matches!(self.language.as_str(), "text" | "plaintext")
                // Without its file a patch may only show something.
                && (!self.is_diff() || record.exists(hint))
        });
        match named.or(hint) {
            Some(path) => self.assign(&path, true, record),
            None => self.target = Target::Anonymous(String::new()),
        }
    }

    fn opens_header(&self, line: &str) -> bool {
        let trimmed = line.trim();
        let lower = trimmed.to_ascii_lowercase();
        self.language != "json"
            && !trimmed.contains('}')
            && (trimmed == "{" && !self.language.is_empty()
                || ["{path", "{file", "{title", "{ path", "{ file"]
                    .iter()
                    .any(|start| lower.starts_with(start)))
    }

    fn read_header(&mut self, mut lines: Vec<String>, line: &str, record: &mut Record) -> bool {
        lines.push(line.trim().to_owned());
        let joined = lines.join(" ");
        let read = fence::read_info(&joined);
        if read.path.is_some() && (joined.contains('}') || !joined.contains('{')) {
            self.settle(read.path, record);
            return true;
        }
        if read.open && lines.len() < MAX_HEAD_LINES {
            self.target = Target::Header(lines);
            return true;
        }
        // No header after all, or one without its closing brace.
        self.settle(read.path, record);
        if matches!(self.target, Target::Anonymous(_)) {
            for line in lines.iter().skip(1) {
                self.write(line, record);
                self.write("\n", record);
            }
            return true;
        }
        true
    }

    /// Appends text.
    pub(super) fn write(&mut self, text: &str, record: &mut Record) {
        if self.after_inner {
            return;
        }
        match &mut self.target {
            Target::File(file) => file.write(text, record),
            Target::Anonymous(kept) if kept.len() <= protocol::limits::MAX_FILE_BYTES => {
                kept.push_str(text);
            }
            _ => {}
        }
    }

    /// Ends the block. A block without a path is handed back.
    pub(super) fn end(self, ending: Ending, record: &mut Record) -> Option<infer::Anonymous> {
        match self.target {
            Target::File(file) => {
                // The fence in the tag has been closed, so the file is whole.
                let ending = if self.after_inner {
                    Ending::Closed
                } else {
                    ending
                };
                file.end(ending, record);
                None
            }
            Target::Anonymous(text) => Some(infer::Anonymous {
                language: self.language,
                text,
                ending,
            }),
            Target::Undecided | Target::Header(_) | Target::Skip => None,
        }
    }
}
