//! The worker that compiles.

use protocol::worker::{FromBundler, ToBundler};

use super::channel::{Channel, Heard};
use crate::platform::assets::Assets;

/// A running bundler; dropping it ends it, also in the middle of a compile.
pub(crate) struct BundlerWorker(Channel);

impl BundlerWorker {
    /// Starts the worker and tells it what to load. It answers `Ready`, or `Failed`.
    ///
    /// # Errors
    /// A sentence, when the browser refuses to start a worker.
    pub(crate) fn spawn(
        assets: &Assets,
        on_message: impl Fn(FromBundler) + Clone + 'static,
    ) -> Result<Self, String> {
        Self::start(assets, false, on_message)
    }

    /// Starts one whose builds go to the page only, and not to the frame of its app.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn spawn_alone(
        assets: &Assets,
        on_message: impl Fn(FromBundler) + Clone + 'static,
    ) -> Result<Self, String> {
        Self::start(assets, true, on_message)
    }

    fn start(
        assets: &Assets,
        alone: bool,
        on_message: impl Fn(FromBundler) + Clone + 'static,
    ) -> Result<Self, String> {
        let channel = Channel::spawn(&assets.bundler_worker, alone, move |heard| {
            on_message(match heard {
                Heard::Message(message) => message,
                Heard::Failed(message) => FromBundler::Failed { message },
            });
        })?;
        channel.post(
            &ToBundler::Start {
                glue_url: assets.bundler_js.clone(),
                wasm_url: assets.bundler_wasm.clone(),
                manifest_url: assets.manifest.clone(),
                tailwind_url: assets.tailwind.clone(),
            },
            None,
        );
        Ok(Self(channel))
    }

    /// Sends a message.
    pub(crate) fn post(&self, message: &ToBundler) {
        self.0.post(message, None);
    }
}
