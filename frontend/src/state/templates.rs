//! Starter apps.

use leptos::prelude::*;
use protocol::template::TemplateSummary;

use super::spawn;
use crate::api;
use crate::message::{Sentence, describe};

/// The list of starter apps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TemplateList {
    /// On its way.
    Loading,
    /// It couldn't be had.
    Failed(Sentence),
    /// There.
    Ready(Vec<TemplateSummary>),
}

/// Handle to the starter apps.
#[derive(Clone, Copy)]
pub(crate) struct Templates {
    list: RwSignal<TemplateList>,
    asked: StoredValue<bool>,
}

impl Templates {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::new(TemplateList::Loading),
            asked: StoredValue::new(false),
        }
    }

    /// The page's starter apps.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The list; fetched when first asked for.
    pub(crate) fn list(self) -> Signal<TemplateList> {
        if !self.asked.get_value() {
            self.asked.set_value(true);
            self.fetch();
        }
        self.list.into()
    }

    /// Tries again after a failure.
    pub(crate) fn reload(self) {
        self.list.set(TemplateList::Loading);
        self.fetch();
    }

    fn fetch(self) {
        spawn(async move {
            self.list.set(match api::list_templates().await {
                Ok(list) => TemplateList::Ready(list),
                Err(error) => TemplateList::Failed(describe(&error)),
            });
        });
    }
}
