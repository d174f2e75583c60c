//! The conversation with the model, and the turn that is being streamed.
//!
//! Files go to the project as each is complete. Every streamed token is in the
//! browser's database within [`FLUSH_MS`] and a batch of the disk, so that a
//! crash of the tab loses nothing.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use protocol::app::{Author, Message, Role, TurnState};
use protocol::generate::{GenerateEvent, GenerateRequest, Turn};
use protocol::limits::{MAX_MESSAGE_BYTES, MAX_PROMPT_BYTES};

use super::Handle;
use super::compiler::Changes;
use super::disk::Disk;
use super::library::Library;
use super::project::{Opened, Phase, Project};
use super::provider::{ProviderState, ProviderStatus};
use super::session::{Server, Session};
use super::spawn;
use super::sync::Sync;
use super::toasts::Toasts;
use crate::api;
use crate::message::{Sentence, describe};
use crate::platform::clock::{new_id, now_ms, sleep_ms};
use crate::platform::idb::{StoreName, Write};
use crate::platform::records::{StreamRecord, put, write_message};

/// Longest time that a token waits before it is shown and kept, in milliseconds.
const FLUSH_MS: u32 = 40;
/// Earlier turns that the model sees.
const MAX_HISTORY: usize = 20;

/// One file of the running turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StreamedFile {
    /// Project path.
    pub(crate) path: String,
    /// The model has finished it.
    pub(crate) complete: bool,
    /// The model deleted it.
    pub(crate) deleted: bool,
}

/// Handle to the conversation.
pub(crate) type Chat = Handle<ChatStore>;

/// What stands behind [`Chat`].
pub(crate) struct ChatStore {
    messages: RwSignal<Vec<Message>>,
    /// A turn runs.
    streaming: RwSignal<bool>,
    status: RwSignal<String>,
    prose: RwSignal<String>,
    files: RwSignal<Vec<StreamedFile>>,
    /// Text so far of files that aren't complete; after a turn that broke off, what was left of it.
    partial: RwSignal<BTreeMap<String, String>>,
    /// Tokens of prompt and answer, when the provider tells.
    usage: RwSignal<Option<(u64, u64)>>,
    /// A prompt that waits for a model.
    waiting: RwSignal<Option<String>>,
    /// The turn as it is kept on disk; ahead of the signals by at most [`FLUSH_MS`].
    record: StoredValue<StreamRecord>,
    scheduled: StoredValue<bool>,
    abort: StoredValue<Option<api::Abort>, LocalStorage>,
    /// Rises with every turn and every app, so that late events are dropped.
    turn: StoredValue<u64>,
    project: Project,
    library: Library,
    disk: Disk,
    sync: Sync,
    session: Session,
    provider: ProviderState,
    toasts: Toasts,
}

impl Chat {
    pub(super) fn new() -> Self {
        Handle::keep(ChatStore {
            messages: RwSignal::new(Vec::new()),
            streaming: RwSignal::new(false),
            status: RwSignal::new(String::new()),
            prose: RwSignal::new(String::new()),
            files: RwSignal::new(Vec::new()),
            partial: RwSignal::new(BTreeMap::new()),
            usage: RwSignal::new(None),
            waiting: RwSignal::new(None),
            record: StoredValue::new(StreamRecord::default()),
            scheduled: StoredValue::new(false),
            abort: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            project: Project::expect(),
            library: Library::expect(),
            disk: Disk::expect(),
            sync: Sync::expect(),
            session: Session::expect(),
            provider: ProviderState::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// The page's conversation.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Messages, oldest first.
    pub(crate) fn messages(self) -> Signal<Vec<Message>> {
        self.messages.into()
    }

    /// Whether a turn runs.
    pub(crate) fn streaming(self) -> Signal<bool> {
        self.streaming.into()
    }

    /// What the running turn does, one short sentence.
    pub(crate) fn status(self) -> Signal<String> {
        self.status.into()
    }

    /// Prose of the running turn.
    pub(crate) fn prose(self) -> Signal<String> {
        self.prose.into()
    }

    /// Files of the running turn, in order.
    pub(crate) fn files(self) -> Signal<Vec<StreamedFile>> {
        self.files.into()
    }

    /// Text so far of files that the model didn't finish (yet).
    pub(crate) fn partial(self) -> Signal<BTreeMap<String, String>> {
        self.partial.into()
    }

    /// Tokens of prompt and answer of the last turn.
    pub(crate) fn usage(self) -> Signal<Option<(u64, u64)>> {
        self.usage.into()
    }

    /// A prompt that waits for a model to be reachable.
    pub(crate) fn waiting(self) -> Signal<Option<String>> {
        self.waiting.into()
    }

    /// Opens an app with its conversation. A prompt that it was made from is
    /// sent; a turn that a crash interrupted is shown as far as it came.
    pub(crate) fn open(self, id: &str) {
        let same = self.project.id().get_untracked() == id;
        if same && self.project.phase().get_untracked() == Phase::Open {
            return;
        }
        self.leave();
        let turn = self.next_turn();
        let id = id.to_owned();
        spawn(async move {
            let Some(opened) = self.project.open(&id).await else {
                return;
            };
            if self.turn.get_value() == turn {
                self.take(&id, opened);
            }
        });
    }

    /// Leaves the app; a running turn is stopped and kept.
    pub(crate) fn close(self) {
        self.leave();
        self.project.close();
    }

    /// Sends a prompt. `false` when it can't be sent now, which a notice explains.
    pub(crate) fn send(self, prompt: &str) -> bool {
        self.begin(prompt, Vec::new())
    }

    /// Asks the model to repair what is wrong.
    pub(crate) fn ask_to_fix(self, problems: Vec<String>) -> bool {
        let words = match problems.len() {
            1 => "Fix this problem.".to_owned(),
            count => format!("Fix these {count} problems."),
        };
        self.begin(&words, problems)
    }

    /// Stops the running turn; what arrived stays.
    pub(crate) fn stop(self) {
        if self.streaming.get_untracked() {
            self.next_turn();
            self.finish(TurnState::Stopped, None);
        }
    }

    /// Takes the unfinished text of a file as the file.
    pub(crate) fn keep_partial(self, path: &str) {
        let text = self
            .partial
            .try_update(|partial| partial.remove(path))
            .flatten();
        if let Some(text) = text {
            let changes = Changes::from([(path.to_owned(), Some(text))]);
            self.project.apply(changes, Author::Model);
            self.project.open_file(path);
        }
        self.forget_partial();
    }

    /// Drops the unfinished text of a file.
    pub(crate) fn drop_partial(self, path: &str) {
        self.partial.update(|partial| {
            partial.remove(path);
        });
        self.forget_partial();
    }

    pub(super) fn start(self) {
        Effect::new(move |_| {
            let ready = matches!(self.provider.status().get(), ProviderStatus::Ready(_));
            if !ready || self.project.phase().get() != Phase::Open {
                return;
            }
            if let Some(prompt) = self.waiting.get() {
                untrack(|| self.send(&prompt));
            }
        });
    }

    fn leave(self) {
        self.stop();
        self.next_turn();
        self.messages.set(Vec::new());
        self.clear_turn();
        self.waiting.set(None);
    }

    fn take(self, id: &str, opened: Opened) {
        self.messages.set(opened.messages);
        match opened.stream {
            Some(stream) if stream.started => self.recover(stream),
            Some(stream) => self.waiting.set(Some(stream.prompt)),
            None => {}
        }
        self.fetch_messages(id.to_owned());
    }

    /// Shows a turn that the page didn't live to finish.
    fn recover(self, stream: StreamRecord) {
        let over = self.messages.with_untracked(|messages| {
            messages
                .last()
                .is_some_and(|last| last.role == Role::Assistant)
        });
        self.partial.set(stream.partial.clone());
        if over {
            // Only unfinished text is left of it.
            self.record.set_value(stream);
            return;
        }
        self.record.set_value(stream);
        let note = Sentence {
            what: "The page was closed while this was being written.".to_owned(),
            next: Some("Send the request again to have it finished.".to_owned()),
        };
        self.finish(TurnState::Stopped, Some(&note));
    }

    /// Adds messages that only the server has.
    fn fetch_messages(self, id: String) {
        let known = self
            .library
            .peek(&id)
            .is_some_and(|record| record.server_revision > 0);
        if !known || self.session.server().get_untracked() != Server::Present {
            return;
        }
        spawn(async move {
            let Ok(theirs) = api::list_messages(&id).await else {
                return;
            };
            if self.project.id().get_untracked() != id {
                return;
            }
            let known: BTreeSet<String> = self
                .messages
                .with_untracked(|messages| messages.iter().map(|m| m.id.clone()).collect());
            let new: Vec<Message> = theirs
                .into_iter()
                .filter(|message| !known.contains(&message.id))
                .collect();
            if new.is_empty() {
                return;
            }
            self.disk
                .queue(new.iter().map(|message| write_message(&id, message)));
            self.messages.update(|messages| {
                messages.extend(new);
                messages.sort_by_key(|message| message.created_ms);
            });
        });
    }

    fn begin(self, prompt: &str, problems: Vec<String>) -> bool {
        let prompt = prompt.trim();
        if prompt.is_empty()
            || self.streaming.get_untracked()
            || self.project.phase().get_untracked() != Phase::Open
        {
            return false;
        }
        if prompt.len() > MAX_PROMPT_BYTES {
            self.toasts.warning(format!(
                "The request is longer than {} KB. Shorten it, or put long text into a file.",
                MAX_PROMPT_BYTES / 1024
            ));
            return false;
        }
        let history = self.history();
        let message = Message {
            id: new_id(),
            role: Role::User,
            content: prompt.to_owned(),
            files: Vec::new(),
            state: TurnState::Done,
            created_ms: now_ms(),
        };
        self.clear_turn();
        self.waiting.set(None);
        self.record.set_value(StreamRecord {
            prompt: prompt.to_owned(),
            problems: problems.clone(),
            started: true,
            message_id: message.id.clone(),
            ..StreamRecord::default()
        });
        self.add_message(message);
        self.keep_record();
        self.streaming.set(true);
        self.status.set("Sending the request".to_owned());
        let request = GenerateRequest {
            prompt: prompt.to_owned(),
            files: self.project.all(),
            history,
            problems,
        };
        let turn = self.next_turn();
        spawn(self.run(turn, request));
        true
    }

    fn history(self) -> Vec<Turn> {
        self.messages.with_untracked(|messages| {
            let skipped = messages.len().saturating_sub(MAX_HISTORY);
            messages
                .iter()
                .skip(skipped)
                .filter(|message| !message.content.is_empty())
                .map(|message| Turn {
                    role: message.role,
                    content: message.content.clone(),
                })
                .collect()
        })
    }

    async fn run(self, turn: u64, request: GenerateRequest) {
        let abort = api::Abort::new();
        let opened = api::generate(&request, &abort);
        self.abort.set_value(Some(abort.clone()));
        let mut stream = match opened.await {
            Ok(stream) => stream,
            Err(error) => return self.failed(turn, &error),
        };
        loop {
            let event = stream.next().await;
            if self.turn.get_value() != turn {
                return;
            }
            match event {
                Ok(Some(GenerateEvent::Error { error })) => {
                    return self.failed(turn, &api::Error::Api(error));
                }
                Ok(Some(GenerateEvent::Complete {
                    notes, truncated, ..
                })) => {
                    self.note(&notes, truncated);
                    self.finish(TurnState::Done, None);
                    // Read to its end, so that the end of the request isn't an abort.
                    while let Ok(Some(_)) = stream.next().await {}
                    return;
                }
                Ok(Some(event)) => self.take_event(event),
                // The protocol promises an end; without one the connection broke.
                Ok(None) => return self.failed(turn, &api::Error::Network),
                Err(error) => return self.failed(turn, &error),
            }
        }
    }

    fn take_event(self, event: GenerateEvent) {
        match event {
            GenerateEvent::Status { message } => self.status.set(message),
            GenerateEvent::Usage {
                prompt_tokens,
                completion_tokens,
            } => self.usage.set(Some((prompt_tokens, completion_tokens))),
            GenerateEvent::Chunk { filename, content } => {
                self.record.update_value(|record| match filename {
                    Some(path) => record.partial.entry(path).or_default().push_str(&content),
                    None => record.prose.push_str(&content),
                });
                self.flush_soon();
            }
            GenerateEvent::File {
                filename,
                content,
                complete,
            } => self.take_file(filename, content, complete),
            GenerateEvent::Complete { .. } | GenerateEvent::Error { .. } => {}
        }
    }

    fn take_file(self, path: String, content: Option<String>, complete: bool) {
        let deleted = complete && content.is_none();
        self.record.update_value(|record| {
            if complete {
                record.partial.remove(&path);
                record.complete.retain(|known| *known != path);
                record.complete.push(path.clone());
            } else {
                record.partial.insert(path.clone(), String::new());
            }
        });
        self.files.update(|files| {
            files.retain(|file| file.path != path);
            files.push(StreamedFile {
                path: path.clone(),
                complete,
                deleted,
            });
        });
        if complete {
            self.flush_soon();
            let changes = Changes::from([(path, content)]);
            self.project.apply(changes, Author::Model);
        } else {
            self.status.set(format!("Writing {path}"));
            self.flush();
        }
    }

    fn failed(self, turn: u64, error: &api::Error) {
        if self.turn.get_value() != turn {
            return;
        }
        self.session.heard(error);
        self.provider.check();
        self.finish(TurnState::Failed, Some(&describe(error)));
    }

    /// What the reader had to guess goes below the prose.
    fn note(self, notes: &[String], truncated: bool) {
        self.record.update_value(|record| {
            for note in notes {
                record.prose.push_str("\n\n> ");
                record.prose.push_str(note);
            }
            if truncated {
                record.prose.push_str(
                    "\n\n> The model reached its length limit. Send \"continue\" to have it go on.",
                );
            }
        });
    }

    /// Ends the turn: what arrived becomes a message.
    fn finish(self, state: TurnState, reason: Option<&Sentence>) {
        self.abort.set_value(None);
        let record = self.record.get_value();
        let mut content = record.prose.trim().to_owned();
        if let Some(reason) = reason {
            if !content.is_empty() {
                content.push_str("\n\n");
            }
            content.push_str(&reason.line());
        }
        let mut end = content.len().min(MAX_MESSAGE_BYTES);
        while !content.is_char_boundary(end) {
            end -= 1;
        }
        content.truncate(end);
        self.add_message(Message {
            id: new_id(),
            role: Role::Assistant,
            content,
            files: record.complete.clone(),
            state,
            created_ms: now_ms(),
        });
        self.streaming.set(false);
        self.status.set(String::new());
        self.prose.set(String::new());
        self.files.set(Vec::new());
        self.partial.set(record.partial);
        self.forget_partial();
        // A file that was begun but never finished has no tab to stay in.
        self.project.forget_missing_tabs();
        let id = self.project.id().get_untracked();
        self.sync.schedule(&id);
    }

    fn add_message(self, message: Message) {
        let id = self.project.id().get_untracked();
        self.disk.queue([write_message(&id, &message)]);
        self.library.change(&id, |record| {
            record.dirty_messages.insert(message.id.clone());
        });
        self.messages.update(|messages| messages.push(message));
    }

    /// Keeps the record of the turn for as long as unfinished text is left of it.
    fn forget_partial(self) {
        let id = self.project.id().get_untracked();
        let partial = self.partial.get_untracked();
        if partial.is_empty() {
            self.disk.queue([Write::Delete(StoreName::Streams, id)]);
            return;
        }
        self.record.update_value(|record| record.partial = partial);
        self.keep_record();
    }

    fn clear_turn(self) {
        self.prose.set(String::new());
        self.files.set(Vec::new());
        self.partial.set(BTreeMap::new());
        self.usage.set(None);
        self.status.set(String::new());
    }

    fn flush_soon(self) {
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
    fn flush(self) {
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

    fn keep_record(self) {
        let id = self.project.id().get_untracked();
        let write = self
            .record
            .with_value(|record| put(StoreName::Streams, id, record));
        self.disk.queue([write]);
    }

    /// Ends the request of the turn before, and with it the model's work.
    fn next_turn(self) -> u64 {
        let abort = self.abort.try_update_value(Option::take).flatten();
        if let Some(abort) = abort {
            abort.abort();
        }
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        turn
    }
}
