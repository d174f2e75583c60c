//! Who asks the language models, and where their keys are then.

use leptos::prelude::*;

use crate::components::button::Button;
use crate::components::field::{Choice, Select};
use crate::components::icon::Glyph;
use crate::components::notice::Notice;
use crate::state::direct::Direct;
use crate::state::provider::ProviderState;
use crate::state::session::Session;

/// Words of the choice.
const SERVER: &str = "server";
const BROWSER: &str = "browser";

/// The choice, where there is one, and what it means.
#[component]
pub(super) fn Source() -> impl IntoView {
    let direct = Direct::expect();
    let active = direct.active();
    let is_static = Session::expect().is_static();
    let value = Signal::derive(move || if active.get() { BROWSER } else { SERVER }.to_owned());
    view! {
        <Show when=move || !is_static.get()>
            <Select
                id="asked-by"
                label="Models are asked by"
                value=value
                choices=vec![
                    Choice::new(SERVER, "The Cumulet server"),
                    Choice::new(BROWSER, "This browser"),
                ]
                on_change=move |word: String| direct.choose(word == BROWSER)
            />
        </Show>
        <Show when=move || active.get()>
            <Browser/>
        </Show>
    }
}

/// What it means that the browser asks.
#[component]
fn Browser() -> impl IntoView {
    let provider = ProviderState::expect();
    let is_static = Session::expect().is_static();
    let title = Signal::derive(move || {
        if is_static.get() {
            "There is no Cumulet server here: this browser asks the models itself"
        } else {
            "This browser asks the models itself, without your Cumulet server"
        }
        .to_owned()
    });
    let has_key = Memo::new(move |_| {
        provider.settings().with(|settings| {
            let mut providers = settings.iter().flat_map(|settings| &settings.providers);
            providers.any(|provider| provider.has_key)
        })
    });
    view! {
        <Notice
            title=title
            detail="What you set up here, keys too, is kept in this browser only (localStorage), and is sent to nobody but the provider. Whoever uses this browser profile can read it. While a model writes, keep the page open."
        >
            <Show when=move || has_key.get()>
                <Button small=true glyph=Glyph::Trash on_press=move || provider.forget_keys()>
                    "Forget all keys"
                </Button>
            </Show>
        </Notice>
    }
}
