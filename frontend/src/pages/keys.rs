//! The list of keys, which `?` shows on every page.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::components::dialog::Dialog;
use crate::platform::listen::Listener;

/// What keys do, and which they are; `Mod` is Cmd on a Mac, Ctrl elsewhere.
type Keys = &'static [(&'static str, &'static [&'static str])];

/// Where keys work.
const GROUPS: [(&str, Keys); 4] = [
    (
        "Conversation",
        &[
            ("Send", &["Enter"]),
            ("New line", &["Shift", "Enter"]),
            ("Stop the model", &["Esc"]),
        ],
    ),
    (
        "Code",
        &[
            ("Save now", &["Mod", "S"]),
            ("Find", &["Mod", "F"]),
            ("Undo", &["Mod", "Z"]),
            ("Turn lines into comments and back", &["Mod", "/"]),
            ("Leave the editor", &["Esc", "Tab"]),
        ],
    ),
    (
        "Preview",
        &[
            ("Pick an element, and see its code", &["Mod", "Shift", "E"]),
            ("To what is around it, to what is in it", &["↑", "↓"]),
            ("Take it", &["Enter"]),
        ],
    ),
    (
        "Everywhere",
        &[
            ("Show these keys", &["?"]),
            ("Close what is open", &["Esc"]),
        ],
    ),
];

/// The dialog and the key that opens it.
#[component]
pub(crate) fn KeysDialog() -> impl IntoView {
    let open = RwSignal::new(false);
    let listener = web_sys::window().map(|window| {
        SendWrapper::new(Listener::new(&window, "keydown", move |event| {
            let asked = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "?" && !event.ctrl_key() && !event.meta_key());
            if asked && !is_typing(&event) {
                open.set(true);
            }
        }))
    });
    on_cleanup(move || drop(listener));
    let modifier = if is_mac() { "⌘" } else { "Ctrl" };
    view! {
        <Dialog open=open title="Keys" id="keys-title" on_close=move || open.set(false)>
            {GROUPS
                .iter()
                .map(|(place, keys)| {
                    view! {
                        <section class="keys">
                            <h3>{*place}</h3>
                            <dl>
                                {keys.iter().map(|(what, keys)| row(what, keys, modifier)).collect_view()}
                            </dl>
                        </section>
                    }
                })
                .collect_view()}
        </Dialog>
    }
}

/// One key or a chord of them, and what it does.
fn row(what: &'static str, keys: &[&'static str], modifier: &'static str) -> impl IntoView {
    let keys = keys
        .iter()
        .map(|key| {
            let key = if *key == "Mod" { modifier } else { key };
            view! { <kbd>{key}</kbd> }
        })
        .collect_view();
    view! {
        <div>
            <dt>{what}</dt>
            <dd>{keys}</dd>
        </div>
    }
}

/// Whether the key belongs to a text that is being written.
fn is_typing(event: &web_sys::Event) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
    else {
        return false;
    };
    element.is_content_editable()
        || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

fn is_mac() -> bool {
    web_sys::window()
        .and_then(|window| window.navigator().platform().ok())
        .is_some_and(|platform| platform.starts_with("Mac"))
}
