//! The prompt that is being written on the home page. It outlives the page, so
//! that a visit to the settings or a reload loses nothing.

use leptos::prelude::*;

use crate::platform::local;

const DRAFT_KEY: &str = "cumulet.draft";

/// Handle to the draft.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    text: RwSignal<String>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            text: RwSignal::new(local::get(DRAFT_KEY).unwrap_or_default()),
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

    /// Changes its text.
    pub(crate) fn set(self, text: String) {
        local::set(DRAFT_KEY, &text);
        self.text.set(text);
    }
}
