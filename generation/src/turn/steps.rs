//! The steps of a turn: what a request brought, and which one follows.

use std::sync::Arc;

use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::limits::{MAX_APP_BYTES, MAX_CONTINUATIONS};

use super::wanted::{self, Wanted};
use super::{Ask, Phase, Turn, plan, pump, splice, status};
use crate::prompt::with_system;

impl Turn {
    pub(super) fn end_request(&mut self, length: bool, out: &mut Vec<GenerateEvent>) {
        self.join(out);
        if self.ask == Ask::App
            && self.phase == Phase::Writing
            && (length || self.pump.ends_in_file())
        {
            self.broke_off = false;
            if self.go_on("The answer was cut", out) {
                return;
            }
        }
        self.close(length, out);
        if self.ask == Ask::App
            && let Some(path) = &self.summary.cut
        {
            let wanted = [Wanted::new(path, "in which the answer was cut")];
            if self.ask_for(Ask::CutFile, &wanted, out) {
                return;
            }
        }
        if self.ask != Ask::OwedFiles {
            self.ask = Ask::OwedFiles;
            let wanted = wanted::wanted(&self.summary, &self.files, &self.kit);
            if !wanted.is_empty() {
                self.ask_for(Ask::OwedFiles, &wanted, out);
            }
        }
    }

    /// Plans the continuation of a cut answer.
    pub(super) fn go_on(&mut self, why: &str, out: &mut Vec<GenerateEvent>) -> bool {
        if self.continuations >= MAX_CONTINUATIONS || self.answer.len() > MAX_APP_BYTES {
            return false;
        }
        let open = self.pump.open_file().map(|(path, _)| path);
        let open = open.filter(|path| !path.is_empty());
        let place = open.map_or_else(String::new, |path| format!(" in {path}"));
        let messages = plan::continuation(&self.base, &self.answer, open);
        self.next = messages.and_then(|messages| plan::chat_request(messages, self.limit));
        if self.next.is_none() {
            return false;
        }
        self.continuations += 1;
        self.head = Some(String::new());
        self.settle();
        out.push(status(format!("{why}{place}; asking to go on")));
        true
    }

    /// Plans a small prompt for single files.
    fn ask_for(&mut self, ask: Ask, wanted: &[Wanted], out: &mut Vec<GenerateEvent>) -> bool {
        let request = GenerateRequest {
            prompt: plan::files_request(&self.request, wanted),
            files: self.files.clone(),
            history: vec![],
            problems: vec![],
            context: vec![],
            images: vec![],
            provider: None,
            model: None,
            fresh: false,
        };
        let system = self.base.first().map(|rules| rules.content.clone());
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let prompt = with_system(system.unwrap_or_default(), &request, limit, vec![]);
        self.next = plan::chat_request(prompt.messages, self.limit);
        if self.next.is_none() {
            return false;
        }
        self.ask = ask;
        self.asked = wanted.iter().map(|file| file.path.clone()).collect();
        self.came.clear();
        self.running = true;
        self.pump = pump(&Arc::new(self.files.clone()));
        out.push(status(format!("Asking for {}", wanted::named(wanted))));
        true
    }

    /// Joins the beginning of a continuation to the answer.
    pub(super) fn join(&mut self, out: &mut Vec<GenerateEvent>) {
        let Some(head) = self.head.take() else { return };
        let open = self.pump.open_file();
        let finished = !self.pump.ends_in_file();
        let join = splice::join(&self.answer, open, finished, &head);
        if join.keep < self.answer.len() {
            self.answer.truncate(join.keep);
            // What follows was streamed already; the file is shown anew without it.
            self.pump = pump(&self.known);
            self.pump.push(&self.answer);
            let open = self.pump.open_file();
            if let Some((path, text)) = open.filter(|(path, _)| !path.is_empty()) {
                out.push(GenerateEvent::File {
                    filename: path.to_owned(),
                    content: Some(String::new()),
                    complete: false,
                });
                out.push(GenerateEvent::Chunk {
                    filename: Some(path.to_owned()),
                    content: text.to_owned(),
                });
            }
        }
        self.write(head.get(join.skip..).unwrap_or_default(), out);
    }

    pub(super) fn write(&mut self, text: &str, out: &mut Vec<GenerateEvent>) {
        if self.ask == Ask::App && self.answer.len() <= MAX_APP_BYTES {
            self.answer.push_str(text);
        }
        let events = self.pump.push(text);
        self.keep(events, out);
    }

    /// Passes events on and keeps the files.
    fn keep(&mut self, events: Vec<GenerateEvent>, out: &mut Vec<GenerateEvent>) {
        for event in events {
            let filename = match &event {
                // A prompt for some files deletes none.
                GenerateEvent::File { content: None, .. } if self.ask != Ask::App => None,
                GenerateEvent::File { filename, .. } => Some(filename),
                GenerateEvent::Chunk { filename, .. } => filename.as_ref(),
                _ => None,
            };
            if !self.is_wanted(filename) {
                continue;
            }
            if let GenerateEvent::File {
                filename,
                content,
                complete: true,
            } = &event
            {
                match content {
                    Some(text) => {
                        self.files.insert(filename.clone(), text.clone());
                        self.came.push(filename.clone());
                    }
                    None => {
                        self.files.remove(filename);
                    }
                }
            }
            out.push(event);
        }
    }

    /// Whether something of this file, or prose, is to be taken now: where only
    /// some files were asked for, others that exist stay as they are.
    fn is_wanted(&self, filename: Option<&String>) -> bool {
        self.ask == Ask::App
            || filename
                .is_some_and(|path| self.asked.contains(path) || !self.files.contains_key(path))
    }

    /// Ends the running request and adds what it brought to the turn.
    pub(super) fn close(&mut self, length: bool, out: &mut Vec<GenerateEvent>) {
        let pump = std::mem::replace(&mut self.pump, pump(&Arc::default()));
        let (events, summary) = pump.end(length);
        self.keep(events, out);
        self.settle();
        self.running = false;
        if self.ask == Ask::App {
            self.truncated = length;
            self.summary = summary;
            return;
        }
        let all = &mut self.summary;
        for path in std::mem::take(&mut self.came) {
            // What was said of the file before is settled.
            let about = [format!("`{path}` "), format!("The patch for `{path}` ")];
            all.notes
                .retain(|note| !about.iter().any(|about| note.starts_with(about)));
            all.deleted.retain(|deleted| *deleted != path);
            all.unmatched.remove(&path);
            all.elided.remove(&path);
            if all.cut.as_ref() == Some(&path) {
                all.cut = None;
                self.truncated = false;
            }
            if !all.files.contains(&path) {
                all.files.push(path);
            }
        }
        for note in summary.notes {
            if !all.notes.contains(&note) {
                all.notes.push(note);
            }
        }
    }

    /// The running request costs no more.
    fn settle(&mut self) {
        self.spent = self.spent.plus(std::mem::take(&mut self.spending));
        self.phase = Phase::Waiting;
    }
}
