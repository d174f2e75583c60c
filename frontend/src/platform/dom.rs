//! Small things about the page's elements.

use wasm_bindgen::JsCast;
use web_sys::VisibilityState;

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

/// Names the page by what it shows; by Cumulet alone where that has no name yet.
pub(crate) fn set_title(name: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&if name.is_empty() {
            "Cumulet".to_owned()
        } else {
            format!("{name} · Cumulet")
        });
    }
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

/// Gives the focus to the app's frame.
pub(crate) fn focus_frame() {
    let frame = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(".preview-frame").ok().flatten())
        .and_then(|frame| frame.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(frame) = frame {
        // A browser that refuses leaves the focus where it is.
        let _ = frame.focus();
    }
}

/// Width of the window, in pixels; that of a small laptop where it isn't known.
pub(crate) fn window_width() -> f64 {
    web_sys::window()
        .and_then(|window| window.inner_width().ok())
        .and_then(|width| width.as_f64())
        .unwrap_or(1280.0)
}

/// Whether the page is in front: browsers slow down those that aren't.
pub(crate) fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
