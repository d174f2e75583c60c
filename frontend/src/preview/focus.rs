//! Gives the keyboard back to who is typing when the app takes it.
//!
//! A visible frame can focus itself and the browser has no policy against it.
//! Nobody goes from a field of the studio to the app, though, without the
//! pointer, a finger or the Tab key: what takes the focus otherwise is turned back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, HtmlIFrameElement, KeyboardEvent, PointerEvent, Window,
};

use crate::platform::clock::{monotonic_ms, sleep_ms};
use crate::platform::listen::Listener;
use crate::platform::outside::is_activated;

/// How long after a key nobody can have touched or clicked the app, in
/// milliseconds: for who has the pointer over it already, or no pointer.
const TYPING_MS: f64 = 500.0;
/// How long word that the pointer is over the app may take, in milliseconds:
/// a quick click can be there before it.
const POINTER_MS: u32 = 50;
/// How long browsers remember that somebody pressed something, in milliseconds, and a little more.
const ACTIVATION_MS: f64 = 5_500.0;
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
    /// Of the last key in the studio, as of [`monotonic_ms`].
    key_ms: Cell<f64>,
    /// Of the last press of a pointer in it.
    press_ms: Cell<f64>,
    /// There is a pointer that hovers, and it isn't over the app.
    is_pointer_here: Cell<bool>,
    thefts: Cell<u32>,
}

impl State {
    fn is_typing(&self) -> bool {
        monotonic_ms() - self.key_ms.get() < TYPING_MS
    }

    /// Whether somebody may have touched or clicked the app: there is no pointer
    /// elsewhere, or the browser knows of a press that wasn't in the studio.
    fn may_be_pressed(&self) -> bool {
        let last = self.key_ms.get().max(self.press_ms.get());
        !self.is_pointer_here.get() || (monotonic_ms() - last > ACTIVATION_MS && is_activated())
    }
}

impl FocusGuard {
    /// Guards the page from an app in `iframe`; `on_abuse` hears once of one that goes on trying.
    /// Nothing is turned back while the studio itself lets the app have the focus (`is_invited`).
    pub(crate) fn new(
        window: &Window,
        iframe: &HtmlIFrameElement,
        is_invited: impl Fn() -> bool + 'static,
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
                state.press_ms.set(monotonic_ms());
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
                if is_invited() {
                    return;
                }
                let (state, iframe, document, on_abuse) = (
                    Rc::clone(&state),
                    iframe.clone(),
                    document.clone(),
                    Rc::clone(&on_abuse),
                );
                spawn_local(async move {
                    let is_typing = state.is_typing();
                    // The browser is in the middle of it, and would end what begins now.
                    sleep_ms(if is_typing { 0 } else { POINTER_MS }).await;
                    if !is_typing && state.may_be_pressed() {
                        return;
                    }
                    let active = document
                        .as_ref()
                        .and_then(web_sys::Document::active_element);
                    let field = state.field.borrow().clone();
                    // A field that is gone, as of a dialog that was answered, needs no keys.
                    let field = field.filter(|field| field.is_connected());
                    if let Some(field) = field.filter(|_| active.as_ref() == Some(&iframe)) {
                        // A browser that refuses leaves the focus where it is.
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
