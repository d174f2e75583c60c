//! Finds the files in a model's answer while it arrives.
//!
//! The protocol that [`crate::prompt`] asks for is a Markdown fence with
//! `path=` around each whole file. Small models answer in many other ways; the
//! parser takes all that were seen: other attribute names, the path on the
//! line above or in the first comment, tags of other tools, JSON, missing
//! ends, patches and placeholders.
//!
//! The state machine works on lines. Inside a file everything is passed on at
//! once but the few bytes that could be a fence or a tag; every byte is looked
//! at a bounded number of times. How the text is split over [`Parser::push`]
//! changes nothing about the files.
//!
//! Not here: resolving imports and compiling, which the bundler does.

mod block;
mod block_steps;
mod elision;
mod fence;
mod file;
mod infer;
mod json;
mod loose;
mod path;
mod prose;
mod record;
mod steps;
mod tag;

pub(crate) use infer::local_imports;
pub(crate) use path::{extension, without_extension};

use std::collections::BTreeSet;
use std::sync::Arc;

use protocol::app::Files;

use infer::Anonymous;
use prose::Prose;
use record::{Ending, Record};
use steps::State;

/// The beginning of a code block at the start of a line.
pub(crate) struct Opening {
    /// Bytes that belong to it.
    pub(crate) length: usize,
    /// Its path, cleaned, where it names one.
    pub(crate) path: Option<String>,
    /// Whether it could as well be the end of a block.
    pub(crate) is_bare: bool,
}

/// Reads a fence, or the tag of a file.
pub(crate) fn opening(line: &str) -> Option<Opening> {
    if let Some(fence) = fence::fence_line(line) {
        return Some(Opening {
            length: line.len(),
            path: fence::read_info(fence.info).path,
            is_bare: fence.info.is_empty(),
        });
    }
    let trimmed = line.trim_start();
    match tag::look(trimmed) {
        tag::Look::Tag {
            length,
            meaning: tag::Meaning::File { path, .. },
        } => Some(Opening {
            length: line.len() - trimmed.len() + length,
            path: Some(path),
            is_bare: false,
        }),
        _ => None,
    }
}

/// Text of one unclosed think block that is kept, in bytes.
const MAX_THOUGHT: usize = 512 * 1024;

/// What the parser has to know.
#[derive(Debug, Clone, Default)]
pub struct ParserOptions {
    /// Files of the app as it is; empty for a new app.
    pub known: Arc<Files>,
}

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Whole: it replaces the file of that path.
    Complete,
    /// The stream ended inside it. The content is what came.
    Cut,
    /// Must not be used (placeholder, patch, limit); a note says why. The app
    /// keeps what it had.
    Rejected,
}

/// One event of the stream, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseEvent {
    /// A file begins. Its path keeps [`protocol::path::check_path`].
    FileStart {
        /// Project path.
        path: String,
    },
    /// Text of the file that is open, to append.
    FileText {
        /// Project path.
        path: String,
        /// The text.
        text: String,
    },
    /// A file ends.
    FileEnd {
        /// Project path.
        path: String,
        /// The whole text: all [`ParseEvent::FileText`] joined, or what the patch that they
        /// are makes of the file (empty when it grew over its limit).
        content: String,
        /// Whether it can be used.
        state: FileState,
    },
    /// A file of the app, or of this stream, is deleted.
    Delete {
        /// Project path.
        path: String,
    },
    /// Text for the conversation, to append.
    Prose {
        /// Markdown.
        text: String,
    },
    /// Something was guessed or dropped.
    Note {
        /// One sentence.
        text: String,
    },
}

/// What the stream held, known at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Complete files, in order of their first completion.
    pub files: Vec<String>,
    /// Deleted files, in order.
    pub deleted: Vec<String>,
    /// All notes.
    pub notes: Vec<String>,
    /// The file in whose middle the stream ended.
    pub cut: Option<String>,
    /// Files whose patch doesn't fit what the app has; not those that came whole afterwards.
    pub unmatched: BTreeSet<String>,
    /// Files with comments in place of code, taken or not; not those that came whole afterwards.
    pub elided: BTreeSet<String>,
}

/// The parser of one answer.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact about the text, none excludes another"
)]
pub struct Parser {
    record: Record,
    prose: Prose,
    state: State,
    /// The current line as far as it has come, without its break.
    line: String,
    /// Bytes of `line` that are dealt with.
    at: usize,
    /// Whether `at` is where a header, fence or tag can stand.
    fresh: bool,
    /// Start of the code in `line`, for a closing fence at its end.
    from: usize,
    /// A known tag waits for its `>`; nothing else needs a look before it.
    awaits_tag_end: bool,
    pending_return: bool,
    begun: bool,
    ended: bool,
    /// A fence around tags, whose end is no beginning.
    outer: Option<fence::Fence>,
    anonymous: Vec<Anonymous>,
    thought: String,
    ignore_thinking: bool,
}

impl Parser {
    /// A parser at the start of an answer.
    pub fn new(options: ParserOptions) -> Self {
        Self {
            record: Record {
                known: options.known.keys().cloned().collect(),
                base: options.known,
                ..Record::default()
            },
            prose: Prose::default(),
            state: State::Prose,
            line: String::new(),
            at: 0,
            fresh: true,
            from: 0,
            awaits_tag_end: false,
            pending_return: false,
            begun: false,
            ended: false,
            outer: None,
            anonymous: Vec::new(),
            thought: String::new(),
            ignore_thinking: false,
        }
    }

    /// Takes the next text, of any length.
    pub fn push(&mut self, text: &str) -> Vec<ParseEvent> {
        self.feed(text);
        std::mem::take(&mut self.record.events)
    }

    /// Ends the answer: closes what is open and places code blocks without a path.
    pub fn finish(mut self) -> (Vec<ParseEvent>, Summary) {
        self.close();
        if !self.thought.is_empty() && self.record.written.is_empty() && self.record.cut.is_none() {
            self.reread_thought();
        }
        if let Some(raw) = self.prose.finish(&mut self.record) {
            self.place_raw(&raw);
        }
        infer::place(std::mem::take(&mut self.anonymous), &mut self.record);
        let Record {
            events,
            written,
            deleted,
            notes,
            cut,
            unmatched,
            elided,
            ..
        } = self.record;
        (
            events,
            Summary {
                files: written,
                deleted,
                notes,
                cut,
                unmatched,
                elided,
            },
        )
    }

    /// Path and text so far of the file that is being written. The path is
    /// empty where nothing has named it yet.
    pub fn open_file(&self) -> Option<(&str, &str)> {
        match &self.state {
            State::Block(block) => block.file(),
            _ => None,
        }
    }

    /// Line breaks become `\n`, a byte order mark at the start goes.
    fn feed(&mut self, text: &str) {
        let mut text = text;
        if !self.begun && !text.is_empty() {
            self.begun = true;
            text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        }
        if text.is_empty() || (!self.pending_return && !text.contains('\r')) {
            self.lines(text);
            return;
        }
        let mut parts = text.split('\r').peekable();
        let mut breaks = std::mem::take(&mut self.pending_return);
        while let Some(mut part) = parts.next() {
            let is_last = parts.peek().is_none();
            if breaks && is_last && part.is_empty() && text.ends_with('\r') {
                // Its line feed may be at the start of the next text.
                self.pending_return = true;
                return;
            }
            if breaks {
                part = part.strip_prefix('\n').unwrap_or(part);
                self.lines("\n");
            }
            self.lines(part);
            breaks = true;
        }
    }

    fn lines(&mut self, text: &str) {
        for piece in text.split_inclusive('\n') {
            let (body, ends) = match piece.strip_suffix('\n') {
                Some(body) => (body, true),
                None => (piece, false),
            };
            self.line.push_str(body);
            let quiet = self.awaits_tag_end
                && !ends
                && !body.contains('>')
                && self.line.len() - self.at <= tag::MAX_TAG;
            if !quiet {
                self.awaits_tag_end = false;
                self.run(ends);
            }
        }
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.pending_return) {
            self.lines("\n");
        }
        self.ended = true;
        if !self.line.is_empty() {
            self.run(true);
        }
        match std::mem::replace(&mut self.state, State::Prose) {
            State::Block(block) => {
                if let Some(anonymous) = block.end(Ending::StreamEnd, &mut self.record) {
                    self.take_anonymous(anonymous);
                }
            }
            State::TagHead { text, .. } => self.prose.write(&text, &mut self.record),
            State::Prose => {}
            State::Think => return,
        }
        // The block ended, so its thoughts are only thoughts.
        self.thought.clear();
    }
}
