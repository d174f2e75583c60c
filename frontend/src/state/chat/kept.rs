//! What is kept of a turn: every token that came, for a tab that crashes, and
//! the files as they were before, for whoever wants them back.

use leptos::prelude::*;
use protocol::app::{Role, TurnState};

use super::{Chat, StreamedFile};
use crate::message::Sentence;
use crate::platform::clock::sleep_ms;
use crate::platform::idb::{StoreName, Write};
use crate::platform::records::{BeforeRecord, StreamRecord, put, write_before};
use crate::state::spawn;

/// Longest time that a token waits before it is shown and kept, in
/// milliseconds; a batch of the disk comes on top.
const FLUSH_MS: u32 = 40;

impl Chat {
    /// Shows a turn that the page didn't live to finish, and goes on with it
    /// where the server still has it.
    pub(super) fn recover(self, stream: StreamRecord) {
        let over = stream.over
            || self.messages.with_untracked(|messages| {
                messages
                    .last()
                    .is_some_and(|last| last.role == Role::Assistant && !stream.repair)
            });
        self.partial.set(stream.partial.clone());
        if over {
            // Only unfinished text is left of it.
            self.record.set_value(stream);
            return;
        }
        let files = stream.complete.iter().map(|path| (path, true));
        let files = files.chain(stream.partial.keys().map(|path| (path, false)));
        let files = files.map(|(path, complete)| StreamedFile {
            path: path.clone(),
            complete,
            deleted: complete && self.project.text(path).is_none(),
        });
        self.files.set(files.collect());
        self.prose.set(stream.prose.clone());
        let known = !stream.generation.is_empty();
        self.record.set_value(stream);
        self.streaming.set(true);
        self.status
            .set("Going on where the page was closed".to_owned());
        let turn = self.next_turn();
        spawn(async move {
            let went_on = known && self.go_on(turn).await;
            if !went_on && self.turn.get_value() == turn {
                self.finish(
                    TurnState::Stopped,
                    Some(&Sentence {
                        what: "The page was closed while this was being written.".to_owned(),
                        next: Some("Send the request again to have it finished.".to_owned()),
                    }),
                );
            }
        });
    }

    /// Takes down what a file was before the running answer changes it.
    pub(crate) fn remember_before(self, path: &str) {
        let known = self.before.with_untracked(|before| {
            before.answer.contains_key(path) && before.turn.contains_key(path)
        });
        if known {
            return;
        }
        let text = self.project.text(path);
        let mut before = self.before.get_untracked();
        for list in [&mut before.turn, &mut before.answer] {
            list.entry(path.to_owned()).or_insert_with(|| text.clone());
        }
        self.set_before(before);
    }

    pub(super) fn set_before(self, before: BeforeRecord) {
        if self.before.with_untracked(|known| *known == before) {
            return;
        }
        let id = self.project.id().get_untracked();
        self.disk.queue([write_before(&id, &before)]);
        self.before.set(before);
    }

    /// Keeps the record of the turn for as long as unfinished text is left of it.
    pub(super) fn forget_partial(self) {
        let id = self.project.id().get_untracked();
        let partial = self.partial.get_untracked();
        if partial.is_empty() {
            self.disk.queue([Write::Delete(StoreName::Streams, id)]);
            return;
        }
        self.record.update_value(|record| {
            record.partial = partial;
            record.over = true;
        });
        self.keep_record();
    }

    pub(super) fn flush_soon(self) {
        if self.scheduled.get_value() {
            return;
        }
        self.scheduled.set_value(true);
        let turn = self.turn.get_value();
        spawn(async move {
            sleep_ms(FLUSH_MS).await;
            self.scheduled.set_value(false);
            if self.turn.get_value() == turn && self.streaming.get_untracked() {
                self.flush();
            }
        });
    }

    /// Shows and keeps what arrived.
    pub(super) fn flush(self) {
        self.keep_record();
        let (prose, partial) = self
            .record
            .with_value(|record| (record.prose.clone(), record.partial.clone()));
        if self.prose.with_untracked(|shown| *shown != prose) {
            self.prose.set(prose);
        }
        if self.partial.with_untracked(|shown| *shown != partial) {
            self.partial.set(partial);
        }
    }

    pub(super) fn keep_record(self) {
        let id = self.project.id().get_untracked();
        let write = self
            .record
            .with_value(|record| put(StoreName::Streams, id, record));
        self.disk.queue([write]);
    }
}
