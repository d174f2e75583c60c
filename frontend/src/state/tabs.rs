//! Which files of the open app are shown, and where the eye is led.

use leptos::prelude::*;

use super::console::Place;
use super::project::Project;

/// Files that a person most likely wants to see first.
const MAIN_FILES: [&str; 6] = [
    "src/App.tsx",
    "src/App.jsx",
    "src/main.tsx",
    "src/index.tsx",
    "App.tsx",
    "main.tsx",
];

impl Project {
    /// Open files, in the order of their tabs.
    pub(crate) fn tabs(self) -> Signal<Vec<String>> {
        self.tabs.into()
    }

    /// The file that is shown.
    pub(crate) fn active(self) -> Signal<Option<String>> {
        self.active.into()
    }

    /// The place that the editor shows next.
    pub(crate) fn reveal(self) -> Signal<Option<Place>> {
        self.reveal.into()
    }

    /// Shows a file.
    pub(crate) fn open_file(self, path: &str) {
        self.tabs.update(|tabs| {
            if !tabs.iter().any(|tab| tab == path) {
                tabs.push(path.to_owned());
            }
        });
        if self.active.get_untracked().as_deref() != Some(path) {
            self.active.set(Some(path.to_owned()));
        }
    }

    /// Closes a tab; its neighbour is shown.
    pub(crate) fn close_tab(self, path: &str) {
        let at = self
            .tabs
            .with_untracked(|tabs| tabs.iter().position(|tab| tab == path));
        let Some(at) = at else {
            return;
        };
        self.tabs.update(|tabs| {
            tabs.remove(at);
        });
        if self.active.get_untracked().as_deref() == Some(path) {
            let next = self
                .tabs
                .with_untracked(|tabs| tabs.get(at).or_else(|| tabs.last()).cloned());
            self.active.set(next);
        }
    }

    /// Shows a place in a file.
    pub(crate) fn go_to(self, place: Place) {
        self.open_file(&place.file);
        self.reveal.set(Some(place));
    }

    /// Shows the file that the app begins with, when nothing is shown.
    pub(super) fn show_main(self) {
        if self.active.get_untracked().is_some() {
            return;
        }
        let main = self.files.with_untracked(|files| {
            MAIN_FILES
                .into_iter()
                .find(|path| files.contains_key(*path))
                .map(str::to_owned)
                .or_else(|| files.keys().next().cloned())
        });
        if let Some(main) = main {
            self.open_file(&main);
        }
    }

    /// Closes tabs of files that are gone.
    pub(super) fn forget_missing_tabs(self) {
        let gone: Vec<String> = self.files.with_untracked(|files| {
            self.tabs.with_untracked(|tabs| {
                tabs.iter()
                    .filter(|tab| !files.contains_key(*tab))
                    .cloned()
                    .collect()
            })
        });
        for path in gone {
            self.close_tab(&path);
        }
        self.show_main();
    }
}
