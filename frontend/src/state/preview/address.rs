//! Where the app is in its own history. The address outlives the frame: a
//! reload begins where the app was, as in a browser.

use leptos::prelude::*;
use protocol::limits::APP_PATH_MAX_CHARS;
use protocol::preview::ToBridge;

use super::Preview;

/// The app's address, and what lies around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// Path, query and hash.
    pub(crate) path: String,
    /// Whether there is an entry before it.
    pub(crate) can_go_back: bool,
    /// Whether there is one behind it.
    pub(crate) can_go_forward: bool,
}

impl Default for Address {
    fn default() -> Self {
        Self {
            path: "/".to_owned(),
            can_go_back: false,
            can_go_forward: false,
        }
    }
}

impl Preview {
    /// Where the app is.
    pub(crate) fn address(self) -> Signal<Address> {
        self.address.into()
    }

    /// Goes to an address of the app that the person wrote. `people` is `/people`; what has a hash
    /// or a query alone changes these. Longer than an address may be: cut.
    pub(crate) fn navigate(self, written: &str) {
        let written = written.trim();
        let to = if written.starts_with(['/', '#', '?']) {
            written.to_owned()
        } else {
            format!("/{written}")
        };
        let session = self.session.get_value();
        self.steer(&ToBridge::Navigate {
            session,
            to: to.chars().take(APP_PATH_MAX_CHARS).collect(),
        });
    }

    /// Goes back, below zero, or forward in the app's history.
    pub(crate) fn traverse(self, delta: i32) {
        let session = self.session.get_value();
        self.steer(&ToBridge::Traverse { session, delta });
    }

    pub(super) fn steer(self, message: &ToBridge) {
        self.inner.with_value(|inner| {
            if let Some(bridge) = &inner.bridge {
                bridge.post(message);
            }
        });
    }

    pub(super) fn hear_address(self, path: String, can_go_back: bool, can_go_forward: bool) {
        let address = Address {
            path,
            can_go_back,
            can_go_forward,
        };
        if self.address.with_untracked(|known| *known != address) {
            self.address.set(address);
        }
    }

    /// The next frame starts at the beginning.
    pub(super) fn forget_address(self) {
        self.address.set(Address::default());
    }

    /// The history goes with the frame, the address stays.
    pub(super) fn end_history(self) {
        self.address.update(|address| {
            address.can_go_back = false;
            address.can_go_forward = false;
        });
    }
}
