//! Hearing of an element's size.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

/// Watches an element's size; dropping it ends that.
pub(crate) struct SizeWatch {
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `on_size` with the element's width and height, in pixels, now and after each change.
    pub(crate) fn new(element: &HtmlElement, on_size: impl Fn(f64, f64) + 'static) -> Self {
        let watched = element.clone();
        let closure = Closure::<dyn FnMut()>::new(move || {
            on_size(
                f64::from(watched.client_width()),
                f64::from(watched.client_height()),
            );
        });
        // Fails for something that isn't a function only.
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            observer,
            _closure: closure,
        }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
