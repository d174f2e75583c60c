//! The model's name: free text, with what the provider offers below it.

use leptos::prelude::*;

use crate::components::field::TextField;

/// Lists longer than this are narrowed down by what is typed.
const SHORT_LIST: usize = 8;

/// The field and the list.
#[component]
pub(super) fn ModelField(
    /// Name as entered.
    model: RwSignal<String>,
    /// Models that the provider offers; empty when not known.
    models: Memo<Vec<String>>,
) -> impl IntoView {
    let shown = Memo::new(move |_| models.with(|models| narrow(models, &model.get())));
    let hint = Signal::derive(move || {
        Some(if models.with(Vec::is_empty) {
            "Test the connection to choose from a list, or type a name.".to_owned()
        } else {
            "Bigger models write better apps; coding models best of all.".to_owned()
        })
    });
    view! {
        <div class="model-field">
            <TextField
                id="model"
                label="Model"
                placeholder="qwen3-coder:30b"
                code=true
                value=model
                hint=hint
                on_input=move |text: String| model.set(text)
            />
            <Show when=move || !models.with(Vec::is_empty)>
                <ul class="model-list" aria-label="Models that the provider offers">
                    <For
                        each=move || shown.get()
                        key=Clone::clone
                        children=move |name| {
                            let own = name.clone();
                            let chosen = Memo::new(move |_| model.with(|model| model.trim() == own));
                            let sent = name.clone();
                            view! {
                                <li>
                                    <button
                                        class="model-choice"
                                        type="button"
                                        aria-pressed=move || if chosen.get() { "true" } else { "false" }
                                        on:click=move |_| model.set(sent.clone())
                                    >
                                        {name}
                                    </button>
                                </li>
                            }
                        }
                    />
                    <Show when=move || shown.with(Vec::is_empty)>
                        <li class="model-none">"None of them contains what you typed."</li>
                    </Show>
                </ul>
            </Show>
        </div>
    }
}

/// The models that contain the text; all of them when the list is short, or
/// when the text is one of their names and so was chosen, not typed to search.
fn narrow(models: &[String], text: &str) -> Vec<String> {
    let wanted = text.trim().to_lowercase();
    let whole = models.len() <= SHORT_LIST
        || wanted.is_empty()
        || models.iter().any(|model| model.to_lowercase() == wanted);
    models
        .iter()
        .filter(|model| whole || model.to_lowercase().contains(&wanted))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("Model-{number}")).collect()
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
