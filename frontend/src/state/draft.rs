//! The prompt that is being written on the home page, and what is attached to
//! it. The text outlives the page, so that a visit to the settings or a reload
//! loses nothing; pictures outlive the visit alone.

use leptos::prelude::*;

use super::attached::Attached;
use crate::platform::local;

const DRAFT_KEY: &str = "cumulet.draft";

/// Handle to the draft.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    text: RwSignal<String>,
    attached: Attached,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            text: RwSignal::new(local::get(DRAFT_KEY).unwrap_or_default()),
            attached: Attached::new(),
        }
    }

    /// The page's draft.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Its text.
    pub(crate) fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// What goes along with it.
    pub(crate) fn attached(self) -> Attached {
        self.attached
    }

    /// Forgets text and pictures.
    pub(crate) fn clear(self) {
        self.set(String::new());
        self.attached.clear();
    }

    /// Changes its text.
    pub(crate) fn set(self, text: String) {
        local::set(DRAFT_KEY, &text);
        self.text.set(text);
    }
}
