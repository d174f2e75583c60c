//! Which text the code panel shows: the file of the app, or what the model is
//! writing; and what of it the last request changed.

use leptos::prelude::*;
use protocol::asset::media_type;

use crate::platform::editor::{Editor, LineCounts};
use crate::state::chat::Chat;
use crate::state::project::Project;

/// The file shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Project path.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
    /// The model writes it, or left it unfinished: it isn't the app's yet.
    pub(super) read_only: bool,
}

impl Shown {
    /// What the model added at the end of what was shown before; `None` when something else
    /// changed.
    pub(super) fn added_to(&self, before: &Self) -> Option<&str> {
        (self.path == before.path && self.read_only && before.read_only)
            .then(|| self.text.strip_prefix(&before.text))
            .flatten()
    }
}

/// Handle to what is shown.
#[derive(Clone, Copy)]
pub(super) struct Viewer {
    /// Changes when another file is shown, or the shown one changed other than by typing.
    pub(super) shown: Memo<Option<Shown>>,
    /// Text of the shown file before the last request, when that changed it.
    pub(super) before: Memo<Option<String>>,
    /// Changes are shown in files that have some.
    pub(super) comparing: RwSignal<bool>,
    /// Lines of the changes that are marked.
    pub(super) counts: RwSignal<Option<LineCounts>>,
    /// Absent while the module is on its way, or when it can't be had.
    editor: StoredValue<Option<Editor>, LocalStorage>,
    /// The editor is there.
    pub(super) loaded: RwSignal<bool>,
}

impl Viewer {
    pub(super) fn new() -> Self {
        let project = Project::expect();
        let chat = Chat::expect();
        let shown = Memo::new(move |_| {
            let path = project.active().get()?;
            project.outside().track();
            let kept = project.text(&path);
            // A file that the app has is shown as it is there once the model stopped.
            let partial = (chat.streaming().get() || kept.is_none())
                .then(|| chat.partial().with(|partial| partial.get(&path).cloned()))
                .flatten();
            Some(Shown {
                path,
                read_only: partial.is_some(),
                text: partial.or(kept).unwrap_or_default(),
            })
        });
        let before = Memo::new(move |_| {
            shown.with(|shown| {
                let shown = shown.as_ref().filter(|shown| !shown.read_only)?;
                let before = chat.before_turn(&shown.path)?;
                (before != shown.text && media_type(&shown.path).is_none()).then_some(before)
            })
        });
        let comparing = RwSignal::new(false);
        Effect::new(move |_| {
            if chat.streaming().get() {
                comparing.set(false);
            }
        });
        Self {
            shown,
            before,
            comparing,
            counts: RwSignal::new(None),
            editor: StoredValue::new_local(None),
            loaded: RwSignal::new(false),
        }
    }

    /// Takes the editor that was made in `host`, unless that is gone by now.
    pub(super) fn take(self, editor: Editor, host: &web_sys::Node) {
        if host.is_connected() && self.editor.try_set_value(Some(editor)).is_none() {
            let _ = self.loaded.try_set(true);
        }
    }

    /// The editor's place goes.
    pub(super) fn drop_editor(self) {
        self.loaded.set(false);
        self.counts.set(None);
        self.editor.set_value(None);
    }

    /// Does something with the editor, if it is there.
    pub(super) fn with_editor(self, act: impl FnOnce(&Editor)) {
        let _ = self
            .editor
            .try_with_value(|editor| editor.as_ref().map(act));
    }
}
