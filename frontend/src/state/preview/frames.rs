//! Frames of the preview: made, connected, given their modules, removed.

use std::collections::BTreeMap;

use leptos::prelude::*;
use protocol::preview::{Script, ToBridge};
use web_sys::MessagePort;

use super::{Preview, PreviewStatus, Progress};
use crate::platform::clock::{monotonic_ms, sleep_ms};
use crate::preview::frame::{Frame, FrameEvent};
use crate::state::spawn;
use crate::workers::bridge::BridgeWorker;

/// Pause after a frame that hung was removed, before the next one, in
/// milliseconds: earlier the new frame joins the process that still hangs.
const KILL_PAUSE_MS: u32 = 500;

impl Preview {
    pub(super) fn has_build(self) -> bool {
        self.inner.with_value(|inner| inner.running.is_some())
    }

    pub(super) fn start_frame(self) {
        let pause = self
            .inner
            .with_value(|inner| inner.not_before_ms - monotonic_ms());
        let session = self.next_session();
        self.faults.clear();
        if !self.has_build() || self.inner.with_value(|inner| inner.host.is_none()) {
            return;
        }
        self.status.set(PreviewStatus::Starting);
        if pause <= 0.0 {
            self.make_frame(session);
            return;
        }
        spawn(async move {
            sleep_ms(KILL_PAUSE_MS).await;
            if self.session.get_value() == session {
                self.make_frame(session);
            }
        });
    }

    pub(super) fn make_frame(self, session: u64) {
        let made = self.bridge().and_then(|()| {
            let (host, shell) = self.inner.with_value(|inner| {
                let shell = inner.assets.as_ref().map(|assets| assets.shell.clone());
                (inner.host.clone(), shell.map_err(Clone::clone))
            });
            let host = host.ok_or("the studio isn't shown")?;
            Frame::create(&host, &shell?, move |event| match event {
                FrameEvent::Port(port) => self.connect(session, port),
                FrameEvent::Flooded => self.expel("it floods the page with messages"),
                FrameEvent::Open => self.refuse_open("its page came without its policies"),
            })
        });
        match made {
            Ok(frame) => {
                self.inner.update_value(|inner| {
                    inner.frame = Some(frame);
                    inner.progress = Progress::default();
                    inner.loaded = false;
                    inner.waited_ms = 0;
                });
                self.expect_ready();
            }
            Err(reason) => self.fail(
                format!("The preview couldn't start: {reason}."),
                "Reload the page.",
            ),
        }
    }

    /// Starts the bridge worker if there is none.
    pub(super) fn bridge(self) -> Result<(), String> {
        if self.inner.with_value(|inner| inner.bridge.is_some()) {
            return Ok(());
        }
        let assets = self.inner.with_value(|inner| inner.assets.clone())?;
        let bridge = BridgeWorker::spawn(
            &assets,
            move |message| self.hear(message),
            move |reason| {
                self.kill(false);
                self.inner.update_value(|inner| inner.bridge = None);
                self.fail(
                    format!("The connection to the app broke: {reason}."),
                    "Run the app again.",
                );
            },
        )?;
        self.inner.update_value(|inner| inner.bridge = Some(bridge));
        Ok(())
    }

    pub(super) fn connect(self, session: u64, port: MessagePort) {
        if self.session.get_value() != session {
            return;
        }
        let theme = if self.page.dark().get_untracked() {
            "dark"
        } else {
            "light"
        };
        self.inner.update_value(|inner| {
            inner.progress.connected = true;
            let Ok(assets) = &inner.assets else { return };
            if let Some(bridge) = &inner.bridge {
                let connect = ToBridge::Connect {
                    session,
                    app: inner.app_id.clone(),
                    deps_url: assets.deps(),
                    theme: theme.to_owned(),
                    viewer: self.permissions.viewer(),
                };
                bridge.connect(&connect, port);
            }
        });
        // Before the boot is told: packages are fetched while the frame boots,
        // and what is posted waits in the port.
        self.load_all();
    }

    /// Gives the frame everything.
    pub(super) fn load_all(self) {
        let scripts = self.inner.with_value(|inner| {
            let modules = inner.running.as_ref().map(|running| &running.modules);
            modules
                .into_iter()
                .flat_map(BTreeMap::values)
                .cloned()
                .collect()
        });
        self.inner.update_value(|inner| inner.loaded = true);
        self.load(scripts, Vec::new());
    }

    pub(super) fn load(self, modules: Vec<Script>, removed: Vec<String>) {
        let session = self.session.get_value();
        self.inner.with_value(|inner| {
            if let (Some(bridge), Some(running)) = (&inner.bridge, &inner.running) {
                bridge.post(&ToBridge::Load {
                    session,
                    revision: running.revision,
                    modules,
                    removed,
                    entry: running.entry.clone(),
                    css: running.css.clone(),
                    dependency_files: running.dependency_files.clone(),
                });
            }
        });
    }

    /// Nothing of the app runs where the walls don't hold.
    pub(super) fn refuse_open(self, reason: &str) {
        self.kill(false);
        self.fail(
            format!("The sandbox isn't tight here ({reason}), so the app wasn't run."),
            "Use a current Chrome or Edge; who runs this server must let headers.json's policies through.",
        );
    }

    pub(super) fn running_revision(self) -> u64 {
        self.inner
            .with_value(|inner| inner.running.as_ref().map_or(0, |running| running.revision))
    }

    pub(super) fn kill(self, hung: bool) {
        self.remove_frame();
        if hung {
            self.inner.update_value(|inner| {
                inner.not_before_ms = monotonic_ms() + f64::from(KILL_PAUSE_MS);
            });
        }
    }

    pub(super) fn remove_frame(self) {
        self.next_session();
        self.faults.clear();
        self.requests.forget();
        self.inner.update_value(|inner| {
            if inner.frame.take().is_some()
                && let Some(bridge) = &inner.bridge
            {
                bridge.post(&ToBridge::Disconnect);
            }
            inner.loaded = false;
        });
    }

    pub(super) fn next_session(self) -> u64 {
        let session = self.session.get_value() + 1;
        self.session.set_value(session);
        session
    }
}
