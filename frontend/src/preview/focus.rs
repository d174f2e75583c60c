//! Gives the keyboard back to who is typing when the app takes it.
//!
//! A visible frame can focus itself and the browser has no policy against it.
//! Nobody goes from a field of the studio to the app, though, without the
//! pointer or the Tab key: what takes the focus otherwise is turned back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, HtmlIFrameElement, KeyboardEvent, PointerEvent, Window,
};

use crate::platform::clock::{monotonic_ms, sleep_ms};
use crate::platform::listen::Listener;

/// How long after a key nobody can have touched or clicked the app, in
/// milliseconds: for who has the pointer over it already, or no pointer.
const TYPING_MS: f64 = 500.0;
/// So often an app may try before it is removed.
const MAX_THEFTS: u32 = 50;

/// Watches as long as it is kept.
pub(crate) struct FocusGuard {
    _listeners: [Listener; 4],
}

#[derive(Default)]
struct State {
    /// The field that somebody is in.
    field: RefCell<Option<HtmlElement>>,
    /// Of the last key in it, as of [`monotonic_ms`].
    key_ms: Cell<f64>,
    /// There is a pointer that hovers, and it isn't over the app.
    is_pointer_here: Cell<bool>,
    thefts: Cell<u32>,
}

impl FocusGuard {
    /// Guards the page from an app in `iframe`; `on_abuse` hears once of one that goes on trying.
    pub(crate) fn new(
        window: &Window,
        iframe: &HtmlIFrameElement,
        on_abuse: impl Fn() + 'static,
    ) -> Self {
        let state = Rc::new(State::default());
        let keys = {
            let state = Rc::clone(&state);
            Listener::capturing(window, "keydown", move |event| {
                let is_tab = event.unchecked_ref::<KeyboardEvent>().key() == "Tab";
                state.field.replace(text_field(&event).filter(|_| !is_tab));
                state.key_ms.set(monotonic_ms());
            })
        };
        let presses = {
            let state = Rc::clone(&state);
            Listener::capturing(window, "pointerdown", move |event| {
                state.field.replace(text_field(&event));
            })
        };
        let pointer = {
            let (state, iframe) = (Rc::clone(&state), iframe.clone());
            Listener::capturing(window, "pointerover", move |event| {
                let hovers = event.unchecked_ref::<PointerEvent>().pointer_type() != "touch";
                let is_over_app = event.target().is_some_and(|target| target == ****iframe);
                state.is_pointer_here.set(hovers && !is_over_app);
            })
        };
        let taken = {
            let iframe: Element = iframe.clone().unchecked_into();
            let document = window.document();
            let on_abuse = Rc::new(on_abuse);
            Listener::new(window, "blur", move |_| {
                let is_typing = monotonic_ms() - state.key_ms.get() < TYPING_MS;
                if !(state.is_pointer_here.get() || is_typing) {
                    return;
                }
                let (state, iframe, document, on_abuse) = (
                    Rc::clone(&state),
                    iframe.clone(),
                    document.clone(),
                    Rc::clone(&on_abuse),
                );
                spawn_local(async move {
                    // The browser is in the middle of it, and would end what begins now.
                    sleep_ms(0).await;
                    let active = document
                        .as_ref()
                        .and_then(web_sys::Document::active_element);
                    let field = state.field.borrow().clone();
                    if let Some(field) = field.filter(|_| active.as_ref() == Some(&iframe)) {
                        // A field that is gone needs no keys.
                        let _ = field.focus();
                        state.thefts.set(state.thefts.get() + 1);
                        if state.thefts.get() == MAX_THEFTS {
                            on_abuse();
                        }
                    }
                });
            })
        };
        Self {
            _listeners: [keys, presses, pointer, taken],
        }
    }
}

/// Where an event happened, if that takes text.
fn text_field(event: &Event) -> Option<HtmlElement> {
    let target = event.target()?.dyn_into::<HtmlElement>().ok()?;
    takes_text(&target).then_some(target)
}

fn takes_text(element: &HtmlElement) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA") || element.is_content_editable()
}
