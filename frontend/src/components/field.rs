//! Labelled form controls: one line of text, and a choice from a list.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A control with its label above, and a hint or an error below.
#[component]
fn Field(
    /// Id of the control.
    id: &'static str,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// What to enter and why.
    hint: MaybeProp<String>,
    /// What is wrong with the value; replaces the hint.
    error: MaybeProp<String>,
    /// The control; described by the element `{id}-hint`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:invalid=move || error.get().is_some()>
            <label for=id>{move || label.get()}</label>
            {children()}
            <p class="field-hint" id=format!("{id}-hint") aria-live="polite">
                {move || match error.get() {
                    Some(error) => {
                        view! { <Icon glyph=Glyph::Error size=14/><span>{error}</span> }.into_any()
                    }
                    None => hint.get().map(|hint| view! { <span>{hint}</span> }).into_any(),
                }}
            </p>
        </div>
    }
}

/// One line of text.
#[component]
pub(crate) fn TextField(
    /// Id, unique in the page.
    id: &'static str,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// Text.
    #[prop(into)]
    value: Signal<String>,
    /// `text`, `url`, `password`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// Example of a value.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// What to enter and why.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// Id of a `<datalist>` with suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Set in the typeface of code: addresses, names of models.
    #[prop(optional)]
    code: bool,
    /// Called with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
) -> impl IntoView {
    view! {
        <Field id=id label=label hint=hint error=error>
            <input
                class="input"
                class:code=code
                id=id
                type=kind
                list=list
                placeholder=move || placeholder.get()
                autocomplete=if kind == "password" { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=format!("{id}-hint")
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
            />
        </Field>
    }
}

/// One choice of a [`Select`] or a [`super::segmented::Segmented`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is stored.
    pub(crate) value: String,
    /// What is shown.
    pub(crate) label: String,
    /// Icon beside it, where there is room.
    pub(crate) glyph: Option<Glyph>,
}

impl Choice {
    /// A choice without icon.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            glyph: None,
        }
    }

    /// The same with an icon.
    pub(crate) fn with_glyph(self, glyph: Glyph) -> Self {
        Self {
            glyph: Some(glyph),
            ..self
        }
    }
}

/// A choice from a list.
#[component]
pub(crate) fn Select(
    /// Id, unique in the page.
    id: &'static str,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// Value of the choice.
    #[prop(into)]
    value: Signal<String>,
    /// All choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What to choose and why.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Called with the value of the new choice.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    view! {
        <Field id=id label=label hint=hint error=MaybeProp::default()>
            <div class="select">
                <select
                    class="input"
                    id=id
                    aria-describedby=format!("{id}-hint")
                    on:change:target=move |event| on_change.run(event.target().value())
                >
                    {move || {
                        let current = value.get();
                        choices
                            .get()
                            .into_iter()
                            .map(|choice| {
                                let selected = choice.value == current;
                                view! {
                                    <option value=choice.value selected=selected>
                                        {choice.label}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
                <Icon glyph=Glyph::ChevronDown/>
            </div>
        </Field>
    }
}
