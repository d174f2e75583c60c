//! What the next request will take of the model's context, and what it costs,
//! before it is sent. Counted by the crate that makes the prompt, from the
//! prompt that would be sent.

use std::rc::Rc;

use generation::turn::{Estimate, estimate_turn};
use leptos::prelude::*;
use protocol::generate::GenerateRequest;
use protocol::manifest::Manifest;

use super::Handle;
use super::provider::{Asked, ProviderState};
use crate::api;
use crate::platform::assets::Assets;

/// What a request is expected to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Tokens, room, and what would stay out.
    pub(crate) estimate: Estimate,
    /// Name of the model.
    pub(crate) model: String,
    /// Whether the model's own context is known, and the room isn't a guess.
    pub(crate) known: bool,
    /// Price of the prompt in millionths of a US dollar, where the provider tells it.
    pub(crate) micro_usd: Option<u64>,
}

/// Handle to the expectations.
pub(crate) type Expectations = Handle<ExpectationsStore>;

/// What stands behind [`Expectations`].
pub(crate) struct ExpectationsStore {
    /// Fetched with the first request that is written.
    manifest: StoredValue<Option<Rc<Manifest>>, LocalStorage>,
    address: Option<String>,
    provider: ProviderState,
}

impl Expectations {
    pub(super) fn new(assets: Result<Assets, String>) -> Self {
        Handle::keep(ExpectationsStore {
            manifest: StoredValue::new_local(None),
            address: assets.ok().map(|assets| assets.manifest),
            provider: ProviderState::expect(),
        })
    }

    /// The page's expectations.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// What a request is expected to take; `None` without a model or the list of
    /// packages. Of pictures only their number counts.
    pub(crate) async fn of(self, request: GenerateRequest) -> Option<Expected> {
        let manifest = self.manifest().await?;
        let Asked { model, info, price } = untrack(|| self.provider.asked())?;
        let estimate = estimate_turn(&manifest, &request, &model, info);
        let tokens = u64::try_from(estimate.prompt_tokens).unwrap_or(u64::MAX);
        Some(Expected {
            estimate,
            model,
            known: info.context_tokens.is_some(),
            micro_usd: price.map(|price| price.of_prompt(tokens)),
        })
    }

    async fn manifest(self) -> Option<Rc<Manifest>> {
        if let Some(manifest) = self.manifest.get_value() {
            return Some(manifest);
        }
        let address = self.address.as_ref()?;
        // Without it there is nothing to tell, and the request goes out all the same.
        let manifest = Rc::new(api::get_manifest(address).await.ok()?);
        self.manifest.set_value(Some(Rc::clone(&manifest)));
        Some(manifest)
    }
}
