//! Ways out of the page: windows, saved files, the clipboard.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AddEventListenerOptions, Clipboard, HtmlAnchorElement, HtmlElement};

/// Whether the person pressed something a moment ago: browsers open windows and give the clipboard
/// only then.
pub(crate) fn is_activated() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Not in web-sys' stable interface.
    let activation = js_sys::Reflect::get(&window.navigator(), &"userActivation".into());
    activation
        .and_then(|activation| js_sys::Reflect::get(&activation, &"isActive".into()))
        .is_ok_and(|active| active.is_truthy())
}

/// Opens an address in a new tab that knows nothing of this one.
pub(crate) fn open_tab(url: &str) -> bool {
    click(url, |link| {
        link.set_target("_blank");
        link.set_rel("noopener noreferrer");
    })
}

/// Prints the app's frame alone, of this size in CSS pixels; the rest of the page
/// is left out by `print.css`. False when the browser can't.
pub(crate) fn print_app(width: u32, height: u32) -> bool {
    let Some((window, root)) = web_sys::window().and_then(|window| {
        let root = window.document()?.document_element()?;
        Some((window, root.dyn_into::<HtmlElement>().ok()?))
    }) else {
        return false;
    };
    let style = root.style();
    let sized = style.set_property("--print-width", &format!("{width}px"));
    let sized = sized.and(style.set_property("--print-height", &format!("{height}px")));
    if sized.is_err() || root.set_attribute("data-printing", "").is_err() {
        return false;
    }
    let done = Closure::once_into_js(move || {
        // Fails for an invalid name only.
        let _ = root.remove_attribute("data-printing");
    });
    let options = AddEventListenerOptions::new();
    options.set_once(true);
    let listens = window.add_event_listener_with_callback_and_add_event_listener_options(
        "afterprint",
        done.unchecked_ref(),
        &options,
    );
    listens.is_ok() && window.print().is_ok()
}

/// Saves what lies at a `blob:` address of this page.
pub(crate) fn save(url: &str, name: &str) -> bool {
    click(url, |link| link.set_download(name))
}

fn click(url: &str, prepare: impl FnOnce(&HtmlAnchorElement)) -> bool {
    let link = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link else {
        return false;
    };
    link.set_href(url);
    prepare(&link);
    link.click();
    true
}

/// Puts a text into the clipboard; `false` when the browser refuses.
pub(crate) async fn write_clipboard(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// The clipboard's text; `None` when the browser refuses.
pub(crate) async fn read_clipboard() -> Option<String> {
    let text = JsFuture::from(clipboard()?.read_text()).await.ok()?;
    text.as_string()
}

/// Absent in a page that isn't served securely.
fn clipboard() -> Option<Clipboard> {
    let navigator = web_sys::window()?.navigator();
    let clipboard: JsValue = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    (!clipboard.is_undefined()).then(|| clipboard.unchecked_into())
}
