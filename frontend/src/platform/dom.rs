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

/// Scrolls an element's surroundings no further than it takes to show it.
pub(crate) fn reveal(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Takes an element out of the page, if it is there.
pub(crate) fn remove(id: &str) {
    if let Some(element) = by_id(id) {
        element.remove();
    }
}

/// Whether the app has the focus, or nothing has.
pub(crate) fn is_focus_in_frame() -> bool {
    let active = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    active.is_none_or(|element| matches!(element.tag_name().as_str(), "IFRAME" | "BODY"))
}

/// Width of the window, in pixels; that of a small laptop where it isn't known.
pub(crate) fn window_width() -> f64 {
    web_sys::window()
        .and_then(|window| window.inner_width().ok())
        .and_then(|width| width.as_f64())
        .unwrap_or(1280.0)
}
