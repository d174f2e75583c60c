//! Something that is on or off.

use leptos::prelude::*;

/// The switch. It shows what holds, and changes when that does.
#[component]
pub(super) fn Switch(
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the label is only read.
    #[prop(optional)]
    label_hidden: bool,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// It can't be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called with what is wanted.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            class="switch"
            type="button"
            role="switch"
            aria-checked=move || if on.get() { "true" } else { "false" }
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |_| {
                if !disabled.get() {
                    on_change.run(!on.get());
                }
            }
        >
            <span class="switch-track"></span>
            <span class:visually-hidden=label_hidden>{move || label.get()}</span>
        </button>
    }
}
