//! Other pages of the studio, whose apps may share a process with this one's.

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use crate::platform::listen::Listener;

const NAME: &str = "cumulet-hung-frames";

/// The line to the other pages; dropping it hangs up.
pub(crate) struct Neighbours {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Neighbours {
    /// `on_hung` hears of every frame that another page removed because it hung.
    /// None where the browser has no such line.
    pub(crate) fn listen(on_hung: impl Fn() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let listener = Listener::new(&channel, "message", move |_| on_hung());
        Some(Self {
            channel,
            _listener: listener,
        })
    }

    /// Tells the others that a frame of this page hung and was removed.
    pub(crate) fn tell_hung(&self) {
        // Fails on a closed channel only.
        let _ = self.channel.post_message(&JsValue::NULL);
    }
}

impl Drop for Neighbours {
    fn drop(&mut self) {
        self.channel.close();
    }
}
