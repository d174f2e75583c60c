//! The language model: its settings and whether it answers.

use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::provider::{ProviderSettings, ProviderTest, SaveProvider};

use super::Handle;
use super::session::{Server, Session};
use super::spawn;
use crate::api;
use crate::message::{Sentence, describe, without_network};

/// Whether a model can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProviderStatus {
    /// Not asked yet.
    Unknown,
    /// Being asked.
    Checking,
    /// This model answers.
    Ready(String),
    /// Set up, but it doesn't answer; or there is no server to ask it.
    Unreachable(Sentence),
    /// No provider, or no model chosen.
    NotConfigured,
}

/// Handle to the language model's settings.
pub(crate) type ProviderState = Handle<ProviderStore>;

/// What stands behind [`ProviderState`].
pub(crate) struct ProviderStore {
    settings: RwSignal<Option<ProviderSettings>>,
    status: RwSignal<ProviderStatus>,
    /// Rises with every check, so that a late answer is dropped.
    check: StoredValue<u64>,
    session: Session,
}

impl ProviderState {
    pub(super) fn new() -> Self {
        Handle::keep(ProviderStore {
            settings: RwSignal::new(None),
            status: RwSignal::new(ProviderStatus::Unknown),
            check: StoredValue::new(0),
            session: Session::expect(),
        })
    }

    /// The page's provider.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Settings as the server has them; `None` before they are known and when there are none.
    pub(crate) fn settings(self) -> Signal<Option<ProviderSettings>> {
        self.settings.into()
    }

    /// Whether a model can be asked.
    pub(crate) fn status(self) -> Signal<ProviderStatus> {
        self.status.into()
    }

    /// Saves settings, then checks them.
    ///
    /// # Errors
    /// The server's refusal, as a sentence.
    pub(crate) async fn save(self, body: SaveProvider) -> Result<ProviderSettings, Sentence> {
        match api::save_provider(&body).await {
            Ok(settings) => {
                self.settings.set(Some(settings.clone()));
                self.check();
                Ok(settings)
            }
            Err(error) => {
                self.session.heard(&error);
                Err(describe(&error))
            }
        }
    }

    /// Asks a provider with these settings for its models; saves nothing.
    ///
    /// # Errors
    /// Why it didn't answer, as a sentence with the next step.
    pub(crate) async fn test(self, body: SaveProvider) -> Result<ProviderTest, Sentence> {
        api::test_provider(&body)
            .await
            .map_err(|error| describe(&error))
    }

    /// Reads the settings and asks the provider again.
    pub(crate) fn check(self) {
        let number = self.check.get_value() + 1;
        self.check.set_value(number);
        if !matches!(self.status.get_untracked(), ProviderStatus::Ready(_)) {
            self.status.set(ProviderStatus::Checking);
        }
        spawn(async move {
            let (settings, status) = ask().await;
            if self.check.get_value() == number {
                if let Some(settings) = settings {
                    self.settings.set(settings);
                }
                self.status.set(status);
            }
        });
    }

    pub(super) fn start(self) {
        let (server, online) = (self.session.server(), self.session.online());
        Effect::new(move |_| match server.get() {
            Server::Unknown => {}
            Server::Present => self.check(),
            Server::Absent => {
                self.check.update_value(|number| *number += 1);
                let sentence = if online.get() {
                    describe(&api::Error::Network)
                } else {
                    without_network()
                };
                self.status.set(ProviderStatus::Unreachable(sentence));
            }
        });
    }
}

/// Settings when they could be read, and what the provider says.
async fn ask() -> (Option<Option<ProviderSettings>>, ProviderStatus) {
    let settings = match api::get_provider().await {
        Ok(settings) => settings,
        Err(error) => return (None, ProviderStatus::Unreachable(describe(&error))),
    };
    let Some(current) = settings.clone().filter(|current| !current.model.is_empty()) else {
        return (Some(settings), ProviderStatus::NotConfigured);
    };
    let body = SaveProvider {
        kind: current.kind,
        base_url: current.base_url,
        model: current.model.clone(),
        api_key: None,
    };
    let status = match api::test_provider(&body).await {
        Ok(_) => ProviderStatus::Ready(current.model),
        Err(error) if error.code() == Some(ErrorCode::ProviderNotConfigured) => {
            ProviderStatus::NotConfigured
        }
        Err(error) => ProviderStatus::Unreachable(describe(&error)),
    };
    (Some(settings), status)
}
