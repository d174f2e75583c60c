//! The open app: its files, which of them are shown, and how they change.
//!
//! Every change goes to the browser's database first, then to the server and
//! to the bundler.

use leptos::prelude::*;
use protocol::app::{App, Author, Files, Message};
use protocol::bundle::Fix;
use protocol::error::ErrorCode;
use protocol::limits::{MAX_APP_BYTES, MAX_FILE_BYTES, MAX_FILES};
use protocol::path::check_path;

use super::Handle;
use super::apps::shorten;
use super::build::Build;
use super::compiler::Changes;
use super::console::Place;
use super::disk::Disk;
use super::library::Library;
use super::preview::Preview;
use super::session::{Server, Session};
use super::spawn;
use super::sync::Sync;
use super::toasts::{ToastAction, ToastKind, Toasts};
use super::types::Types;
use crate::api;
use crate::message::{Sentence, describe};
use crate::platform::clock::{now_ms, sleep_ms};
use crate::platform::records::{
    self, BeforeRecord, Kept, PermissionsRecord, StreamRecord, write_file,
};
use crate::platform::types::TypesClient;

/// How often the server's presence is looked at while an app that only it has is awaited.
const SERVER_LOOKS: u32 = 40;
/// Pause between two looks, in milliseconds.
const SERVER_LOOK_MS: u32 = 100;

/// How far the app is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// No app.
    Closed,
    /// Being read.
    Loading,
    /// Open.
    Open,
    /// Nothing has this id.
    Missing,
    /// It couldn't be read, for the reason given.
    Failed(Sentence),
}

/// Where a change is kept so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saved {
    /// On its way.
    Saving,
    /// In this browser and on the server.
    Everywhere,
    /// In this browser, which is all there is.
    Browser,
    /// Only in memory: the browser keeps nothing.
    Nowhere,
    /// The editor holds a text that is over the limit; the file is as it was.
    TooLarge,
}

/// What was read together with the files.
pub(super) struct Opened {
    pub(super) messages: Vec<Message>,
    pub(super) stream: Option<StreamRecord>,
    pub(super) before: BeforeRecord,
}

/// Handle to the open app.
pub(crate) type Project = Handle<ProjectStore>;

/// What stands behind [`Project`].
pub(crate) struct ProjectStore {
    pub(super) phase: RwSignal<Phase>,
    pub(super) id: RwSignal<String>,
    pub(super) files: RwSignal<Files>,
    pub(super) tabs: RwSignal<Vec<String>>,
    pub(super) active: RwSignal<Option<String>>,
    /// Rises when a file changes other than by typing in the editor.
    pub(super) outside: RwSignal<u64>,
    pub(super) reveal: RwSignal<Option<Place>>,
    /// File whose text in the editor is over the limit.
    too_large: RwSignal<Option<String>>,
    /// Rises with every app that is opened, so that late answers are dropped.
    opening: StoredValue<u64>,
    build: Build,
    types: Types,
    preview: Preview,
    library: Library,
    disk: Disk,
    sync: Sync,
    session: Session,
    pub(super) toasts: Toasts,
}

impl Project {
    pub(super) fn new() -> Self {
        Handle::keep(ProjectStore {
            phase: RwSignal::new(Phase::Closed),
            id: RwSignal::new(String::new()),
            files: RwSignal::new(Files::new()),
            tabs: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            outside: RwSignal::new(0),
            reveal: RwSignal::new(None),
            too_large: RwSignal::new(None),
            opening: StoredValue::new(0),
            build: Build::expect(),
            types: Types::expect(),
            preview: Preview::expect(),
            library: Library::expect(),
            disk: Disk::expect(),
            sync: Sync::expect(),
            session: Session::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// The page's open app.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// How far the app is open.
    pub(crate) fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Id of the app; empty when none is open.
    pub(crate) fn id(self) -> Signal<String> {
        self.id.into()
    }

    /// Name of the app. A memo: its field must not be written to, and a name that is being
    /// typed lost, when something else of the record changes.
    pub(crate) fn name(self) -> Memo<String> {
        Memo::new(move |_| {
            self.library
                .record(&self.id.get())
                .map(|record| record.summary.name)
                .unwrap_or_default()
        })
    }

    /// Where changes are kept so far.
    pub(crate) fn saved(self) -> Signal<Saved> {
        Signal::derive(move || {
            if self.disk.failure().get().is_some() {
                return Saved::Nowhere;
            }
            if self.too_large.with(Option::is_some) {
                return Saved::TooLarge;
            }
            let record = self.library.record(&self.id.get());
            let dirty = record.is_some_and(|record| record.is_dirty());
            match (self.disk.pending().get(), self.session.server().get()) {
                (true, _) => Saved::Saving,
                (false, Server::Present) if dirty => Saved::Saving,
                (false, Server::Present) => Saved::Everywhere,
                (false, _) => Saved::Browser,
            }
        })
    }

    /// Paths of all files, sorted.
    pub(crate) fn paths(self) -> Memo<Vec<String>> {
        Memo::new(move |_| self.files.with(|files| files.keys().cloned().collect()))
    }

    /// Text of a file, untracked.
    pub(crate) fn text(self, path: &str) -> Option<String> {
        self.files.with_untracked(|files| files.get(path).cloned())
    }

    /// Whether the app has no file, untracked.
    pub(crate) fn is_empty(self) -> bool {
        self.files.with_untracked(Files::is_empty)
    }

    /// All files, untracked.
    pub(super) fn all(self) -> Files {
        self.files.get_untracked()
    }

    /// Rises when a file changes other than by typing in the editor.
    pub(crate) fn outside(self) -> Signal<u64> {
        self.outside.into()
    }

    /// Opens an app; `None` when another one was opened meanwhile or it can't be had.
    pub(super) async fn open(self, id: &str) -> Option<Opened> {
        let number = self.opening.get_value() + 1;
        self.opening.set_value(number);
        self.close_files();
        id.clone_into(&mut self.id.write());
        self.phase.set(Phase::Loading);
        self.library.loaded().await;
        self.disk.flush().await;
        let database = self.disk.database().await;
        let mut kept = records::load(&database, id).await.ok().flatten();
        if kept.is_none() {
            match self.fetch(id).await {
                Ok(app) => self.sync.adopt(app),
                Err(phase) => {
                    if self.opening.get_value() == number {
                        self.phase.set(phase);
                    }
                    return None;
                }
            }
            self.disk.flush().await;
            kept = records::load(&database, id).await.ok().flatten();
        }
        if self.opening.get_value() != number {
            return None;
        }
        let Some(kept) = kept.filter(|kept| !kept.record.deleted) else {
            self.phase.set(Phase::Missing);
            return None;
        };
        if self.library.peek(id).is_none_or(|record| record.remote) {
            self.library.put(kept.record.clone());
        }
        Some(self.take(kept, number))
    }

    fn take(self, kept: Kept, number: u64) -> Opened {
        let id = kept.record.summary.id;
        self.preview.open(&id, kept.permissions);
        self.build.open(&kept.files);
        self.types.open(&kept.files);
        self.files.set(kept.files);
        self.show_main();
        self.phase.set(Phase::Open);
        spawn(self.follow_server(id, number));
        Opened {
            messages: kept.messages,
            stream: kept.stream,
            before: kept.before,
        }
    }

    /// Leaves the app.
    pub(super) fn close(self) {
        self.opening.update_value(|number| *number += 1);
        self.close_files();
        self.id.set(String::new());
        self.phase.set(Phase::Closed);
        self.preview.open("", PermissionsRecord::default());
    }

    fn close_files(self) {
        self.build.close();
        self.types.open(&Files::new());
        self.files.set(Files::new());
        self.tabs.set(Vec::new());
        self.active.set(None);
        self.reveal.set(None);
        self.too_large.set(None);
    }

    async fn fetch(self, id: &str) -> Result<App, Phase> {
        for _ in 0..SERVER_LOOKS {
            if self.session.server().get_untracked() != Server::Unknown {
                break;
            }
            sleep_ms(SERVER_LOOK_MS).await;
        }
        if self.session.server().get_untracked() != Server::Present {
            return Err(Phase::Missing);
        }
        api::get_app(id).await.map_err(|error| {
            self.session.heard(&error);
            match error.code() {
                Some(ErrorCode::NotFound) => Phase::Missing,
                _ => Phase::Failed(describe(&error)),
            }
        })
    }

    /// Takes the server's version when it is newer and nothing here is unsent.
    async fn follow_server(self, id: String, number: u64) {
        let clean = |project: Self| {
            let record = project.library.peek(&id)?;
            (!record.is_dirty() && project.opening.get_value() == number)
                .then_some(record.server_revision)
        };
        if self.session.server().get_untracked() != Server::Present || clean(self).is_none() {
            return;
        }
        let Ok(app) = api::get_app(&id).await else {
            return;
        };
        if clean(self).is_none_or(|revision| revision >= app.summary.revision) {
            return;
        }
        let files = app.files.clone();
        self.sync.adopt(app);
        self.build.open(&files);
        self.types.open(&files);
        self.files.set(files);
        self.outside.update(|count| *count += 1);
        self.forget_missing_tabs();
    }

    /// Gives the app another name.
    pub(crate) fn rename(self, name: &str) {
        let name = shorten(name.trim());
        let id = self.id.get_untracked();
        if name.is_empty() || id.is_empty() {
            return;
        }
        self.library.change(&id, |record| {
            if record.summary.name != name {
                record.summary.name = name;
                record.dirty_name = true;
                record.summary.updated_ms = now_ms();
            }
        });
        self.sync.schedule(&id);
    }

    /// Sends what is unsaved now.
    pub(crate) fn save_now(self) {
        self.sync.now(&self.id.get_untracked());
    }

    /// Takes the text of the editor. The editor itself is the source, so it
    /// isn't told.
    pub(crate) fn edit(self, path: &str, text: String) {
        if text.len() > MAX_FILE_BYTES {
            self.too_large.set(Some(path.to_owned()));
            self.toasts.warning(format!(
                "{path} is larger than {} MB and isn't saved. Make it smaller or split it.",
                MAX_FILE_BYTES / 1024 / 1024
            ));
            return;
        }
        if self
            .too_large
            .with_untracked(|large| large.as_deref() == Some(path))
        {
            self.too_large.set(None);
        }
        if self
            .files
            .with_untracked(|files| files.get(path) == Some(&text))
        {
            return;
        }
        self.write(
            Changes::from([(path.to_owned(), Some(text))]),
            Author::Person,
        );
    }

    /// Changes files, and shows the changes in the editor.
    pub(super) fn apply(self, changes: Changes, author: Author) {
        let deleted: Vec<String> = changes
            .iter()
            .filter(|(_, text)| text.is_none())
            .map(|(path, _)| path.clone())
            .collect();
        self.write(changes, author);
        self.outside.update(|count| *count += 1);
        for path in deleted {
            self.close_tab(&path);
        }
        self.show_main();
    }

    /// Replaces the text of a span, as the compiler proposes.
    pub(crate) fn apply_fix(self, path: &str, fix: &Fix) {
        let fixed = self
            .text(path)
            .and_then(|text| super::edits::replace_span(&text, fix.span, &fix.replacement));
        match fixed {
            Some(text) => self.apply(
                Changes::from([(path.to_owned(), Some(text))]),
                Author::Person,
            ),
            None => self
                .toasts
                .warning(format!("{path} has changed since; the fix no longer fits.")),
        }
    }

    /// TypeScript for the editor.
    ///
    /// # Errors
    /// A sentence, when it can't be had.
    pub(crate) async fn types(self) -> Result<TypesClient, String> {
        self.types.client(move || self.all()).await
    }

    /// Lists the type errors of all files.
    pub(crate) fn check_types(self) {
        self.types.check(move || self.all());
    }

    /// Gives an empty app its first file.
    pub(crate) fn ensure_main(self) {
        if self.is_empty() {
            let text = super::apps::BLANK_APP.to_owned();
            let changes = Changes::from([("src/App.tsx".to_owned(), Some(text))]);
            self.apply(changes, Author::Person);
        }
    }

    /// Makes an empty file and opens it.
    ///
    /// # Errors
    /// Why the path can't be used, as a sentence.
    pub(crate) fn create_file(self, path: &str) -> Result<(), String> {
        self.check_new(path)?;
        self.apply(
            Changes::from([(path.to_owned(), Some(String::new()))]),
            Author::Person,
        );
        self.open_file(path);
        Ok(())
    }

    /// Moves a file to another path.
    ///
    /// # Errors
    /// Why the path can't be used, as a sentence.
    pub(crate) fn rename_file(self, from: &str, to: &str) -> Result<(), String> {
        if from == to {
            return Ok(());
        }
        self.check_new(to)?;
        let text = self.text(from).ok_or("This file is no longer there.")?;
        self.tabs.update(|tabs| {
            for tab in tabs.iter_mut().filter(|tab| *tab == from) {
                to.clone_into(tab);
            }
        });
        let was_active = self.active.get_untracked().as_deref() == Some(from);
        self.apply(
            Changes::from([(from.to_owned(), None), (to.to_owned(), Some(text))]),
            Author::Person,
        );
        if was_active {
            self.active.set(Some(to.to_owned()));
        }
        Ok(())
    }

    /// Deletes a file; a notice offers to undo it.
    pub(crate) fn delete_file(self, path: &str) {
        if self.text(path).is_some() {
            let changes = Changes::from([(path.to_owned(), None)]);
            self.apply_undoably(changes, format!("Deleted {path}."));
        }
    }

    /// Changes files as the person asked; a notice with these words offers to undo it.
    pub(super) fn apply_undoably(self, changes: Changes, words: String) {
        let id = self.id.get_untracked();
        let before: Changes = changes
            .keys()
            .map(|path| (path.clone(), self.text(path)))
            .collect();
        self.apply(changes, Author::Person);
        let undo = ToastAction::new("Undo", move || {
            if self.id.get_untracked() == id {
                self.apply(before.clone(), Author::Person);
            }
        });
        self.toasts.show(ToastKind::Info, words, Some(undo));
    }

    fn check_new(self, path: &str) -> Result<(), String> {
        check_path(path).map_err(|error| format!("{path}: {}.", error.reason()))?;
        self.files.with_untracked(|files| {
            if files.contains_key(path) {
                return Err(format!("{path} exists already. Choose another name."));
            }
            if files.len() >= MAX_FILES {
                return Err(format!(
                    "An app has at most {MAX_FILES} files. Delete one first."
                ));
            }
            Ok(())
        })
    }

    /// Writes to memory, disk, server and bundler, in this order.
    fn write(self, mut changes: Changes, author: Author) {
        let id = self.id.get_untracked();
        changes.retain(|path, _| check_path(path).is_ok());
        if id.is_empty() || changes.is_empty() {
            return;
        }
        let size = self
            .files
            .with_untracked(|files| size_after(files, &changes));
        if size > MAX_APP_BYTES {
            self.toasts.warning(format!(
                "The app would be larger than {} MB, so this change isn't saved. Delete what it doesn't need.",
                MAX_APP_BYTES / 1024 / 1024
            ));
            return;
        }
        self.files.update(|files| {
            for (path, text) in &changes {
                match text {
                    Some(text) => files.insert(path.clone(), text.clone()),
                    None => files.remove(path),
                };
            }
        });
        let writes = changes
            .iter()
            .map(|(path, text)| write_file(&id, path, text.as_deref()));
        self.disk.queue(writes);
        let paths: Vec<String> = changes.keys().cloned().collect();
        self.sync.changed(&id, &paths, author);
        self.types.change(&changes);
        self.build.change(changes);
    }
}

/// Size of the app after changes, in bytes.
pub(super) fn size_after(files: &Files, changes: &Changes) -> usize {
    let kept = files
        .iter()
        .filter(|(path, _)| !changes.contains_key(*path))
        .map(|(_, text)| text.len());
    let new = changes.values().flatten().map(String::len);
    kept.chain(new).sum()
}
