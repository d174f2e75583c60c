//! Whether this page asks language models itself: where there is no server that
//! could, or where somebody chose so. A server that is only out of reach
//! changes nothing: what was meant for it goes nowhere else.

use leptos::prelude::*;

use super::Handle;
use super::session::Session;
use crate::api::{self, Models};
use crate::platform::local;

/// Preference of who wants this browser to ask.
const CHOSEN_KEY: &str = "cumulet.direct";

/// Handle to the choice.
pub(crate) type Direct = Handle<DirectStore>;

/// What stands behind [`Direct`].
pub(crate) struct DirectStore {
    chosen: RwSignal<bool>,
    session: Session,
    asks: api::Direct,
}

impl Direct {
    pub(super) fn new() -> Self {
        Handle::keep(DirectStore {
            chosen: RwSignal::new(local::get(CHOSEN_KEY).is_some()),
            session: Session::expect(),
            asks: api::Direct::default(),
        })
    }

    /// The page's choice.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Whether the page asks.
    pub(crate) fn active(self) -> Signal<bool> {
        Signal::derive(move || self.chosen.get() || self.session.is_static().get())
    }

    /// Has the page ask, or the server.
    pub(crate) fn choose(self, direct: bool) {
        if direct {
            local::set(CHOSEN_KEY, "1");
        } else {
            local::remove(CHOSEN_KEY);
        }
        self.chosen.set(direct);
    }

    /// Who asks, untracked.
    pub(super) fn models(self) -> Models {
        if self.active().get_untracked() {
            Models::Direct(&self.0.asks)
        } else {
            Models::Server
        }
    }

    /// Forgets every key that this browser keeps.
    pub(super) fn forget_keys(self) {
        self.asks.forget_keys();
    }
}
