//! The worker that holds the frame's port and checks what the app says.

use protocol::preview::{FromBridge, ToBridge};
use web_sys::MessagePort;

use super::channel::{Channel, Heard};
use crate::platform::assets::Assets;

/// A running bridge; dropping it closes the frame's port.
pub(crate) struct BridgeWorker(Channel);

impl BridgeWorker {
    /// Starts the worker. `on_failure` hears why it can't go on.
    ///
    /// # Errors
    /// A sentence, when the browser refuses to start a worker.
    pub(crate) fn spawn(
        assets: &Assets,
        on_message: impl Fn(FromBridge) + Clone + 'static,
        on_failure: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, String> {
        Self::start(assets, false, on_message, on_failure)
    }

    /// Starts one that takes builds from the page only, not from the page's bundler.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn spawn_alone(
        assets: &Assets,
        on_message: impl Fn(FromBridge) + Clone + 'static,
        on_failure: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, String> {
        Self::start(assets, true, on_message, on_failure)
    }

    fn start(
        assets: &Assets,
        alone: bool,
        on_message: impl Fn(FromBridge) + Clone + 'static,
        on_failure: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, String> {
        let channel = Channel::spawn(&assets.bridge_worker, alone, move |heard| match heard {
            Heard::Message(message) => on_message(message),
            Heard::Failed(message) => on_failure(message),
        })?;
        Ok(Self(channel))
    }

    /// Sends a message.
    pub(crate) fn post(&self, message: &ToBridge) {
        self.0.post(message, None);
    }

    /// Sends [`ToBridge::Connect`] together with the frame's port.
    pub(crate) fn connect(&self, message: &ToBridge, port: MessagePort) {
        self.0.post(message, Some(port));
    }
}
