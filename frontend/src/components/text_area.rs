//! Several lines of text that grow with their content.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A text area as high as its text, up to the `max-block-size` of its class.
/// Enter submits, Shift-Enter starts a line; Enter that ends an input method's
/// composition does neither.
#[component]
pub(crate) fn TextArea(
    /// Id, unique in the page.
    id: &'static str,
    /// Its name, for those who don't see where it stands.
    #[prop(into)]
    label: Signal<String>,
    /// Text.
    #[prop(into)]
    value: Signal<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// Lines when empty.
    #[prop(default = 1)]
    rows: u32,
    /// It can't be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Gives access to the element, to focus it.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
    /// Called with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when Enter is pressed.
    #[prop(into)]
    on_submit: Callback<()>,
) -> impl IntoView {
    // The style sheet uses `field-sizing: content`; this grows it in browsers without.
    Effect::new(move || {
        value.track();
        let Some(element) = node_ref.get() else {
            return;
        };
        let element: &web_sys::HtmlElement = element.unchecked_ref();
        let style = web_sys::HtmlElement::style(element);
        if style
            .get_property_value("field-sizing")
            .is_ok_and(|known| known == "content")
        {
            return;
        }
        // A property that can't be set leaves a text area that scrolls.
        let _ = style.set_property("block-size", "auto");
        let height = format!("{}px", element.scroll_height());
        let _ = style.set_property("block-size", &height);
    });
    view! {
        <textarea
            class="text-area"
            id=id
            node_ref=node_ref
            rows=rows
            aria-label=move || label.get()
            placeholder=move || placeholder.get()
            disabled=move || disabled.get()
            prop:value=move || value.get()
            style="field-sizing: content"
            on:input:target=move |event| on_input.run(event.target().value())
            on:keydown=move |event| {
                if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
                    event.prevent_default();
                    on_submit.run(());
                }
            }
        ></textarea>
    }
}
