//! A row of tabs with roving focus. The panels are the caller's:
//! `role="tabpanel" id="{name}-panel" aria-labelledby="{name}-tab-{value}"`.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::field::Choice;
use super::icon::Icon;

/// The tabs. Arrows, Home and End move and choose; Tab leaves the row.
#[component]
pub(crate) fn Tabs(
    /// Prefix of ids, unique in the page.
    name: &'static str,
    /// Name of the row, read but not shown.
    #[prop(into)]
    label: Signal<String>,
    /// Value of the chosen tab.
    #[prop(into)]
    value: Signal<String>,
    /// All tabs.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Called with the value of the new tab.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        let next = choices.with_untracked(|choices| {
            let current = value.get_untracked();
            let at = choices.iter().position(|choice| choice.value == current)?;
            let last = choices.len().checked_sub(1)?;
            let next = match event.key().as_str() {
                "ArrowRight" => {
                    if at == last {
                        0
                    } else {
                        at + 1
                    }
                }
                "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
                "Home" => 0,
                "End" => last,
                _ => return None,
            };
            choices.get(next).map(|choice| choice.value.clone())
        });
        if let Some(next) = next {
            event.prevent_default();
            let id = tab_id(name, &next);
            on_change.run(next);
            focus_by_id(&id);
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=on_keydown>
            <For
                each=move || choices.get()
                key=|choice| (choice.value.clone(), choice.label.clone())
                children=move |choice| {
                    let own = choice.value.clone();
                    let sent = choice.value.clone();
                    let chosen = Memo::new(move |_| value.get() == own);
                    view! {
                        <button
                            class="tab"
                            type="button"
                            role="tab"
                            id=tab_id(name, &choice.value)
                            aria-selected=move || if chosen.get() { "true" } else { "false" }
                            aria-controls=format!("{name}-panel")
                            tabindex=move || if chosen.get() { "0" } else { "-1" }
                            on:click=move |_| on_change.run(sent.clone())
                        >
                            {choice.glyph.map(|glyph| view! { <Icon glyph=glyph/> })}
                            <span>{choice.label}</span>
                        </button>
                    }
                }
            />
        </div>
    }
}

/// Id of a tab's button.
fn tab_id(name: &str, value: &str) -> String {
    format!("{name}-tab-{value}")
}

/// Moves the focus to an element, if it is there.
fn focus_by_id(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}
