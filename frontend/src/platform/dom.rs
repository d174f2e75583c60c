//! Small things about the page's elements.

use wasm_bindgen::JsCast;

/// The element with an id.
pub(crate) fn by_id(id: &str) -> Option<web_sys::HtmlElement> {
    web_sys::window()?
        .document()?
        .get_element_by_id(id)?
        .dyn_into()
        .ok()
}

/// Takes an element out of the page, if it is there.
pub(crate) fn remove(id: &str) {
    if let Some(element) = by_id(id) {
        element.remove();
    }
}
