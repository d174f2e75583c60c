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
mod infer;
mod json;
mod path;
mod prose;
mod record;
mod steps;
mod tag;

pub(crate) use fence::fence_line;
pub(crate) use infer::local_imports;
pub(crate) use path::{extension, without_extension};

use std::collections::BTreeSet;
use std::sync::Arc;

use protocol::app::Files;

use crate::patch;
use infer::Anonymous;
use prose::Prose;
use record::{Ending, Record};
use steps::State;

/// The path in a fence's info string, cleaned.
pub(crate) fn path_of_info(info: &str) -> Option<String> {
    fence::read_info(info).path
}

/// Text of one unclosed think block that is kept, in bytes.
const MAX_THOUGHT: usize = 512 * 1024;

/// Most code blocks without a path that are kept until the end: each is
/// compared with every other.
const MAX_ANONYMOUS: usize = 32;

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

    /// Path and text so far of the file that is being written.
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

    /// A think block that was never closed may hold the whole answer.
    fn reread_thought(&mut self) {
        let thought = std::mem::take(&mut self.thought);
        if !thought.contains("```") && !thought.contains("~~~") && !thought.contains("path=") {
            self.record.note(
                "The model only thought and wrote no files; try again or choose another model."
                    .to_owned(),
            );
            return;
        }
        self.record.note(
            "The model never ended its thinking; the files were taken from there.".to_owned(),
        );
        self.ignore_thinking = true;
        self.ended = false;
        self.fresh = true;
        self.feed(&thought);
        self.close();
    }

    /// An answer that is nothing but code or JSON.
    fn place_raw(&mut self, raw: &str) {
        let found = json::files(raw);
        if raw.trim_start().starts_with(['{', '[']) && !found.is_empty() {
            self.take_json(found);
            return;
        }
        if let Some((first, rest)) = raw.trim_start().split_once('\n')
            && let Some(path) = path::path_in_first_line(first)
            && infer::is_code("", rest)
        {
            self.record.note(format!(
                "The answer was only code; it was taken as `{path}`."
            ));
            self.record.whole(&path, rest, Ending::Closed);
        } else if raw.contains("export default") && infer::is_code("", raw) {
            self.anonymous.push(Anonymous {
                language: "tsx".to_owned(),
                text: raw.to_owned(),
                ending: Ending::Closed,
            });
        } else {
            self.prose.give_back(raw, &mut self.record);
        }
    }

    fn take_json(&mut self, found: Vec<json::JsonFile>) {
        self.record
            .note("The files came as JSON instead of code blocks.".to_owned());
        for file in found {
            let ending = if file.complete {
                Ending::Closed
            } else {
                Ending::StreamEnd
            };
            self.record.whole(&file.path, &file.content, ending);
        }
    }

    /// A block without a path has ended: uses what is clear at once and keeps
    /// the rest until all files are known.
    fn take_anonymous(&mut self, block: Anonymous) {
        let text = block.text.trim();
        if text.is_empty() {
            return;
        }
        if text
            .lines()
            .all(|line| line.trim().is_empty() || path::delete_line(line).is_some())
        {
            for path in text.lines().filter_map(path::delete_line) {
                self.record.delete_or_note(&path);
            }
            return;
        }
        if infer::is_shell(&block.language) {
            self.record.note(
                "Commands for a terminal were left out: apps here need no installation.".to_owned(),
            );
            return;
        }
        if self.take_patch(&block) {
            return;
        }
        if text.starts_with(['{', '[']) {
            let found = json::files(text);
            if !found.is_empty() {
                self.take_json(found);
                return;
            }
        }
        if !infer::is_code(&block.language, text) {
            let shown = match block.language.as_str() {
                // Some models put their whole answer into one fence.
                "md" | "markdown" => format!("{text}\n"),
                language => format!("```{language}\n{text}\n```\n"),
            };
            self.prose.write(&shown, &mut self.record);
            return;
        }
        let is_app = infer::exported_name(text) == Some("App") && text.contains("export default");
        let app = format!("src/App.{}", infer::suffix(&block));
        if is_app && (self.record.known.is_empty() || self.record.exists(&app)) {
            self.record
                .note(format!("A code block without a path was taken as `{app}`."));
            self.record.whole(&app, &block.text, block.ending);
            return;
        }
        if self.anonymous.len() < MAX_ANONYMOUS {
            self.anonymous.push(block);
        } else {
            self.record.note(format!(
                "Code blocks without a path after the first {MAX_ANONYMOUS} were left out."
            ));
        }
    }

    /// A patch that names its files, or fits only one of those that the app has.
    fn take_patch(&mut self, block: &Anonymous) -> bool {
        let is_diff = matches!(block.language.as_str(), "diff" | "patch");
        if !is_diff && !block.text.lines().any(patch::is_mark) {
            return false;
        }
        let sections = patch::sections(&block.text);
        let is_named = !sections.is_empty();
        for (path, section) in sections {
            match section {
                Some(section) => self.record.patch(&path, &section, block.ending),
                None => self.record.delete_or_note(&path),
            }
        }
        if is_named {
            return true;
        }
        let Some(path) = self.record.only_match(&block.text) else {
            return false;
        };
        self.record
            .note(format!("A patch without a path was taken for `{path}`."));
        self.record.patch(&path, &block.text, block.ending);
        true
    }
}
