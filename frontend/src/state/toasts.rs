//! Short notices at the edge of the page, some with an action such as "Undo".

use std::sync::Arc;

use leptos::prelude::*;

use super::spawn;
use crate::message::Sentence;
use crate::platform::clock::sleep_ms;

/// How long a notice stays, in milliseconds; long enough to read two lines and reach "Undo".
pub(crate) const TOAST_MS: u32 = 8_000;

/// What kind of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ToastKind {
    /// Something was done.
    Info,
    /// Something needs attention but nothing is lost.
    Warning,
    /// Something failed.
    Danger,
}

/// The one action of a notice.
#[derive(Clone)]
pub(crate) struct ToastAction {
    /// Words on the button, kept short.
    pub(crate) label: &'static str,
    /// Done at most once; the notice goes with it. Not a `Callback`, which
    /// would end with the view that it was made in.
    run: Arc<dyn Fn() + Send + Sync>,
}

impl ToastAction {
    /// An action with the words on its button.
    pub(crate) fn new(label: &'static str, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label,
            run: Arc::new(run),
        }
    }
}

/// One notice.
#[derive(Clone)]
pub(crate) struct Toast {
    /// Unique on the page.
    pub(crate) id: u64,
    /// Kind.
    pub(crate) kind: ToastKind,
    /// One or two sentences.
    pub(crate) text: String,
    /// Its action.
    pub(crate) action: Option<ToastAction>,
}

/// The notices now shown, oldest first.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u64>,
}

impl Toasts {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next_id: StoredValue::new(1),
        }
    }

    /// The page's notices.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The notices now shown.
    pub(crate) fn list(self) -> Signal<Vec<Toast>> {
        self.list.into()
    }

    /// Shows a notice; gives its id.
    pub(crate) fn show(
        self,
        kind: ToastKind,
        text: impl Into<String>,
        action: Option<ToastAction>,
    ) -> u64 {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        let text = text.into();
        self.list.update(|list| {
            // The same words twice tell nothing new.
            list.retain(|toast| toast.text != text || toast.action.is_some());
            list.push(Toast {
                id,
                kind,
                text,
                action,
            });
        });
        spawn(async move {
            sleep_ms(TOAST_MS).await;
            self.dismiss(id);
        });
        id
    }

    /// Tells that something was done.
    pub(crate) fn info(self, text: impl Into<String>) {
        self.show(ToastKind::Info, text, None);
    }

    /// Tells that something needs attention.
    pub(crate) fn warning(self, text: impl Into<String>) {
        self.show(ToastKind::Warning, text, None);
    }

    /// Tells that something failed, and what to do next.
    pub(crate) fn failure(self, sentence: &Sentence) {
        self.show(ToastKind::Danger, sentence.line(), None);
    }

    /// Takes a notice away.
    pub(crate) fn dismiss(self, id: u64) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    /// Runs a notice's action and takes it away.
    pub(crate) fn act(self, id: u64) {
        let action = self.list.with_untracked(|list| {
            list.iter()
                .find(|toast| toast.id == id)
                .and_then(|toast| toast.action.clone())
        });
        self.dismiss(id);
        if let Some(action) = action {
            (action.run)();
        }
    }
}
