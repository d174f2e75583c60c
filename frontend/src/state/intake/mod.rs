//! Files that a person brings from the device: which of them the app can have,
//! where they go, and what is asked before one takes another's place.

mod naming;
mod reading;

use leptos::prelude::*;
use protocol::app::Author;
use protocol::asset::media_type;
use protocol::limits::{MAX_APP_BYTES, MAX_FILES};

pub(crate) use self::naming::size;
use self::naming::{is_left_out, numbered, summary};
use self::reading::{read, text_of, unreadable, usable};
use super::Handle;
use super::compiler::Changes;
use super::project::{Project, size_after};
use super::spawn;
use super::toasts::Toasts;
use crate::platform::files::{Dropped, Found, MAX_ENTRIES, Picked};

/// What couldn't be done without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// Id of the app that the files were brought to.
    app: String,
    /// A sentence or two for each thing that wasn't done.
    pub(crate) refused: Vec<String>,
    /// Files whose place is taken.
    pub(crate) clashes: Vec<Clash>,
}

impl Report {
    fn is_empty(&self) -> bool {
        self.refused.is_empty() && self.clashes.is_empty()
    }
}

/// A file whose path another one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) path: String,
    text: String,
}

/// Handle to what comes in.
pub(crate) type Intake = Handle<IntakeStore>;

/// What stands behind [`Intake`].
pub(crate) struct IntakeStore {
    report: RwSignal<Option<Report>>,
    project: Project,
    toasts: Toasts,
}

impl Intake {
    pub(super) fn new() -> Self {
        Handle::keep(IntakeStore {
            report: RwSignal::new(None),
            project: Project::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// What comes into the open app.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// What is to be said or asked now, about the open app.
    pub(crate) fn report(self) -> Memo<Option<Report>> {
        Memo::new(move |_| {
            let id = self.project.id().get();
            self.report.get().filter(|report| report.app == id)
        })
    }

    /// Takes files into a folder of the app; without one, each goes where its
    /// kind belongs.
    pub(crate) fn add(self, picked: Vec<Picked>, folder: Option<String>) {
        spawn(self.take(picked, folder, self.begin()));
    }

    /// The same for what was dropped.
    pub(crate) fn add_dropped(self, dropped: Dropped, folder: Option<String>) {
        let mut report = self.begin();
        spawn(async move {
            let Found {
                picked,
                unread,
                is_cut,
            } = dropped.files(|name| !is_left_out(name)).await;
            report
                .refused
                .extend(unread.iter().map(|path| unreadable(path)));
            if is_cut {
                report.refused.push(format!(
                    "These are more than {MAX_ENTRIES} files and folders, so none was added. Choose those that the app needs."
                ));
                self.finish(Changes::new(), report);
            } else {
                self.take(picked, folder, report).await;
            }
        });
    }

    /// Puts a file of the same kind in the place of one.
    pub(crate) fn replace(self, path: &str, picked: Vec<Picked>) {
        let path = path.to_owned();
        let mut report = self.begin();
        spawn(async move {
            let Some(one) = picked.into_iter().next() else {
                return;
            };
            let text = if media_type(&one.path) == media_type(&path) {
                text_of(&one).await
            } else {
                Err(format!(
                    "{} isn't of the same kind as {path}. Add it beside that, and change the code that names it.",
                    one.path
                ))
            };
            let mut changes = Changes::new();
            match text {
                Ok(text) => {
                    changes.insert(path, Some(text));
                }
                Err(reason) => report.refused.push(reason),
            }
            self.finish(changes, report);
        });
    }

    /// Puts the files in question in the place of those that are there.
    pub(crate) fn replace_clashing(self) {
        let clashes = self.end().into_iter();
        let changes = clashes.map(|one| (one.path, Some(one.text)));
        self.finish(changes.collect(), self.begin());
    }

    /// Gives the files in question other names.
    pub(crate) fn keep_both(self) {
        let mut report = self.begin();
        let mut changes = Changes::new();
        for clash in self.end() {
            let is_free =
                |path: &String| self.project.text(path).is_none() && !changes.contains_key(path);
            let free = (2..usize::MAX)
                .map(|n| numbered(&clash.path, n))
                .find(is_free);
            match free.map(usable) {
                Some(Ok(path)) => {
                    changes.insert(path, Some(clash.text));
                }
                Some(Err(reason)) => report.refused.push(reason),
                None => {}
            }
        }
        self.finish(changes, report);
    }

    /// Leaves the files in question out.
    pub(crate) fn dismiss(self) {
        self.end();
    }

    fn begin(self) -> Report {
        Report {
            app: self.project.id().get_untracked(),
            refused: Vec::new(),
            clashes: Vec::new(),
        }
    }

    fn end(self) -> Vec<Clash> {
        let id = self.project.id().get_untracked();
        let ended = self.report.write().take_if(|report| report.app == id);
        ended.map(|report| report.clashes).unwrap_or_default()
    }

    async fn take(self, mut picked: Vec<Picked>, folder: Option<String>, mut report: Report) {
        picked.retain(|one| !one.path.split('/').any(is_left_out));
        let mut changes = Changes::new();
        match read(&picked, folder.as_deref(), &mut report.refused).await {
            Ok(texts) => {
                for (path, text) in texts {
                    match self.project.text(&path) {
                        Some(known) if known != text => report.clashes.push(Clash { path, text }),
                        _ => {
                            changes.insert(path, Some(text));
                        }
                    }
                }
            }
            Err(reason) => report.refused.push(reason),
        }
        self.finish(changes, report);
    }

    /// Writes what is new and tells the rest. Nothing ends without a word.
    fn finish(self, mut changes: Changes, mut report: Report) {
        // Reading takes a while: another app may be open by now.
        if self.project.id().get_untracked() != report.app {
            return;
        }
        let brought = summary(changes.keys());
        changes.retain(|path, text| self.project.text(path) != *text);
        if !changes.is_empty() {
            match self.fits(&changes) {
                Ok(()) => self.write(changes),
                Err(reason) => report.refused.push(reason),
            }
        } else if report.is_empty() {
            self.toasts.info(match brought {
                Some(files) => format!("No change: the app has the same {files} already."),
                None => "No file to add: hidden files and node_modules are left out.".to_owned(),
            });
        }
        if !report.is_empty() {
            self.report.set(Some(report));
        }
    }

    /// Whether the app has room for files.
    fn fits(self, changes: &Changes) -> Result<(), String> {
        let files = self.project.files.read_untracked();
        let new = changes
            .keys()
            .filter(|path| !files.contains_key(*path))
            .count();
        if new > 0 && files.len() + new > MAX_FILES {
            return Err(format!(
                "An app has at most {MAX_FILES} files, and these would be {new} more. Choose those that it needs."
            ));
        }
        let bytes = size_after(&files, changes);
        if bytes > MAX_APP_BYTES {
            return Err(format!(
                "An app has at most {}, and with these files it would have {}. Make pictures smaller, or delete what isn't needed.",
                size(MAX_APP_BYTES),
                size(bytes)
            ));
        }
        Ok(())
    }

    fn write(self, changes: Changes) {
        let first = changes.keys().next().cloned();
        let files = summary(changes.keys()).unwrap_or_default();
        if changes.keys().any(|path| self.project.text(path).is_some()) {
            self.project
                .apply_undoably(changes, format!("Replaced {files}."));
        } else {
            self.project.apply(changes, Author::Person);
            self.toasts.info(format!("Added {files}."));
        }
        if let Some(first) = first {
            self.project.open_file(&first);
        }
    }
}
