//! A model's name: free text, with what the provider offers below it.

use leptos::prelude::*;
use protocol::provider::ModelSummary;

use super::words::model_words;
use crate::components::field::TextField;

/// Lists longer than this are narrowed down by what is typed.
const SHORT_LIST: usize = 8;

/// The field and, while it is open, the list.
#[component]
pub(super) fn ModelField(
    /// Id of the field, unique in the page.
    id: &'static str,
    /// What the model is for.
    label: &'static str,
    /// What to choose and why.
    #[prop(into)]
    hint: MaybeProp<String>,
    /// Example of a name.
    #[prop(into)]
    placeholder: MaybeProp<String>,
    /// Name as entered.
    model: RwSignal<String>,
    /// Models that the provider offers; empty when not known.
    models: Memo<Vec<ModelSummary>>,
    /// Id of the field whose list is open.
    open: RwSignal<&'static str>,
) -> impl IntoView {
    let shown = Memo::new(move |_| models.with(|models| narrow(models, &model.get())));
    view! {
        <div class="model-field" on:focusin=move |_| open.set(id)>
            <TextField
                id=id
                label=label
                placeholder=placeholder
                code=true
                value=model
                hint=hint
                on_input=move |text: String| model.set(text)
            />
            <Show when=move || open.get() == id && !models.with(Vec::is_empty)>
                <ul class="model-list" aria-label=format!("{label}: models that the provider offers")>
                    <For
                        each=move || shown.get()
                        key=|offered| offered.name.clone()
                        children=move |offered| choice(&offered, model)
                    />
                    <Show when=move || shown.with(Vec::is_empty)>
                        <li class="model-none">"None of them contains what you typed."</li>
                    </Show>
                </ul>
            </Show>
        </div>
    }
}

/// One model of the list.
fn choice(offered: &ModelSummary, model: RwSignal<String>) -> impl IntoView + use<> {
    let (name, own, sent) = (
        offered.name.clone(),
        offered.name.clone(),
        offered.name.clone(),
    );
    let about = model_words(offered);
    let chosen = Memo::new(move |_| model.with(|model| model.trim() == own));
    view! {
        <li>
            <button
                class="model-choice"
                type="button"
                aria-pressed=move || if chosen.get() { "true" } else { "false" }
                on:click=move |_| model.set(sent.clone())
            >
                <span class="model-name">{name}</span>
                <span class="model-about">{about}</span>
            </button>
        </li>
    }
}

/// The models that contain the text; all of them when the list is short, or
/// when the text is one of their names and so was chosen, not typed to search.
fn narrow(models: &[ModelSummary], text: &str) -> Vec<ModelSummary> {
    let wanted = text.trim().to_lowercase();
    let whole = models.len() <= SHORT_LIST
        || wanted.is_empty()
        || models
            .iter()
            .any(|model| model.name.to_lowercase() == wanted);
    models
        .iter()
        .filter(|model| whole || model.name.to_lowercase().contains(&wanted))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: usize) -> Vec<ModelSummary> {
        (0..count)
            .map(|number| ModelSummary {
                name: format!("Model-{number}"),
                ..ModelSummary::default()
            })
            .collect()
    }

    #[test]
    fn long_lists_are_narrowed_while_typing() {
        assert_eq!(
            narrow(&list(20), "model-1").len(),
            20,
            "a whole name is a choice"
        );
        assert_eq!(narrow(&list(20), "el-1").len(), 11);
        assert_eq!(narrow(&list(20), "nothing").len(), 0);
        assert_eq!(narrow(&list(20), " ").len(), 20);
        assert_eq!(narrow(&list(3), "nothing").len(), 3);
    }
}
