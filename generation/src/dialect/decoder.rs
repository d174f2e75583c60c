//! A streamed answer, from bytes in any pieces to events.

use protocol::provider::ProviderKind;
use serde_json::Value;

use super::failure::{Failure, error_text};
use super::lines::{Lines, SseData};
use super::{anthropic, ollama, openai};
use crate::chat::StreamEvent;

/// Longest answer that isn't a stream, in bytes.
const MAX_DOCUMENT_BYTES: usize = 16 * 1024 * 1024;

/// Reads one streamed answer. How the bytes are split changes nothing.
#[derive(Debug)]
pub struct Decoder {
    kind: ProviderKind,
    lines: Lines,
    sse: SseData,
    /// What came while no line was of an event stream.
    document: String,
    is_sse: bool,
    received: bool,
    begun: bool,
    progress: Progress,
}

/// What the pieces so far have said.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Not yet taken by the caller.
    pub(super) events: Vec<StreamEvent>,
    /// A reason for the end came, so nothing is missing if the stream ends now;
    /// whether it was a length limit.
    stopped: Option<bool>,
    done: bool,
    /// Mostly told once, at the start.
    pub(super) prompt_tokens: u64,
}

impl Progress {
    pub(super) fn think(&mut self, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.events.push(StreamEvent::Thinking(text.to_owned()));
        }
    }

    pub(super) fn write(&mut self, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.events.push(StreamEvent::Text(text.to_owned()));
        }
    }

    /// Servers that don't count say zero, or nothing.
    pub(super) fn count(&mut self, prompt: u64, completion: u64, cost_micro_usd: Option<u64>) {
        if prompt > 0 || completion > 0 || cost_micro_usd.is_some_and(|cost| cost > 0) {
            self.events.push(StreamEvent::Usage {
                prompt_tokens: prompt,
                completion_tokens: completion,
                cost_micro_usd,
            });
        }
    }

    pub(super) fn stop(&mut self, length: bool) {
        self.stopped = Some(length || self.stopped == Some(true));
    }

    pub(super) fn end(&mut self) {
        if !self.done {
            self.done = true;
            self.events.push(StreamEvent::Done {
                length: self.stopped == Some(true),
            });
        }
    }
}

impl Decoder {
    /// A decoder at the start of an answer.
    pub fn new(kind: ProviderKind) -> Self {
        Self {
            kind,
            lines: Lines::default(),
            sse: SseData::default(),
            document: String::new(),
            is_sse: false,
            received: false,
            begun: false,
            progress: Progress::default(),
        }
    }

    /// Whether a first piece of the answer was understood; before it a local
    /// model may still be loading.
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// Whether [`StreamEvent::Done`] came; what follows it is ignored.
    pub fn is_done(&self) -> bool {
        self.progress.done
    }

    /// Takes the next bytes and appends the events that they complete.
    ///
    /// # Errors
    /// The answer is over. The events before the failure are appended.
    pub fn push(&mut self, bytes: &[u8], events: &mut Vec<StreamEvent>) -> Result<(), Failure> {
        if self.progress.done || bytes.is_empty() {
            return Ok(());
        }
        self.received = true;
        let (lines, too_long) = self.lines.push(bytes);
        let result = self.read_lines(&lines, false);
        events.append(&mut self.progress.events);
        result?;
        if too_long && !self.progress.done {
            return Err(Failure::Garbage);
        }
        Ok(())
    }

    /// Takes the end of the bytes.
    ///
    /// # Errors
    /// The answer isn't whole.
    pub fn finish(&mut self, events: &mut Vec<StreamEvent>) -> Result<(), Failure> {
        if self.progress.done {
            return Ok(());
        }
        if !self.received {
            return Err(Failure::Empty);
        }
        let last: Vec<String> = self.lines.finish().into_iter().collect();
        let result = self.read_lines(&last, true);
        // A reason for the end is as good as `[DONE]`, which some servers leave out.
        if result.is_ok() && self.progress.stopped.is_some() {
            self.progress.end();
        }
        events.append(&mut self.progress.events);
        result?;
        if self.progress.done {
            Ok(())
        } else {
            Err(Failure::Interrupted)
        }
    }

    fn read_lines(&mut self, lines: &[String], ended: bool) -> Result<(), Failure> {
        for line in lines {
            if self.kind == ProviderKind::Ollama {
                if !line.trim().is_empty() {
                    self.read_data(line, ended)?;
                }
                continue;
            }
            self.is_sse |= is_sse_line(line);
            if !self.is_sse {
                self.document.push_str(line);
                self.document.push('\n');
                if self.document.len() > MAX_DOCUMENT_BYTES {
                    return Err(Failure::Garbage);
                }
            }
            if let Some(data) = self.sse.push(line) {
                self.read_data(&data, ended)?;
            }
        }
        if ended && self.kind != ProviderKind::Ollama {
            if let Some(data) = self.sse.finish() {
                self.read_data(&data, true)?;
            }
            if !self.is_sse {
                // Some servers ignore `stream` and answer with one document.
                let document = std::mem::take(&mut self.document);
                self.read_data(document.trim(), true)?;
            }
        }
        Ok(())
    }

    fn read_data(&mut self, data: &str, ended: bool) -> Result<(), Failure> {
        if self.progress.done {
            return Ok(());
        }
        if data.trim() == "[DONE]" {
            self.progress.end();
            return Ok(());
        }
        let value: Value = serde_json::from_str(data).map_err(|_| {
            if data.trim_start().starts_with('<') {
                Failure::WebPage
            } else if ended && (self.is_sse || self.kind == ProviderKind::Ollama) {
                // Half a line at the end is a broken stream, not a wrong API.
                Failure::Interrupted
            } else {
                Failure::Garbage
            }
        })?;
        if let Some(detail) = error_text(&value) {
            return Err(Failure::in_stream(&detail));
        }
        match self.kind {
            ProviderKind::Ollama => ollama::read(&value, &mut self.progress),
            ProviderKind::Openai => openai::read(&value, &mut self.progress),
            ProviderKind::Anthropic => anthropic::read(&value, &mut self.progress),
        }?;
        self.begun = true;
        Ok(())
    }
}

fn is_sse_line(line: &str) -> bool {
    ["data:", "event:", "id:", "retry:", "error:", ":"]
        .iter()
        .any(|field| line.starts_with(field))
}
