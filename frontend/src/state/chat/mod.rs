//! The conversation with the model, and the turn that is being streamed.
//!
//! Files go to the project as each is complete. `answer` reads the model's
//! answer and goes on with it after a lost connection; `kept` has what a crash
//! of the tab must not lose, and what undoes a turn; `said` is what goes in and out.

mod answer;
mod kept;
mod said;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use protocol::app::{Author, Message, Role, TurnState};
use protocol::generate::{GenerateRequest, Turn};
use protocol::limits::MAX_PROMPT_BYTES;

pub(crate) use self::said::{Answering, Ask, Cost, Ended, StreamedFile};
use super::Handle;
use super::compiler::Changes;
use super::disk::Disk;
use super::library::Library;
use super::project::{Opened, Phase, Project};
use super::provider::ProviderState;
use super::session::{Server, Session};
use super::spawn;
use super::sync::Sync;
use super::toasts::Toasts;
use crate::api;
use crate::platform::clock::{new_id, now_ms};
use crate::platform::records::{BeforeRecord, StreamRecord, write_message};

/// Earlier turns that the model sees.
const MAX_HISTORY: usize = 20;

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
    answering: RwSignal<Option<Answering>>,
    cost: RwSignal<Option<Cost>>,
    ended: RwSignal<Option<Ended>>,
    /// Files before the last turn, while it can be undone.
    before: RwSignal<BeforeRecord>,
    /// The last request of this page.
    last: StoredValue<Option<Ask>>,
    /// A request that waits for a model.
    waiting: RwSignal<Option<Ask>>,
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
            answering: RwSignal::new(None),
            cost: RwSignal::new(None),
            ended: RwSignal::new(None),
            before: RwSignal::new(BeforeRecord::default()),
            last: StoredValue::new(None),
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

    /// The model that answers, or answered last.
    pub(crate) fn answering(self) -> Signal<Option<Answering>> {
        self.answering.into()
    }

    /// What the last turn cost, when the provider tells.
    pub(crate) fn cost(self) -> Signal<Option<Cost>> {
        self.cost.into()
    }

    /// How the last turn ended; changes with every end.
    pub(crate) fn ended(self) -> Signal<Option<Ended>> {
        self.ended.into()
    }

    /// Whether the last turn changed files and can be undone.
    pub(crate) fn undoable(self) -> Signal<bool> {
        Signal::derive(move || {
            !self.streaming.get() && self.before.with(|before| !before.turn.is_empty())
        })
    }

    /// Text of a file before the last request, when that changed it.
    pub(crate) fn before_turn(self, path: &str) -> Option<String> {
        self.before
            .with(|before| before.turn.get(path).cloned().flatten())
    }

    /// A request that waits for a model to be reachable.
    pub(crate) fn waiting(self) -> Signal<Option<Ask>> {
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

    /// Sends a request. `false` when it can't be sent now, which a notice explains.
    pub(crate) fn send(self, ask: Ask) -> bool {
        self.begin(ask)
    }

    /// Asks the model to repair what is wrong.
    pub(crate) fn ask_to_fix(self, problems: Vec<String>) -> bool {
        let words = match problems.as_slice() {
            [problem] => format!("Fix this problem: {}", said::in_short(problem)),
            problems => format!("Fix these {} problems.", problems.len()),
        };
        self.begin(Ask {
            prompt: words,
            problems,
            ..Ask::default()
        })
    }

    /// Puts the files back as they were before the last request; a notice
    /// offers to undo that.
    pub(crate) fn undo_turn(self) {
        if self.streaming.get_untracked() {
            return;
        }
        let mut changes = self.before.get_untracked().turn;
        changes.retain(|path, text| self.project.text(path) != *text);
        self.set_before(BeforeRecord::default());
        if changes.is_empty() {
            self.toasts
                .info("The files are as they were before.".to_owned());
        } else {
            let words = "Undid the last request.".to_owned();
            self.project.apply_undoably(changes, words);
        }
    }

    /// Whether the last answer is one that was given before.
    pub(crate) fn was_cached(self) -> Signal<bool> {
        Signal::derive(move || {
            let answering = self.answering.get();
            !self.streaming.get() && answering.is_some_and(|answering| answering.cached)
        })
    }

    /// Takes the last answer back and has the model give another one.
    pub(crate) fn ask_anew(self) {
        let Some(ask) = self.last.get_value() else {
            return;
        };
        let before = self.before.get_untracked().turn;
        if !before.is_empty() {
            self.project.apply(before, Author::Model);
        }
        self.begin(Ask { fresh: true, ..ask });
    }

    /// Stops the running turn; what arrived stays.
    pub(crate) fn stop(self) {
        if self.streaming.get_untracked() {
            self.stop_model();
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

    /// The person's last request and what the model said to it, untracked.
    pub(crate) fn last_words(self) -> (String, String) {
        self.messages.with_untracked(|messages| {
            let last = |role| {
                let message = messages.iter().rev().find(|message| message.role == role);
                message
                    .map(|message| message.content.clone())
                    .unwrap_or_default()
            };
            (last(Role::User), last(Role::Assistant))
        })
    }

    fn leave(self) {
        self.stop();
        self.next_turn();
        self.messages.set(Vec::new());
        self.before.set(BeforeRecord::default());
        self.last.set_value(None);
        self.clear_turn();
        self.waiting.set(None);
    }

    fn take(self, id: &str, opened: Opened) {
        self.messages.set(opened.messages);
        self.before.set(opened.before);
        match opened.stream {
            Some(stream) if stream.started => self.recover(stream),
            Some(stream) => self.waiting.set(Some(Ask {
                prompt: stream.prompt,
                images: stream.images,
                ..Ask::default()
            })),
            None => {}
        }
        self.fetch_messages(id.to_owned());
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

    fn begin(self, ask: Ask) -> bool {
        let prompt = ask.prompt.trim().to_owned();
        if (prompt.is_empty() && ask.problems.is_empty())
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
        let request = self.request(&ask);
        let message = Message {
            id: new_id(),
            role: Role::User,
            content: prompt.clone(),
            files: Vec::new(),
            state: TurnState::Done,
            created_ms: now_ms(),
        };
        self.clear_turn();
        self.waiting.set(None);
        self.record.set_value(StreamRecord {
            prompt: prompt.clone(),
            problems: ask.problems.clone(),
            started: true,
            message_id: message.id.clone(),
            repair: ask.repair,
            ..StreamRecord::default()
        });
        let turn = if ask.repair {
            // A repair belongs to the request before it.
            self.before.get_untracked().turn
        } else {
            self.add_message(message);
            Changes::new()
        };
        self.last.set_value(Some(ask));
        self.set_before(BeforeRecord {
            turn,
            answer: Changes::new(),
        });
        self.keep_record();
        self.streaming.set(true);
        self.status.set("Sending the request".to_owned());
        let turn = self.next_turn();
        spawn(self.run(turn, request));
        true
    }

    /// The request as it would go out now, untracked.
    pub(crate) fn request(self, ask: &Ask) -> GenerateRequest {
        GenerateRequest {
            prompt: ask.prompt.trim().to_owned(),
            files: self.project.all(),
            history: self.history(),
            problems: ask.problems.clone(),
            context: ask.context.clone(),
            images: ask.images.clone(),
            provider: self.provider.chosen().get_untracked(),
            model: None,
            fresh: ask.fresh,
        }
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

    fn add_message(self, message: Message) {
        let id = self.project.id().get_untracked();
        self.disk.queue([write_message(&id, &message)]);
        self.library.change(&id, |record| {
            record.dirty_messages.insert(message.id.clone());
        });
        self.messages.update(|messages| messages.push(message));
    }

    fn clear_turn(self) {
        self.prose.set(String::new());
        self.files.set(Vec::new());
        self.partial.set(BTreeMap::new());
        self.answering.set(None);
        self.cost.set(None);
        self.status.set(String::new());
    }

    /// Ends the request of the turn before.
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
