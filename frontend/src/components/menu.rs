//! A button that opens a short list of actions.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icon::{Glyph, Icon};

/// One action of a [`Menu`].
#[derive(Clone)]
pub(crate) struct MenuItem {
    /// What it does.
    pub(crate) label: String,
    /// Icon before it.
    pub(crate) glyph: Glyph,
    /// It destroys something.
    pub(crate) danger: bool,
    /// Called when chosen; the menu closes first.
    pub(crate) on_choose: Callback<()>,
}

/// The button and, while open, the list. Arrows move, Enter chooses, Escape closes.
#[component]
pub(crate) fn Menu(
    /// Name of the button.
    #[prop(into)]
    label: Signal<String>,
    /// Icon of the button.
    #[prop(default = Glyph::More)]
    glyph: Glyph,
    /// The actions.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let trigger = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();

    let close = move |give_focus_back: bool| {
        open.set(false);
        if let Some(trigger) = trigger.get_untracked().filter(|_| give_focus_back) {
            let _ = trigger.focus();
        }
    };
    Effect::new(move || {
        if let Some(list) = list.get()
            && let Some(first) = list.first_element_child()
        {
            focus(&first);
        }
    });
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        let step = match event.key().as_str() {
            "Escape" | "Tab" if open.get_untracked() => {
                if event.key() == "Escape" {
                    event.prevent_default();
                    event.stop_propagation();
                }
                return close(true);
            }
            "ArrowDown" if !open.get_untracked() => {
                event.prevent_default();
                return open.set(true);
            }
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        if let Some(list) = list.get_untracked() {
            event.prevent_default();
            move_focus(&list, step);
        }
    };
    let on_focusout = move |event: web_sys::FocusEvent| {
        let inside = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
            .is_some_and(|target| {
                root.try_get_untracked()
                    .flatten()
                    .is_some_and(|root| root.contains(Some(&target)))
            });
        // Also fires while the list is removed, when there is nothing left to close.
        if !inside && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
    };
    view! {
        <div class="menu" node_ref=root on:keydown=on_keydown on:focusout=on_focusout>
            <button
                class="button ghost icon-only small"
                type="button"
                node_ref=trigger
                title=move || label.get()
                aria-label=move || label.get()
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon glyph=glyph/>
            </button>
            <Show when=move || open.get()>
                <div class="menu-list" role="menu" aria-label=move || label.get() node_ref=list>
                    {move || {
                        items
                            .get()
                            .into_iter()
                            .map(|item| {
                                view! {
                                    <button
                                        class="menu-item"
                                        class:danger=item.danger
                                        type="button"
                                        role="menuitem"
                                        tabindex="-1"
                                        // Keeps the focus in the menu, where Safari would drop it.
                                        on:mousedown=|event| event.prevent_default()
                                        on:click=move |_| {
                                            close(true);
                                            item.on_choose.run(());
                                        }
                                    >
                                        <Icon glyph=item.glyph/>
                                        <span>{item.label.clone()}</span>
                                    </button>
                                }
                            })
                            .collect_view()
                    }}
                </div>
            </Show>
        </div>
    }
}

/// Where the focus goes in a list.
#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

fn move_focus(list: &web_sys::Element, step: Step) {
    let active = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element())
        .filter(|active| list.contains(Some(active)));
    let target = match (step, active) {
        (Step::Next, Some(active)) => active
            .next_element_sibling()
            .or_else(|| list.first_element_child()),
        (Step::Previous, Some(active)) => active
            .previous_element_sibling()
            .or_else(|| list.last_element_child()),
        (Step::First | Step::Next, _) => list.first_element_child(),
        (Step::Last | Step::Previous, _) => list.last_element_child(),
    };
    if let Some(target) = target {
        focus(&target);
    }
}

fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}
