//! The browser's choice of files, opened by a button or a menu's item.

use leptos::html;
use leptos::prelude::*;

use crate::platform::files::{Picked, chosen};

/// A file input that isn't seen; [`choose_with`] opens it.
#[component]
pub(crate) fn FileInput(
    /// The input.
    node_ref: NodeRef<html::Input>,
    /// Several files can be chosen.
    #[prop(optional)]
    multiple: bool,
    /// A folder is chosen.
    #[prop(optional)]
    folder: bool,
    /// Media type of the files that are offered; empty for all.
    #[prop(optional)]
    accept: &'static str,
    /// Called with what was chosen.
    #[prop(into)]
    on_choose: Callback<Vec<Picked>>,
) -> impl IntoView {
    view! {
        <input
            class="visually-hidden"
            type="file"
            tabindex="-1"
            aria-hidden="true"
            multiple=multiple
            accept=accept
            prop:webkitdirectory=folder
            node_ref=node_ref
            on:change:target=move |event| on_choose.run(chosen(&event.target()))
        />
    }
}

/// Opens the choice of an input.
pub(crate) fn choose_with(input: NodeRef<html::Input>) -> Callback<()> {
    Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    })
}
