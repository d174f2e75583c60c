//! The outer iframe with the trusted shell, and the handshake that gives the
//! app's frame its one port.
//!
//! Window messages are never trusted: the listener looks only at who sent
//! them. Data is read of the shell alone, and only until the handshake is
//! done. A page flooded by an app stays alive when the data of strangers is
//! never touched; after [`MAX_STRAY`] of them the frame is removed.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlIFrameElement, MessageChannel, MessageEvent, MessagePort};

use super::focus::FocusGuard;
use super::shell::Shell;
use crate::platform::listen::Listener;

/// Stray window messages after which a frame is removed.
const MAX_STRAY: u32 = 50;
/// Deepest nesting in which the owner of a message is looked for.
const MAX_DEPTH: u32 = 4;
const SHELL_READY: &str = "cumulet:shell-ready";
const SHELL_INIT: &str = "cumulet:shell-init";

/// What a frame reports.
pub(crate) enum FrameEvent {
    /// The shell has the other end of this port and forwards it to the app.
    Port(MessagePort),
    /// The app floods the page with window messages; the frame was removed.
    Flooded,
    /// The shell came without its sandbox, so the app was not let in.
    Open,
    /// The app takes the focus again and again from who is typing.
    Grabbing,
}

/// A frame in the page; dropping it removes it and all that runs in it.
pub(crate) struct Frame {
    iframe: HtmlIFrameElement,
    _listener: Listener,
    _focus: FocusGuard,
}

impl Frame {
    /// Puts a new frame into `host`, which is called `title`. `on_event` hears of the port once. While it
    /// `is_invited` the frame may take the focus from who types.
    ///
    /// # Errors
    /// A sentence, when the page can't hold a frame.
    pub(crate) fn create(
        host: &HtmlElement,
        shell: &Shell,
        title: &str,
        is_invited: impl Fn() -> bool + 'static,
        on_event: impl Fn(FrameEvent) + 'static,
    ) -> Result<Self, String> {
        let failed = |_| "the browser refused to make a frame".to_owned();
        let window = web_sys::window().ok_or("there is no window")?;
        let document = window.document().ok_or("there is no document")?;
        let iframe: HtmlIFrameElement = document
            .create_element("iframe")
            .map_err(failed)?
            .unchecked_into();
        iframe.set_title(title);
        iframe.set_class_name("preview-frame");
        iframe
            .set_attribute("referrerpolicy", "no-referrer")
            .map_err(failed)?;
        iframe.set_src(&shell.address);
        let on_event = Rc::new(on_event);
        let focus = {
            let on_event = Rc::clone(&on_event);
            FocusGuard::new(&window, &iframe, is_invited, move || {
                on_event(FrameEvent::Grabbing);
            })
        };
        let listener = {
            let iframe = iframe.clone();
            let origin = shell.origin.clone();
            let connected = Cell::new(false);
            let stray = Cell::new(0);
            Listener::capturing(&window, "message", move |event| {
                let event: &MessageEvent = event.unchecked_ref();
                let source = event.source().map_or(JsValue::NULL, JsValue::from);
                let Some(owner) = iframe.content_window() else {
                    return;
                };
                if !belongs_to(&source, owner.as_ref()) {
                    return;
                }
                event.stop_immediate_propagation();
                let from_shell = source == *AsRef::<JsValue>::as_ref(&owner);
                if from_shell && !connected.get() && is_shell_ready(event) {
                    connected.set(true);
                    if !comes_from(event, origin.as_deref()) {
                        on_event(FrameEvent::Open);
                    } else if let Some(port) = hand_over_port(&owner, origin.as_deref()) {
                        on_event(FrameEvent::Port(port));
                    }
                    return;
                }
                stray.set(stray.get() + 1);
                if stray.get() == MAX_STRAY {
                    iframe.remove();
                    on_event(FrameEvent::Flooded);
                }
            })
        };
        host.append_child(&iframe).map_err(failed)?;
        Ok(Self {
            iframe,
            _listener: listener,
            _focus: focus,
        })
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.iframe.remove();
    }
}

fn is_shell_ready(event: &MessageEvent) -> bool {
    event.data() == JsValue::from_str(SHELL_READY)
}

/// A shell without an origin of its own is opaque, which reads `null`: a page
/// of our own origin in its place would be a shell without its policies.
fn comes_from(event: &MessageEvent, origin: Option<&str>) -> bool {
    event.origin() == origin.unwrap_or("null")
}

/// Whether a window is the frame's own or lies inside it.
fn belongs_to(source: &JsValue, owner: &JsValue) -> bool {
    let mut window = source.clone();
    for _ in 0..MAX_DEPTH {
        if window == *owner {
            return true;
        }
        // `parent` is one of the few properties that any origin may read.
        let Ok(parent) = js_sys::Reflect::get(&window, &JsValue::from_str("parent")) else {
            return false;
        };
        if parent.is_null() || parent.is_undefined() || parent == window {
            return false;
        }
        window = parent;
    }
    false
}

fn hand_over_port(shell: &web_sys::Window, origin: Option<&str>) -> Option<MessagePort> {
    let channel = MessageChannel::new().ok()?;
    let transfer = js_sys::Array::of1(&channel.port2());
    // The origin of an opaque shell can't be named; `frame-src` pins its address.
    let target = origin.unwrap_or("*");
    shell
        .post_message_with_transfer(&JsValue::from_str(SHELL_INIT), target, &transfer)
        .ok()?;
    Some(channel.port1())
}
