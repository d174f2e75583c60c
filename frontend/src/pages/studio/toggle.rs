//! A switch with a word, for bars.

use leptos::prelude::*;

/// A button that stays down while something is on.
#[component]
pub(super) fn Toggle(
    /// Whether it is on.
    #[prop(into)]
    pressed: Signal<bool>,
    /// Called when pressed.
    on_press: Callback<()>,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="button ghost small toggle"
            type="button"
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
}
