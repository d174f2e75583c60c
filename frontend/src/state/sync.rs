//! Keeps the server's copy of apps up to date with the browser's.
//!
//! The browser's records come first; this module sends what they mark as
//! dirty. It never overwrites: when the server's copy has changed meanwhile,
//! both are kept and the person is told.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use protocol::app::{App, AppSummary, Author, ChangeFiles, CreateApp, Files, Message};
use protocol::error::ErrorCode;

use super::Handle;
use super::apps::shorten;
use super::disk::Disk;
use super::library::Library;
use super::session::{Server, Session};
use super::spawn;
use super::toasts::{ToastKind, Toasts};
use crate::api;
use crate::message::describe;
use crate::platform::clock::{new_id, now_ms, sleep_ms};
use crate::platform::idb::{StoreName, Write};
use crate::platform::records::{self, AppRecord, write_file, write_message};
use crate::routes;

/// Quiet time before changes are sent, in milliseconds.
const DEBOUNCE_MS: u32 = 400;
/// Pause before another try after a failure, in milliseconds.
const RETRY_MS: u32 = 5_000;

/// A conflict that was just resolved: the person's version now has another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// Id that now holds the server's version.
    pub(crate) original: String,
    /// Id that now holds what this browser had.
    pub(crate) copy: String,
}

/// Handle to the synchronisation.
pub(crate) type Sync = Handle<SyncStore>;

/// What stands behind [`Sync`].
pub(crate) struct SyncStore {
    /// Newest timer of each app; an older one does nothing.
    timers: StoredValue<BTreeMap<String, u64>>,
    /// Apps that are being sent.
    running: StoredValue<BTreeSet<String>>,
    /// Counts changes of each file, so that an answer clears only what it covers.
    edits: StoredValue<BTreeMap<(String, String), u64>>,
    split: RwSignal<Option<Split>>,
    disk: Disk,
    library: Library,
    session: Session,
    toasts: Toasts,
}

enum Failure {
    Api(api::Error),
    Conflict,
    Unknown,
}

impl From<api::Error> for Failure {
    fn from(error: api::Error) -> Self {
        match error.code() {
            Some(ErrorCode::Conflict) => Self::Conflict,
            Some(ErrorCode::NotFound) => Self::Unknown,
            _ => Self::Api(error),
        }
    }
}

impl Sync {
    pub(super) fn new() -> Self {
        Handle::keep(SyncStore {
            timers: StoredValue::new(BTreeMap::new()),
            running: StoredValue::new(BTreeSet::new()),
            edits: StoredValue::new(BTreeMap::new()),
            split: RwSignal::new(None),
            disk: Disk::expect(),
            library: Library::expect(),
            session: Session::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// The page's synchronisation.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The conflict resolved last.
    pub(crate) fn split(self) -> Signal<Option<Split>> {
        self.split.into()
    }

    /// An app alone in a tab sends nothing: the studio beside it does, and two
    /// that send the same changes would find a conflict.
    pub(super) fn start(self) {
        let path = web_sys::window().and_then(|window| window.location().pathname().ok());
        if path.is_some_and(|path| routes::is_run(&path)) {
            return;
        }
        Effect::new(move |_| {
            if self.session.server().get() == Server::Present {
                spawn(async move {
                    self.library.loaded().await;
                    for id in self.library.dirty() {
                        self.schedule(&id);
                    }
                });
            }
        });
    }

    /// Marks files as changed, and sends them after a quiet moment.
    pub(super) fn changed(self, id: &str, paths: &[String], author: Author) {
        self.edits.update_value(|edits| {
            for path in paths {
                *edits.entry((id.to_owned(), path.clone())).or_default() += 1;
            }
        });
        self.library.change(id, |record| {
            record.dirty_paths.extend(paths.iter().cloned());
            record.author = Some(author);
            record.summary.updated_ms = now_ms();
        });
        self.schedule(id);
    }

    /// Sends what the server lacks of an app after a quiet moment.
    pub(super) fn schedule(self, id: &str) {
        self.after(id, DEBOUNCE_MS);
    }

    /// Sends it at once.
    pub(super) fn now(self, id: &str) {
        self.after(id, 0);
    }

    fn after(self, id: &str, ms: u32) {
        let number = self
            .timers
            .try_update_value(|timers| {
                let number = timers.entry(id.to_owned()).or_default();
                *number += 1;
                *number
            })
            .unwrap_or_default();
        let id = id.to_owned();
        spawn(async move {
            sleep_ms(ms).await;
            let newest = self.timers.with_value(|timers| timers.get(&id).copied());
            if newest == Some(number) {
                self.run(&id).await;
            }
        });
    }

    async fn run(self, id: &str) {
        self.disk.flush().await;
        let only_here = |record: AppRecord| record.deleted && record.server_revision == 0;
        if self.library.peek(id).is_some_and(only_here) {
            self.library.erase(id);
            return;
        }
        if self.session.server().get_untracked() != Server::Present {
            return;
        }
        let started = self
            .running
            .try_update_value(|running| running.insert(id.to_owned()))
            .unwrap_or_default();
        if !started {
            // Comes again when the one under way is done.
            self.after(id, DEBOUNCE_MS);
            return;
        }
        let result = self.send(id).await;
        self.running.update_value(|running| {
            running.remove(id);
        });
        match result {
            Ok(()) => {}
            Err(Failure::Conflict) => self.keep_both(id).await,
            Err(Failure::Unknown) => {
                // Deleted or never there: the browser's copy is made anew.
                self.library.change(id, |record| record.server_revision = 0);
                self.after(id, DEBOUNCE_MS);
            }
            Err(Failure::Api(error)) => {
                self.session.heard(&error);
                if matches!(error, api::Error::Api(_)) {
                    self.toasts.failure(&describe(&error));
                } else {
                    self.after(id, RETRY_MS);
                }
            }
        }
    }

    async fn send(self, id: &str) -> Result<(), Failure> {
        let Some(record) = self.library.peek(id) else {
            return Ok(());
        };
        if record.deleted {
            match api::delete_app(id).await.map_err(Failure::from) {
                Ok(()) | Err(Failure::Unknown) => self.library.erase(id),
                Err(failure) => return Err(failure),
            }
            return Ok(());
        }
        if record.remote {
            return Ok(());
        }
        self.send_files(&record).await?;
        self.send_name(id).await?;
        self.send_messages(id).await
    }

    async fn send_files(self, record: &AppRecord) -> Result<(), Failure> {
        let id = &record.summary.id;
        if record.server_revision > 0 && record.dirty_paths.is_empty() {
            return Ok(());
        }
        let counted = self.edits.with_value(BTreeMap::clone);
        let database = self.disk.database().await;
        let mut files = records::files(&database, id).await.unwrap_or_default();
        let revision = if record.server_revision == 0 {
            self.create(record, files).await?
        } else {
            let changes = record
                .dirty_paths
                .iter()
                .map(|path| (path.clone(), files.remove(path)))
                .collect();
            let body = ChangeFiles {
                base_revision: record.server_revision,
                changes,
                author: record.author.unwrap_or(Author::Person),
                message: history_line(&record.dirty_paths),
            };
            api::change_files(id, &body).await?.revision
        };
        self.library.change(id, |current| {
            current.server_revision = revision;
            current.summary.revision = revision;
            let edits = self.edits.with_value(BTreeMap::clone);
            current.dirty_paths.retain(|path| {
                let key = (id.clone(), path.clone());
                edits.get(&key) != counted.get(&key)
            });
        });
        Ok(())
    }

    async fn create(self, record: &AppRecord, files: Files) -> Result<u64, Failure> {
        let body = CreateApp {
            id: Some(record.summary.id.clone()),
            name: record.summary.name.clone(),
            template: record.summary.template.clone(),
            files,
        };
        let app = api::create_app(&body).await?;
        self.library.change(&record.summary.id, |current| {
            current.dirty_name = current.summary.name != body.name;
        });
        Ok(app.summary.revision)
    }

    async fn send_name(self, id: &str) -> Result<(), Failure> {
        let Some(record) = self.library.peek(id).filter(|record| record.dirty_name) else {
            return Ok(());
        };
        api::rename_app(id, &record.summary.name).await?;
        self.library.change(id, |current| {
            current.dirty_name = current.summary.name != record.summary.name;
        });
        Ok(())
    }

    async fn send_messages(self, id: &str) -> Result<(), Failure> {
        let Some(record) = self.library.peek(id) else {
            return Ok(());
        };
        let database = self.disk.database().await;
        for message_id in record.dirty_messages {
            let key = format!("{id}/{message_id}");
            let text = database.get(StoreName::Messages, &key).await.ok().flatten();
            if let Some(message) = text.and_then(|text| serde_json::from_str::<Message>(&text).ok())
            {
                api::put_message(id, &message).await?;
            }
            self.library.change(id, |current| {
                current.dirty_messages.remove(&message_id);
            });
        }
        Ok(())
    }

    /// The server's copy has changed too: what this browser has becomes an app
    /// of its own, the original takes the server's files.
    async fn keep_both(self, id: &str) {
        let Some(record) = self.library.peek(id) else {
            return;
        };
        let theirs = match api::get_app(id).await {
            Ok(app) => app,
            Err(error) => {
                self.session.heard(&error);
                self.after(id, RETRY_MS);
                return;
            }
        };
        self.disk.flush().await;
        let database = self.disk.database().await;
        let Ok(Some(kept)) = records::load(&database, id).await else {
            return;
        };
        if kept.files == theirs.files {
            // Sent before, but the answer didn't arrive.
            self.adopt(theirs);
            self.schedule(id);
            return;
        }
        let copy = new_id();
        let now = now_ms();
        let mut ours = AppRecord::new(AppSummary {
            id: copy.clone(),
            name: shorten(&format!("{} (this browser)", record.summary.name)),
            template: record.summary.template,
            revision: 1,
            created_ms: now,
            updated_ms: now,
        });
        ours.author = record.author;
        ours.dirty_messages = kept
            .messages
            .iter()
            .map(|message| message.id.clone())
            .collect();
        let files = kept
            .files
            .iter()
            .map(|(path, text)| write_file(&copy, path, Some(text)));
        let messages = kept
            .messages
            .iter()
            .map(|message| write_message(&copy, message));
        self.disk.queue(files.chain(messages));
        self.library.put(ours);
        self.adopt(theirs);
        self.disk.flush().await;
        self.schedule(&copy);
        self.toasts.show(
            ToastKind::Warning,
            "This app was also changed elsewhere. Your version is kept as a copy, and is the one you see now.",
            None,
        );
        self.split.set(Some(Split {
            original: id.to_owned(),
            copy,
        }));
    }

    /// Takes the server's version of an app as the browser's.
    pub(super) fn adopt(self, app: App) {
        let id = app.summary.id.clone();
        let mut record = self
            .library
            .peek(&id)
            .unwrap_or_else(|| AppRecord::new(app.summary.clone()));
        record.server_revision = app.summary.revision;
        record.summary = app.summary;
        record.dirty_paths.clear();
        record.dirty_name = false;
        record.remote = false;
        let files = app
            .files
            .iter()
            .map(|(path, text)| write_file(&id, path, Some(text)));
        let writes =
            std::iter::once(Write::DeletePrefix(StoreName::Files, id.clone())).chain(files);
        self.disk.queue(writes);
        self.library.put(record);
    }
}

fn history_line(paths: &BTreeSet<String>) -> String {
    let mut names = paths.iter();
    match (names.next(), names.len()) {
        (Some(first), 0) => format!("Change {first}"),
        (Some(first), more) => format!("Change {first} and {more} more"),
        (None, _) => String::new(),
    }
}
