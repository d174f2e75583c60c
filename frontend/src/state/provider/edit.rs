//! Changes of the models' settings, with what can be undone.

use leptos::prelude::*;
use protocol::provider::{ModelSettings, ProviderSettings, SaveModels, SaveProvider};

use super::ProviderState;
use super::standing::to_save;
use crate::message::Sentence;
use crate::state::spawn;
use crate::state::toasts::{ToastAction, ToastKind};

impl ProviderState {
    /// Saves a provider, then looks at all of them.
    ///
    /// # Errors
    /// The server's refusal, as a sentence.
    pub(crate) async fn save(self, id: &str, body: &SaveProvider) -> Result<(), Sentence> {
        self.change(self.models().save(id, body)).await?;
        self.check();
        Ok(())
    }

    /// Switches a provider on or off.
    pub(crate) fn set_enabled(self, provider: &ProviderSettings, enabled: bool) {
        let (id, mut body) = (provider.id.clone(), to_save(provider));
        body.enabled = enabled;
        spawn(async move {
            if let Err(sentence) = self.save(&id, &body).await {
                self.toasts.failure(&sentence);
            }
        });
    }

    /// Decides which provider is asked first, and whether the next one is asked when it fails.
    pub(crate) fn prefer(self, preferred: Option<String>, fallback: bool) {
        spawn(async move {
            let body = SaveModels {
                preferred,
                fallback,
            };
            if let Err(sentence) = self.change(self.models().choose(body)).await {
                self.toasts.failure(&sentence);
            }
        });
    }

    /// Removes a provider and its key; a notice offers to bring it back, without the key.
    pub(crate) fn remove(self, id: &str) {
        let Some(before) = self.settings.get_untracked() else {
            return;
        };
        let Some(provider) = before.providers.iter().find(|p| p.id == id).cloned() else {
            return;
        };
        spawn(async move {
            if let Err(sentence) = self.change(self.models().delete(&provider.id)).await {
                return self.toasts.failure(&sentence);
            }
            let and_key = if provider.has_key { " and its key" } else { "" };
            let text = format!("Removed {}{and_key}.", provider.name);
            let undo = ToastAction::new("Undo", move || {
                spawn(self.restore(provider.clone(), before.clone()));
            });
            self.toasts.show(ToastKind::Info, text, Some(undo));
        });
    }

    /// Forgets every key that this browser keeps.
    pub(crate) fn forget_keys(self) {
        self.direct.forget_keys();
        self.check();
        self.toasts
            .info("No key is kept in this browser any more.".to_owned());
    }

    async fn restore(self, provider: ProviderSettings, before: ModelSettings) {
        let mut result = self.save(&provider.id, &to_save(&provider)).await;
        if result.is_ok() && before.preferred.as_ref() == Some(&provider.id) {
            let body = SaveModels {
                preferred: before.preferred,
                fallback: before.fallback,
            };
            result = self.change(self.models().choose(body)).await;
        }
        match result {
            Ok(()) if provider.has_key => self.toasts.warning(format!(
                "{} is back, without its key. Edit it to enter the key again.",
                provider.name
            )),
            Ok(()) => self.toasts.info(format!("{} is back.", provider.name)),
            Err(sentence) => self.toasts.failure(&sentence),
        }
    }
}
