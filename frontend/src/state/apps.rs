//! The list of apps, and how one is made, copied and deleted.

use leptos::prelude::*;
use protocol::app::{AppSummary, Author, Files};
use protocol::limits::MAX_APP_NAME_CHARS;

use super::Handle;
use super::disk::Disk;
use super::library::{Library, Phase};
use super::navigator::Navigator;
use super::spawn;
use super::sync::Sync;
use super::toasts::{TOAST_MS, ToastAction, ToastKind, Toasts};
use crate::api;
use crate::message::{Sentence, describe};
use crate::platform::clock::{new_id, now_ms, sleep_ms};
use crate::platform::idb::StoreName;
use crate::platform::records::{self, AppRecord, StreamRecord, put, write_file};
use crate::routes;

/// What a new app without template begins with.
pub(super) const BLANK_APP: &str = r#"export default function App() {
  return (
    <main className="grid min-h-screen place-items-center bg-white text-zinc-900 dark:bg-zinc-950 dark:text-zinc-100">
      <div className="text-center">
        <h1 className="text-2xl font-semibold">A blank app</h1>
        <p className="mt-2 text-zinc-500 dark:text-zinc-400">Edit src/App.tsx, or describe what you need.</p>
      </div>
    </main>
  );
}
"#;

/// The list of apps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AppList {
    /// On its way.
    Loading,
    /// It couldn't be had.
    Failed(Sentence),
    /// There, last changed first; may be empty.
    Ready(Vec<AppSummary>),
}

/// Handle to the list of apps.
pub(crate) type Apps = Handle<AppsStore>;

/// What stands behind [`Apps`].
pub(crate) struct AppsStore {
    list: Memo<AppList>,
    busy: RwSignal<bool>,
    library: Library,
    disk: Disk,
    sync: Sync,
    toasts: Toasts,
    navigator: Navigator,
}

impl Apps {
    pub(super) fn new() -> Self {
        let library = Library::expect();
        let list = Memo::new(move |_| match library.phase().get() {
            Phase::Loading => AppList::Loading,
            Phase::Failed(sentence) => AppList::Failed(sentence),
            Phase::Ready => AppList::Ready(library.summaries()),
        });
        Handle::keep(AppsStore {
            list,
            busy: RwSignal::new(false),
            library,
            disk: Disk::expect(),
            sync: Sync::expect(),
            toasts: Toasts::expect(),
            navigator: Navigator::expect(),
        })
    }

    /// The page's apps.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The list of apps.
    pub(crate) fn list(self) -> Signal<AppList> {
        self.list.into()
    }

    /// Whether an app is just being made; buttons that make one wait for it.
    pub(crate) fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Asks the server for its list again.
    pub(crate) fn reload(self) {
        self.library.refresh();
    }

    /// Makes an app with one empty page and opens it.
    pub(crate) fn create_blank(self) {
        let files = Files::from([("src/App.tsx".to_owned(), BLANK_APP.to_owned())]);
        self.begin(async move {
            Ok(NewApp {
                name: "Untitled app".to_owned(),
                template: None,
                author: Author::Person,
                files,
                ask: None,
            })
        });
    }

    /// Makes an app from a starter and opens it.
    pub(crate) fn create_from_template(self, id: &str) {
        let id = id.to_owned();
        self.begin(async move {
            let template = api::get_template(&id)
                .await
                .map_err(|error| describe(&error))?;
            Ok(NewApp {
                name: template.summary.name,
                template: Some(id),
                author: Author::Template,
                files: template.files,
                ask: None,
            })
        });
    }

    /// Makes an empty app and opens it; the studio then asks the model.
    pub(crate) fn create_from_prompt(self, prompt: &str, images: Vec<String>) {
        let prompt = prompt.trim().to_owned();
        if prompt.is_empty() {
            return;
        }
        self.begin(async move {
            Ok(NewApp {
                name: name_from(&prompt),
                template: None,
                author: Author::Person,
                files: Files::new(),
                ask: Some((prompt, images)),
            })
        });
    }

    /// Copies an app with its files and opens the copy.
    pub(crate) fn duplicate(self, id: &str) {
        let id = id.to_owned();
        self.begin(async move {
            let missing = || Sentence {
                what: "This app is no longer there.".to_owned(),
                next: Some("Reload the page to see the present list.".to_owned()),
            };
            let record = self.library.peek(&id).ok_or_else(missing)?;
            let files = if record.remote {
                api::get_app(&id)
                    .await
                    .map_err(|error| describe(&error))?
                    .files
            } else {
                self.disk.flush().await;
                let database = self.disk.database().await;
                records::files(&database, &id).await.unwrap_or_default()
            };
            Ok(NewApp {
                name: shorten(&format!("{} copy", record.summary.name)),
                template: record.summary.template,
                author: Author::Person,
                files,
                ask: None,
            })
        });
    }

    /// Deletes an app; a notice offers to undo it for as long as it is shown.
    pub(crate) fn delete(self, id: &str) {
        let Some(record) = self.library.peek(id) else {
            return;
        };
        self.library.change(id, |record| record.deleted = true);
        let id = id.to_owned();
        let undone = id.clone();
        let undo = ToastAction::new("Undo", move || {
            self.library
                .change(&undone, |record| record.deleted = false);
        });
        self.toasts.show(
            ToastKind::Info,
            format!("Deleted {}.", record.summary.name),
            Some(undo),
        );
        spawn(async move {
            // Longer than the notice, so that a late "Undo" still finds the app.
            sleep_ms(TOAST_MS + 500).await;
            if self.library.peek(&id).is_some_and(|record| record.deleted) {
                self.sync.schedule(&id);
            }
        });
    }

    fn begin(self, make: impl Future<Output = Result<NewApp, Sentence>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn(async move {
            match make.await {
                Ok(new) => {
                    let id = self.store(new).await;
                    self.navigator.go(&routes::studio(&id));
                }
                Err(sentence) => self.toasts.failure(&sentence),
            }
            self.busy.set(false);
        });
    }

    /// Puts a new app on disk and gives its id.
    async fn store(self, new: NewApp) -> String {
        let id = new_id();
        let now = now_ms();
        let mut record = AppRecord::new(AppSummary {
            id: id.clone(),
            name: new.name,
            template: new.template,
            revision: 1,
            created_ms: now,
            updated_ms: now,
        });
        record.author = Some(new.author);
        let writes = new
            .files
            .iter()
            .map(|(path, text)| write_file(&id, path, Some(text)));
        self.disk.queue(writes);
        if let Some((prompt, images)) = new.ask {
            let stream = StreamRecord {
                prompt,
                images,
                ..StreamRecord::default()
            };
            self.disk
                .queue([put(StoreName::Streams, id.clone(), &stream)]);
        }
        self.library.put(record);
        self.disk.flush().await;
        self.sync.schedule(&id);
        id
    }
}

struct NewApp {
    name: String,
    template: Option<String>,
    author: Author,
    files: Files,
    /// What the model is asked first, with pictures.
    ask: Option<(String, Vec<String>)>,
}

/// A name from the first words of a prompt.
fn name_from(prompt: &str) -> String {
    let line = prompt.lines().next().unwrap_or_default();
    let mut name = String::new();
    for word in line.split_whitespace() {
        if name.chars().count() + word.chars().count() > 36 {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    let name = name.trim_end_matches(|c: char| c.is_ascii_punctuation());
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled app".to_owned(),
    }
}

/// A name within the limit.
pub(super) fn shorten(name: &str) -> String {
    name.chars().take(MAX_APP_NAME_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_an_app_after_its_prompt() {
        assert_eq!(
            name_from("a habit tracker, with streaks."),
            "A habit tracker, with streaks"
        );
        assert_eq!(name_from(&"x".repeat(50)), "Untitled app");
        assert_eq!(name_from("…\nmore"), "…");
    }
}
