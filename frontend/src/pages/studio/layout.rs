//! Which panels the studio shows, and how wide they are. Sizes are kept as
//! preferences of this browser.

use leptos::prelude::*;

use crate::platform::{dom, local};
use crate::state::chat::Chat;
use crate::state::console::Place;
use crate::state::project::{Phase, Project};

const CHAT_WIDTH_KEY: &str = "cumulet.chat-width";
const CODE_WIDTH_KEY: &str = "cumulet.code-width";

/// Width in pixels from which conversation, code and preview have room side by side.
const THREE_PANELS: f64 = 1360.0;
/// Width in pixels from which panels are beside each other at all.
const WIDE: f64 = 900.0;
/// Width of the list of files, in pixels, as the style sheet has it.
const TREE_WIDTH: f64 = 190.0;
/// Least width of code beside the list, in pixels: some 45 characters.
const MIN_EDITOR_WIDTH: f64 = 360.0;
/// Id of the box for the next request.
pub(super) const COMPOSER_ID: &str = "studio-prompt";

/// A panel; in a narrow window one is shown at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    /// Conversation.
    Chat,
    /// Files and editor.
    Code,
    /// The running app.
    Preview,
}

impl Pane {
    /// Word in attributes.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Code => "code",
            Self::Preview => "preview",
        }
    }

    /// The panel of a word.
    pub(super) fn from_word(word: &str) -> Self {
        match word {
            "code" => Self::Code,
            "preview" => Self::Preview,
            _ => Self::Chat,
        }
    }
}

/// What lies open below the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DockPanel {
    /// What is wrong.
    Problems,
    /// What the app wrote.
    Console,
    /// What the app sent outside.
    Network,
    /// What the app keeps.
    Data,
    /// What the app may do.
    Permissions,
}

/// Handle to the layout of one studio page.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pane: RwSignal<Pane>,
    chat_open: RwSignal<bool>,
    code_open: RwSignal<bool>,
    chat_width: RwSignal<f64>,
    code_width: RwSignal<f64>,
    tree_open: RwSignal<bool>,
    dock: RwSignal<Option<DockPanel>>,
    /// While the model writes, the editor goes where it does; the person stays by
    /// choosing a file or by scrolling up.
    following: RwSignal<bool>,
    project: Project,
}

impl Layout {
    pub(super) fn new() -> Self {
        Self {
            pane: RwSignal::new(Pane::Chat),
            chat_open: RwSignal::new(true),
            code_open: RwSignal::new(false),
            chat_width: RwSignal::new(number(CHAT_WIDTH_KEY, 360.0)),
            code_width: RwSignal::new(number(CODE_WIDTH_KEY, default_code_width())),
            tree_open: RwSignal::new(dom::window_width() >= WIDE),
            dock: RwSignal::new(None),
            following: RwSignal::new(true),
            project: Project::expect(),
        }
    }

    /// The page's layout.
    #[track_caller]
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// The panel that a narrow window shows.
    pub(super) fn pane(self) -> Signal<Pane> {
        self.pane.into()
    }

    /// Whether the conversation is shown in a wide window.
    pub(super) fn chat_open(self) -> Signal<bool> {
        self.chat_open.into()
    }

    /// Whether the code is shown in a wide window.
    pub(super) fn code_open(self) -> Signal<bool> {
        self.code_open.into()
    }

    /// Width of the conversation, in pixels.
    pub(super) fn chat_width(self) -> Signal<f64> {
        self.chat_width.into()
    }

    /// Width of files and code, in pixels: what the person chose, or what the
    /// list needs so that the code beside it stays readable.
    pub(super) fn code_width(self) -> Signal<f64> {
        Signal::derive(move || self.code_width.get().max(self.min_code_width()))
    }

    /// Least width of files and code, in pixels.
    pub(super) fn min_code_width(self) -> f64 {
        if self.tree_open.get() {
            TREE_WIDTH + MIN_EDITOR_WIDTH
        } else {
            MIN_EDITOR_WIDTH
        }
    }

    /// Whether the list of files is shown beside the code.
    pub(super) fn tree_open(self) -> Signal<bool> {
        self.tree_open.into()
    }

    /// Shows or hides the list of files.
    pub(super) fn toggle_tree(self) {
        self.tree_open.update(|open| *open = !*open);
    }

    /// What lies open below the preview.
    pub(super) fn dock(self) -> Signal<Option<DockPanel>> {
        self.dock.into()
    }

    /// Whether the editor goes where the model writes.
    pub(super) fn following(self) -> Signal<bool> {
        self.following.into()
    }

    /// Has the editor go where the model writes, or stay.
    pub(super) fn follow(self, on: bool) {
        self.following.set(on);
    }

    /// Shows a panel in a narrow window; the code in a wide one too.
    pub(super) fn show(self, pane: Pane) {
        self.pane.set(pane);
        if pane == Pane::Code && !self.code_open.get_untracked() {
            self.toggle_code();
        }
    }

    /// Shows or hides the conversation.
    pub(super) fn toggle_chat(self) {
        self.chat_open.update(|open| *open = !*open);
    }

    /// Shows or hides the code; where three panels don't fit beside each other,
    /// it takes the conversation's room.
    pub(super) fn toggle_code(self) {
        self.code_open.update(|open| *open = !*open);
        if self.code_open.get_untracked() && dom::window_width() < THREE_PANELS {
            self.chat_open.set(false);
        }
    }

    /// Shows the conversation, with the focus in the box for the next request.
    pub(super) fn ask(self) {
        self.pane.set(Pane::Chat);
        self.chat_open.set(true);
        // A hidden box takes no focus, so first it is shown.
        request_animation_frame(|| {
            if let Some(composer) = dom::by_id(COMPOSER_ID) {
                let _ = composer.focus();
            }
        });
    }

    /// Opens a panel below the preview, or closes it when it is open.
    pub(super) fn toggle_dock(self, panel: DockPanel) {
        self.dock.update(|dock| {
            *dock = if *dock == Some(panel) {
                None
            } else {
                Some(panel)
            }
        });
    }

    /// Closes what lies open below the preview.
    pub(super) fn close_dock(self) {
        self.dock.set(None);
    }

    /// Keeps the width of the conversation.
    pub(super) fn set_chat_width(self, width: f64) {
        self.chat_width.set(width);
        local::set(CHAT_WIDTH_KEY, &width.to_string());
    }

    /// Keeps the width of the code.
    pub(super) fn set_code_width(self, width: f64) {
        self.code_width.set(width);
        local::set(CODE_WIDTH_KEY, &width.to_string());
    }

    /// Shows a file that the person chose.
    pub(super) fn open_file(self, path: &str) {
        if self.project.active().get_untracked().as_deref() != Some(path) {
            self.following.set(false);
        }
        self.project.open_file(path);
    }

    /// Shows a place in the code.
    pub(super) fn go_to(self, place: Place) {
        self.following.set(false);
        self.show(Pane::Code);
        self.project.go_to(place);
    }

    /// In a narrow window an app that nobody has talked about yet shows itself
    /// first.
    pub(super) fn show_app_first(self, chat: Chat) {
        let project = self.project;
        Effect::new(move |_| {
            if project.phase().get() == Phase::Open
                && !project.is_empty()
                && chat.messages().with_untracked(Vec::is_empty)
            {
                self.pane.set(Pane::Preview);
            }
        });
    }

    /// While the model writes, the editor shows the file that it writes; the
    /// code opens by itself for the first files of an app.
    pub(super) fn follow_stream(self, chat: Chat) {
        let project = self.project;
        let current = Memo::new(move |_| {
            chat.files().with(|files| {
                files
                    .last()
                    .filter(|file| !file.complete)
                    .map(|file| file.path.clone())
            })
        });
        Effect::new(move |_| {
            if chat.streaming().get() {
                self.following.set(true);
                if project.is_empty() {
                    self.code_open.set(true);
                    // The conversation stays, so the list makes room for the code.
                    if self.chat_open.get_untracked() && dom::window_width() < THREE_PANELS {
                        self.tree_open.set(false);
                    }
                }
            }
        });
        Effect::new(move |_| {
            if let (Some(path), true) = (current.get(), self.following.get()) {
                project.open_file(&path);
            }
        });
        // What was left unfinished isn't the app's, which closes its tab: it stays to be read.
        Effect::new(move |_| {
            if chat.ended().get().is_some() && self.following.get_untracked() {
                let unfinished = chat.partial().with_untracked(|partial| {
                    let begun = partial.iter().find(|(_, text)| !text.is_empty());
                    begun.map(|(path, _)| path.clone())
                });
                if let Some(path) = unfinished {
                    project.open_file(&path);
                }
            }
        });
        let begun = Memo::new(move |_| {
            chat.partial()
                .with(|partial| partial.keys().cloned().collect::<Vec<_>>())
        });
        Effect::new(move |_| {
            let begun = begun.get();
            for path in project.tabs().get_untracked() {
                if !begun.contains(&path) && project.text(&path).is_none() {
                    project.close_tab(&path);
                }
            }
        });
    }
}

/// A little less than half of what the conversation leaves: the preview stays the largest.
fn default_code_width() -> f64 {
    ((dom::window_width() - 360.0) * 0.46).clamp(MIN_EDITOR_WIDTH, 640.0)
}

fn number(key: &str, default: f64) -> f64 {
    local::get(key)
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}
