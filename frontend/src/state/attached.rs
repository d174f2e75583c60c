//! What the person attached to the next request: pictures, and things of the
//! app that it is about.

use leptos::prelude::*;
use protocol::limits::MAX_IMAGES;

use super::Handle;
use super::chat::Ask;
use super::spawn;
use super::toasts::Toasts;
use crate::platform::files::Picked;
use crate::platform::pictures::for_model;

/// Things of the app that a request is about, at most.
const MAX_NOTES: usize = 5;

/// A picture for the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Unique on the page.
    pub(crate) id: u64,
    /// Name of its file.
    pub(crate) name: String,
    /// Data URL.
    pub(crate) url: String,
}

/// What kind of thing a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// An element of the app.
    Element,
    /// A line of its console.
    Console,
    /// A request of it to the outside.
    Request,
}

/// Something of the app that the request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// Of which kind it is.
    pub(crate) about: About,
    /// What the person sees of it; the newer of two with the same label counts.
    pub(crate) label: String,
    /// What the model is told.
    pub(crate) text: String,
}

/// Handle to what is attached.
pub(crate) type Attached = Handle<AttachedStore>;

/// What stands behind [`Attached`].
pub(crate) struct AttachedStore {
    pictures: RwSignal<Vec<Picture>>,
    notes: RwSignal<Vec<Note>>,
    next_id: StoredValue<u64>,
    toasts: Toasts,
}

impl Attached {
    pub(super) fn new() -> Self {
        Handle::keep(AttachedStore {
            pictures: RwSignal::new(Vec::new()),
            notes: RwSignal::new(Vec::new()),
            next_id: StoredValue::new(0),
            toasts: Toasts::expect(),
        })
    }

    /// What is attached on this page.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Pictures, in the order in which they came.
    pub(crate) fn pictures(self) -> Signal<Vec<Picture>> {
        self.pictures.into()
    }

    /// Things of the app.
    pub(crate) fn notes(self) -> Signal<Vec<Note>> {
        self.notes.into()
    }

    /// Attaches those of the files that are pictures; a notice names the others.
    pub(crate) fn add_pictures(self, picked: Vec<Picked>) {
        spawn(async move {
            for file in picked {
                if self.pictures.with_untracked(Vec::len) >= MAX_IMAGES {
                    self.toasts.warning(format!(
                        "A request takes {MAX_IMAGES} pictures. Remove one to attach {}.",
                        file.path
                    ));
                    return;
                }
                let Some(url) = for_model(&file).await else {
                    self.toasts.warning(format!(
                        "{} can't be read as a picture. Attach a PNG, JPEG, WebP or GIF.",
                        file.path
                    ));
                    continue;
                };
                self.push(file.path, url);
            }
        });
    }

    fn push(self, name: String, url: String) {
        let id = self.next_id.get_value() + 1;
        self.next_id.set_value(id);
        self.pictures
            .update(|pictures| pictures.push(Picture { id, name, url }));
    }

    /// Attaches pictures that were prepared before, in place of what there is.
    pub(crate) fn put(self, urls: Vec<String>) {
        self.clear();
        for (index, url) in urls.into_iter().enumerate() {
            let name = format!("Picture {}", index + 1);
            self.push(name, url);
        }
    }

    /// Pictures as data URLs, untracked.
    pub(crate) fn urls(self) -> Vec<String> {
        self.pictures
            .with_untracked(|pictures| pictures.iter().map(|picture| picture.url.clone()).collect())
    }

    /// Takes a picture off.
    pub(crate) fn remove_picture(self, id: u64) {
        self.pictures
            .update(|pictures| pictures.retain(|picture| picture.id != id));
    }

    /// Makes the request be about something of the app.
    pub(crate) fn add_note(self, note: Note) {
        self.notes.update(|notes| {
            notes.retain(|known| known.label != note.label);
            if notes.len() >= MAX_NOTES {
                notes.remove(0);
            }
            notes.push(note);
        });
    }

    /// Takes a thing of the app off.
    pub(crate) fn remove_note(self, label: &str) {
        self.notes
            .update(|notes| notes.retain(|note| note.label != label));
    }

    /// Forgets everything, as after another app was opened.
    pub(crate) fn clear(self) {
        self.pictures.set(Vec::new());
        self.notes.set(Vec::new());
    }

    /// Tracks everything that is attached.
    pub(crate) fn track(self) {
        self.pictures.track();
        self.notes.track();
    }

    /// As [`Attached::with`], with empty texts for pictures, of which only the number counts.
    pub(crate) fn counted(self, prompt: String) -> Ask {
        let notes = self.notes.get_untracked();
        Ask {
            prompt,
            context: notes.into_iter().map(|note| note.text).collect(),
            images: vec![String::new(); self.pictures.with_untracked(Vec::len)],
            ..Ask::default()
        }
    }

    /// A request with all that is attached, which stays until it is cleared.
    pub(crate) fn with(self, prompt: String) -> Ask {
        Ask {
            images: self.urls(),
            ..self.counted(prompt)
        }
    }
}
