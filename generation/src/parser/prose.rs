//! The text around the files, as it goes to the conversation.

use protocol::limits::MAX_FILE_BYTES;

use super::ParseEvent;
use super::path::LinePath;
use super::record::Record;

/// Prose on its way out.
#[derive(Debug, Clone, Default)]
pub(super) struct Prose {
    /// A line that may be the header of the fence below it.
    held: Option<(String, LinePath)>,
    /// Path of the last heading, for a fence that follows later.
    section: Option<String>,
    /// Line breaks that wait for more text, so that removed files leave no gaps.
    breaks: usize,
    started: bool,
    /// An answer that began like code or JSON without a fence.
    raw: Option<String>,
}

impl Prose {
    /// Passes text on; `text` may hold line breaks.
    pub(super) fn write(&mut self, text: &str, record: &mut Record) {
        self.flush(record);
        self.push(text, record);
    }

    fn push(&mut self, text: &str, record: &mut Record) {
        if !self.started && self.raw.is_none() && !text.trim().is_empty() && begins_like_code(text)
        {
            self.raw = Some(String::new());
        }
        if let Some(raw) = &mut self.raw {
            raw.push_str(text);
            if raw.len() > MAX_FILE_BYTES {
                self.release(record);
            }
            return;
        }
        self.pass(text, record);
    }

    fn pass(&mut self, text: &str, record: &mut Record) {
        // The indentation of a tag that went away.
        if self.breaks > 0 && !text.is_empty() && text.bytes().all(|b| b == b' ' || b == b'\t') {
            return;
        }
        let text = if self.started {
            text
        } else {
            text.trim_start()
        };
        let body = text.trim_end_matches('\n');
        if !body.is_empty() {
            // One blank line at most.
            let mut out = "\n".repeat(self.breaks.min(2));
            out.push_str(body);
            self.breaks = 0;
            self.started = true;
            record.events.push(ParseEvent::Prose { text: out });
        }
        self.breaks += text.len() - body.len();
    }

    /// Ends a line.
    pub(super) fn line_break(&mut self, record: &mut Record) {
        if let Some((held, _)) = &mut self.held {
            held.push('\n');
        } else {
            self.push("\n", record);
        }
    }

    /// Keeps a line back until it is clear whether a fence follows.
    pub(super) fn hold(&mut self, line: &str, found: LinePath, record: &mut Record) {
        self.flush(record);
        if found.heading {
            self.section = Some(found.path.clone());
        }
        self.held = Some((format!("{line}\n"), found));
    }

    /// Passes on a line that turned out to be prose.
    pub(super) fn flush(&mut self, record: &mut Record) {
        if let Some((line, _)) = self.held.take() {
            self.push(&line, record);
        }
    }

    /// A block begins: answers with the path that the lines above give it. A
    /// line that held nothing else isn't passed on.
    pub(super) fn take_hint(&mut self, record: &mut Record) -> Option<String> {
        let section = self.section.take();
        let hint = match self.held.take() {
            Some((line, found)) => {
                if !found.pure {
                    self.push(&line, record);
                }
                Some(found.path)
            }
            None => section,
        };
        self.release(record);
        hint
    }

    /// What began like code was prose after all.
    fn release(&mut self, record: &mut Record) {
        if let Some(raw) = self.raw.take() {
            self.started = true;
            self.pass(&raw, record);
        }
    }

    /// The stream ends: answers with the text of an answer that was only code.
    pub(super) fn finish(&mut self, record: &mut Record) -> Option<String> {
        self.flush(record);
        self.raw.take()
    }

    /// Gives back what [`Self::finish`] answered with.
    pub(super) fn give_back(&mut self, raw: &str, record: &mut Record) {
        self.started = true;
        self.pass(raw, record);
    }
}

fn begins_like_code(text: &str) -> bool {
    let text = text.trim_start();
    [
        "{",
        "[{",
        "import ",
        "export ",
        "\"use client\"",
        "'use client'",
        "// ",
        "const ",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}
