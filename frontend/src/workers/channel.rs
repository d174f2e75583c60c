//! A module worker that speaks JSON text both ways.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

use crate::platform::clock::new_id;
use crate::platform::listen::Listener;

thread_local! {
    /// The page's name, no other page's: workers of one page find each other by
    /// it (`relay.ts` in `runtime-deps/src/workers`).
    static PAGE: String = format!("cumulet-{}", new_id());
}

/// A running worker; dropping it ends it.
pub(super) struct Channel {
    worker: Worker,
    _listeners: [Listener; 3],
}

/// What a worker said, or that it can't go on.
pub(super) enum Heard<T> {
    /// A message.
    Message(T),
    /// It threw, couldn't be loaded, or said something that isn't a message.
    Failed(String),
}

impl Channel {
    /// Starts a worker. One that is `alone` hears and tells the page's other workers nothing.
    ///
    /// # Errors
    /// A sentence, when the browser refuses to start one.
    pub(super) fn spawn<T: DeserializeOwned + 'static>(
        address: &str,
        alone: bool,
        on_message: impl Fn(Heard<T>) + Clone + 'static,
    ) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        if !alone {
            options.set_name(&PAGE.with(String::clone));
        }
        let worker = Worker::new_with_options(address, &options)
            .map_err(|_| "the browser refused to start a worker".to_owned())?;
        let heard = on_message.clone();
        let message = Listener::new(&worker, "message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            let text = event.data().as_string().unwrap_or_default();
            heard(match serde_json::from_str(&text) {
                Ok(message) => Heard::Message(message),
                Err(error) => Heard::Failed(format!("it said something unknown: {error}")),
            });
        });
        let failed = on_message.clone();
        let error = Listener::new(&worker, "error", move |event| {
            // A worker that can't be loaded sends a plain event without a message.
            let reason = event
                .dyn_ref::<ErrorEvent>()
                .map(ErrorEvent::message)
                .filter(|message| !message.is_empty())
                .unwrap_or_else(|| "it couldn't be loaded".to_owned());
            failed(Heard::Failed(reason));
        });
        let garbled = Listener::new(&worker, "messageerror", move |_| {
            on_message(Heard::Failed("a message couldn't be read".to_owned()));
        });
        Ok(Self {
            worker,
            _listeners: [message, error, garbled],
        })
    }

    /// Sends a message, with a port if there is one.
    pub(super) fn post<T: Serialize>(&self, message: &T, port: Option<MessagePort>) {
        // Messages have string keys only, so that serde_json can't fail.
        let text = JsValue::from_str(&serde_json::to_string(message).unwrap_or_default());
        // Fails for a port that was transferred before, which `preview` never does.
        let _ = match port {
            Some(port) => self
                .worker
                .post_message_with_transfer(&text, &js_sys::Array::of1(&port)),
            None => self.worker.post_message(&text),
        };
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
