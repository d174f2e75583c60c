//! The server's copy of the app's collections. The bridge worker knows what it
//! lacks and puts the two together; here the server is asked.

use leptos::prelude::*;
use protocol::data::Exchange;
use protocol::error::ErrorCode;
use protocol::preview::ToBridge;

use super::Preview;
use crate::api;
use crate::platform::clock::sleep_ms;
use crate::platform::dom::is_visible;
use crate::platform::listen::Listener;
use crate::state::session::Server;
use crate::state::spawn;
use crate::state::toasts::ToastKind;

/// Quiet time before changes are sent, in milliseconds.
const DEBOUNCE_MS: u32 = 400;
/// Pause between two looks for what changed elsewhere, in milliseconds.
const LOOK_MS: u32 = 15_000;

/// Exchanges follow one another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Round {
    #[default]
    Over,
    Runs,
    /// Another one is wanted when it is over.
    RunsBefore,
}

/// How far the exchange with the server is.
#[derive(Default)]
pub(super) struct Replication {
    round: Round,
    /// A change waits for a quiet moment.
    waits: bool,
    /// The person was told that it fails.
    told: bool,
    visibility: Option<Listener>,
}

impl Preview {
    /// Exchanges changes from now on: when there is a server, when the page is
    /// looked at, and every now and then while it is.
    pub(super) fn follow_server(self) {
        Effect::new(move |_| {
            if self.page.server().get() == Server::Present {
                self.exchange();
            }
        });
        let document = web_sys::window().and_then(|window| window.document());
        let visibility = document
            .map(|document| Listener::new(&document, "visibilitychange", move |_| self.look()));
        self.replication
            .update_value(|replication| replication.visibility = visibility);
        spawn(async move {
            loop {
                sleep_ms(LOOK_MS).await;
                self.look();
            }
        });
    }

    fn look(self) {
        if is_visible() {
            self.exchange();
        }
    }

    /// The app changed documents: the server hears of it after a quiet moment.
    pub(super) fn documents_changed(self) {
        let waits = self
            .replication
            .try_update_value(|replication| std::mem::replace(&mut replication.waits, true));
        if waits == Some(true) {
            return;
        }
        spawn(async move {
            sleep_ms(DEBOUNCE_MS).await;
            self.replication
                .update_value(|replication| replication.waits = false);
            self.exchange();
        });
    }

    /// Begins an exchange for the app that is open, where the server has that.
    pub(super) fn exchange(self) {
        let app = self.inner.with_value(|inner| inner.app_id.clone());
        if self.page.server().get_untracked() != Server::Present || !self.library.is_shared(&app) {
            return;
        }
        let round = self.replication.try_update_value(|replication| {
            replication.round = match replication.round {
                Round::Over => Round::Runs,
                Round::Runs | Round::RunsBefore => Round::RunsBefore,
            };
            replication.round
        });
        if round != Some(Round::Runs) {
            return;
        }
        if self.bridge().is_ok() {
            self.post(&ToBridge::ReadUnsent { app });
        } else {
            self.exchanged(false);
        }
    }

    /// What the server lacks goes there, and its answer back.
    pub(super) fn hear_unsent(self, app: String, exchange: Exchange) {
        spawn(async move {
            match api::exchange_documents(&app, &exchange).await {
                Ok(answer) => {
                    if !answer.refused.is_empty() {
                        let text = "The server doesn't take all of the app's data. The rest stays in this browser.";
                        self.toasts.show(ToastKind::Warning, text, None);
                    }
                    self.post(&ToBridge::Merge { app, answer });
                }
                Err(error) => {
                    self.page.heard(&error);
                    if let api::Error::Api(said) = &error
                        && said.code != ErrorCode::NotFound
                    {
                        self.fail_once(&said.message);
                    }
                    self.exchanged(false);
                }
            }
        });
    }

    /// The browser can't keep what the server says.
    pub(super) fn hear_merge_failed(self, reason: &str) {
        self.fail_once(reason);
        self.exchanged(false);
    }

    fn fail_once(self, reason: &str) {
        let told = self
            .replication
            .try_update_value(|replication| std::mem::replace(&mut replication.told, true));
        if told == Some(false) {
            let text = format!("The app's data can't follow the server's: {reason}");
            self.toasts.show(ToastKind::Danger, text, None);
        }
    }

    /// An exchange is over; `more` is to follow.
    pub(super) fn exchanged(self, more: bool) {
        let round = self
            .replication
            .try_update_value(|replication| std::mem::take(&mut replication.round));
        if more {
            self.exchange();
        } else if round == Some(Round::RunsBefore) {
            self.documents_changed();
        }
    }
}
