//! A choice of few, all of them visible.

use leptos::prelude::*;

use super::field::Choice;
use super::icon::Icon;

/// A row of exclusive choices; a radio group to the keyboard and to screen readers.
#[component]
pub(crate) fn Segmented(
    /// Name of the group, unique in the page.
    name: &'static str,
    /// Label, read but not shown.
    #[prop(into)]
    label: Signal<String>,
    /// Value of the choice.
    #[prop(into)]
    value: Signal<String>,
    /// All choices.
    choices: Vec<Choice>,
    /// Shows icons alone; the labels are read and are tooltips.
    #[prop(optional)]
    icons_only: bool,
    /// Called with the value of the new choice.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|choice| {
            let own = choice.value.clone();
            let sent = choice.value.clone();
            let tooltip = icons_only.then(|| choice.label.clone());
            view! {
                <label class="segment" title=tooltip>
                    <input
                        class="visually-hidden"
                        type="radio"
                        name=name
                        value=choice.value
                        prop:checked=move || value.get() == own
                        on:change=move |_| on_change.run(sent.clone())
                    />
                    {choice.glyph.map(|glyph| view! { <Icon glyph=glyph/> })}
                    <span class:visually-hidden=icons_only>{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segmented" role="radiogroup" aria-label=move || label.get()>
            {options}
        </div>
    }
}
