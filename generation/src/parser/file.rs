//! A file that is being written: its text, its faults, and what becomes of it.

use protocol::limits::{MAX_APP_BYTES, MAX_FILE_BYTES};

use super::elision::{count_elisions, is_elision};
use super::record::{Ending, MAX_PATCHED_BYTES, Record};
use super::{FileState, ParseEvent};
use crate::patch::{self, Unmatched};

/// A file that is being written.
#[derive(Debug, Clone)]
pub(super) struct OpenFile {
    path: String,
    text: String,
    begun: bool,
    line_start: usize,
    /// Whether the text is a patch.
    pub(super) is_patch: bool,
    /// The first fault that makes the text unusable.
    fault: Option<Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Elision,
    TooLarge,
}

impl OpenFile {
    pub(super) fn new(path: String) -> Self {
        Self {
            path,
            text: String::new(),
            begun: false,
            line_start: 0,
            is_patch: false,
            fault: None,
        }
    }

    /// Where it goes.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What came so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether anything but blank lines came.
    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    /// Appends text. Leading blank lines are dropped.
    pub(super) fn write(&mut self, text: &str, record: &mut Record) {
        if self.fault == Some(Fault::TooLarge) {
            return;
        }
        self.text.push_str(text);
        if self.text.len() > MAX_FILE_BYTES {
            self.fault = Some(Fault::TooLarge);
            self.text.clear();
            return;
        }
        if self.begun {
            self.emit(text.to_owned(), record);
        } else if !text.trim().is_empty() {
            let blank = self.text.len() - self.text.trim_start().len();
            let lines = self
                .text
                .get(..blank)
                .and_then(|space| space.rfind('\n'))
                .map_or(0, |at| at + 1);
            self.text.drain(..lines);
            self.begun = true;
            record.events.push(ParseEvent::FileStart {
                path: self.path.clone(),
            });
            self.emit(self.text.clone(), record);
        }
        // Lines are looked at when they are complete, each once.
        if text.contains('\n') {
            self.inspect(false);
        }
    }

    fn emit(&self, text: String, record: &mut Record) {
        if !text.is_empty() {
            record.events.push(ParseEvent::FileText {
                path: self.path.clone(),
                text,
            });
        }
    }

    /// Looks at the lines that are complete since the last time.
    fn inspect(&mut self, all: bool) {
        if self.fault == Some(Fault::TooLarge) || !self.begun {
            return;
        }
        let Some(fresh) = self.text.get(self.line_start..) else {
            return;
        };
        let complete = if all {
            fresh.len()
        } else {
            fresh.rfind('\n').map_or(0, |at| at + 1)
        };
        for line in fresh.get(..complete).unwrap_or_default().lines() {
            self.is_patch |= patch::is_mark(line);
            if is_elision(&self.path, line) {
                self.fault = Some(Fault::Elision);
            }
        }
        self.line_start += complete;
    }

    /// Ends the file and says what became of it.
    pub(super) fn end(mut self, ending: Ending, record: &mut Record) {
        let path = self.path.clone();
        if !self.begun && self.fault.is_none() {
            if ending == Ending::Closed {
                record.note(format!("`{path}` was empty and was left out."));
            }
            return;
        }
        if ending != Ending::StreamEnd && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.write("\n", record);
        }
        self.inspect(true);
        let mut ending = ending;
        if self.is_patch && self.fault != Some(Fault::TooLarge) {
            if patch::is_closed(&self.text) {
                ending = Ending::Closed;
            }
            if ending == Ending::StreamEnd {
                record.note(cut_note(&path));
                record.cut = Some(path.clone());
            }
            if ending == Ending::StreamEnd || !self.apply_patch(record) {
                record.unmatched.insert(path);
                self.push_end(FileState::Rejected, record);
                return;
            }
        }
        let previous = record.exists(&path);
        let refused = match self.fault {
            Some(Fault::TooLarge) => Some(format!(
                "`{path}` was left out: a file has at most {} KB.",
                MAX_FILE_BYTES / 1024
            )),
            Some(Fault::Elision) if previous => Some(format!(
                "`{path}` left parts of the code out, so the file stays as it was; ask for the whole file."
            )),
            Some(Fault::Elision) => {
                record.note(format!(
                    "`{path}` leaves parts of the code out; ask for the whole file."
                ));
                None
            }
            None => None,
        };
        let others = record.total_bytes() - record.texts.get(&path).map_or(0, String::len);
        let refused = refused.or_else(|| {
            (others + self.text.len() > MAX_APP_BYTES).then(|| {
                format!(
                    "`{path}` was left out: an app has at most {} MB.",
                    MAX_APP_BYTES / 1024 / 1024
                )
            })
        });
        if let Some(note) = refused {
            record.note(note);
            if self.fault == Some(Fault::Elision) {
                record.elided.insert(path);
            }
            self.push_end(FileState::Rejected, record);
            return;
        }
        if ending == Ending::StreamEnd {
            record.note(cut_note(&path));
            record.cut = Some(path);
            self.push_end(FileState::Cut, record);
            return;
        }
        if ending == Ending::Replaced {
            record.note(format!(
                "`{path}` had no end mark; it was taken to end where the next file begins."
            ));
        }
        if !record.written.contains(&path) {
            record.written.push(path.clone());
        } else if !self.is_patch {
            record.note(format!(
                "`{path}` was written more than once; the last version counts."
            ));
        }
        record.deleted.retain(|deleted| *deleted != path);
        record.unmatched.remove(&path);
        if self.fault == Some(Fault::Elision) {
            record.elided.insert(path.clone());
        } else {
            record.elided.remove(&path);
        }
        record.texts.insert(path.clone(), self.text.clone());
        record
            .imports
            .extend(super::infer::local_imports(&path, &self.text));
        self.push_end(FileState::Complete, record);
    }

    /// Turns the patch into the text that it makes of its file. `false` when it
    /// doesn't fit; a note says where.
    fn apply_patch(&mut self, record: &mut Record) -> bool {
        let path = &self.path;
        let base = record.text(path).unwrap_or_default();
        record.patched_bytes += base.len() + self.text.len();
        let result = if record.patched_bytes > MAX_PATCHED_BYTES {
            Err(Unmatched::Unreadable)
        } else {
            patch::apply(&base, &self.text)
        };
        let why = match result {
            Ok(text) => {
                // Placeholders in what is looked for harm nothing.
                self.fault = None;
                if count_elisions(path, &text) > count_elisions(path, &base) {
                    self.fault = Some(Fault::Elision);
                }
                if text.len() > MAX_FILE_BYTES {
                    self.fault = Some(Fault::TooLarge);
                }
                self.text = text;
                return true;
            }
            Err(_) if !record.exists(path) => "the app has no such file".to_owned(),
            Err(Unmatched::NotFound(line)) => format!("`{line}` isn't there"),
            Err(Unmatched::Ambiguous(line)) => format!("`{line}` is there more than once"),
            Err(Unmatched::Unreadable) => "it can't be read".to_owned(),
        };
        record.note(format!(
            "The patch for `{path}` doesn't fit: {why}; ask for the whole file."
        ));
        false
    }

    fn push_end(self, state: FileState, record: &mut Record) {
        record.events.push(ParseEvent::FileEnd {
            path: self.path,
            content: self.text,
            state,
        });
    }
}

fn cut_note(path: &str) -> String {
    format!("`{path}` ends in the middle: the answer stopped there.")
}
