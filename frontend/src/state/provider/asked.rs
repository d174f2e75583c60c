//! The model that the next request goes to, and what is known of it.

use generation::ModelInfo;
use generation::dialect::listed_info;
use leptos::prelude::*;
use protocol::provider::{ModelPrice, ModelSummary};

use super::standing::{Standing, in_turn};
use super::{ProviderState, ProviderStore};

/// The model that is asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Its name.
    pub(crate) model: String,
    /// What its provider tells of it.
    pub(crate) info: ModelInfo,
    /// What it costs, where its provider tells.
    pub(crate) price: Option<ModelPrice>,
}

impl ProviderState {
    /// The model that is asked first, tracked; `None` when there is none.
    pub(crate) fn asked(self) -> Option<Asked> {
        let ProviderStore {
            settings,
            health,
            offers,
            ..
        } = &*self;
        let chosen = self.chosen().get();
        let provider = settings.with(|settings| {
            let turn = in_turn(settings.as_ref()?, chosen.as_deref());
            let answers = |standing| matches!(standing, Standing::Answers(_));
            health.with(|health| {
                let mut turn = turn.into_iter();
                turn.find(|provider| answers(Standing::of(provider, health.as_ref())))
                    .cloned()
            })
        })?;
        let listed = offers.with(|offers| {
            let offer = offers.get(&provider.id)?;
            offer
                .iter()
                .find(|model| model.name == provider.model)
                .cloned()
        });
        let listed = listed.unwrap_or_else(|| ModelSummary {
            name: provider.model.clone(),
            ..ModelSummary::default()
        });
        Some(Asked {
            info: listed_info(provider.kind, &listed),
            price: listed.price,
            model: provider.model,
        })
    }
}
