//! A modal dialog: a real `<dialog>`, so that the browser keeps the focus
//! inside, gives it back, and closes with Escape.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::IconButton;
use super::icon::Glyph;

/// The dialog. Its content exists while it is open.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Id of the heading, unique in the page.
    id: &'static str,
    /// Called when the person closes it: Escape, the cross, a click beside it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Content.
    children: ChildrenFn,
) -> impl IntoView {
    let node_ref = NodeRef::<html::Dialog>::new();
    let children = StoredValue::new(children);
    Effect::new(move || {
        let Some(dialog) = node_ref.get() else {
            return;
        };
        if open.get() {
            if !dialog.open() {
                // Fails only when the element has left the page.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=node_ref
            aria-labelledby=id
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:click=move |event| {
                // The backdrop belongs to the dialog element itself, the content to its children.
                let beside = event
                    .target()
                    .is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>());
                if beside {
                    on_close.run(());
                }
            }
        >
            <Show when=move || open.get()>
                <div class="dialog-body">
                    <header class="dialog-head">
                        <h2 id=id>{move || title.get()}</h2>
                        <IconButton
                            glyph=Glyph::Close
                            label="Close"
                            small=true
                            on_press=on_close
                        />
                    </header>
                    {children.with_value(|children| children())}
                </div>
            </Show>
        </dialog>
    }
}
