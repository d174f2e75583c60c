//! Frames of the preview: made, connected, given their modules, removed.

use std::collections::BTreeMap;

use leptos::prelude::*;
use protocol::preview::{Script, ToBridge};
use web_sys::MessagePort;

use super::{Preview, PreviewStatus, Progress};
use crate::platform::assets::app_origins;
use crate::platform::clock::{monotonic_ms, sleep_ms};
use crate::preview::frame::{Frame, FrameEvent};
use crate::preview::shell::Shell;
use crate::state::session::Server;
use crate::state::spawn;
use crate::state::toasts::ToastKind;
use crate::workers::bridge::BridgeWorker;

/// Pause after a frame that hung was removed, before the next one, in
/// milliseconds: earlier the new frame joins the process that still hangs.
pub(in crate::state) const KILL_PAUSE_MS: u32 = 500;
/// What assistive technology calls the frame.
const TITLE: &str = "Generated app";

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
        if pause <= 0.0 && app_origins().is_none() {
            self.make_frame(session, self.shared_shell());
            return;
        }
        spawn(async move {
            if pause > 0.0 {
                sleep_ms(KILL_PAUSE_MS).await;
            }
            let app = self.inner.with_value(|inner| inner.app_id.clone());
            let shell = self.shell(&app).await;
            if self.session.get_value() == session {
                self.make_frame(session, shell);
            }
        });
    }

    fn shared_shell(self) -> Result<Shell, String> {
        self.inner.with_value(|inner| {
            let assets = inner.assets.as_ref().map_err(Clone::clone)?;
            Ok(Shell::shared(&assets.shell))
        })
    }

    /// The shell on an app's own origin, where apps have one. Without a
    /// network only the browser's own copy is there, which is the studio's.
    pub(in crate::state) async fn shell(self, app: &str) -> Result<Shell, String> {
        let shared = self.shared_shell()?;
        let Some(template) = app_origins() else {
            return Ok(shared);
        };
        if self.page.known_server().await == Server::Absent {
            return Ok(shared);
        }
        Shell::apart(&template, &shared.address, app).await
    }

    fn make_frame(self, session: u64, shell: Result<Shell, String>) {
        let made = self.bridge().and_then(|()| {
            let host = self.inner.with_value(|inner| inner.host.clone());
            let host = host.ok_or("the studio isn't shown")?;
            let is_picking = move || self.picking.get_untracked();
            Frame::create(
                &host,
                &shell?,
                TITLE,
                is_picking,
                move |event| match event {
                    FrameEvent::Port(port) => self.connect(session, port),
                    FrameEvent::Flooded => self.expel(
                        "it floods the page with messages",
                        "Look for a loop that never pauses, then run it again.",
                    ),
                    FrameEvent::Grabbing => self.expel(
                        "it takes the keyboard again and again from who is typing",
                        "Look for calls of focus() that nobody asked for, then run it again.",
                    ),
                    FrameEvent::Open => self.refuse_open("its page came without its policies"),
                },
            )
        });
        match made {
            Ok(frame) => {
                self.inner.update_value(|inner| {
                    inner.frame = Some(frame);
                    inner.progress = Progress::default();
                    inner.loaded = false;
                    inner.waited_ms = 0;
                    inner.is_silent = false;
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
                self.exchanged(false);
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
        let theme = self.page.frame_theme();
        self.inner.update_value(|inner| {
            inner.progress.connected = true;
            let Ok(assets) = &inner.assets else { return };
            if let Some(bridge) = &inner.bridge {
                let connect = ToBridge::Connect {
                    session,
                    app: inner.app_id.clone(),
                    deps_url: assets.deps(),
                    theme,
                    viewer: self.permissions.viewer(),
                    path: self.address.with_untracked(|address| address.path.clone()),
                };
                bridge.connect(&connect, port);
            }
        });
        self.exchange();
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
                self.timings.sent(running.revision);
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
                if let Some(neighbours) = &inner.neighbours {
                    neighbours.tell_hung();
                }
            });
        }
    }

    /// A frame in another page hung. Frames of one origin share a process, which
    /// ends when the last of them is gone: where this page's is silent too, it
    /// goes as well, and comes back in a process that runs.
    pub(super) fn neighbour_hung(self) {
        if self.inner.with_value(|inner| inner.frame.is_none()) {
            // It may have been a sketch of this page: the app doesn't join its process.
            self.inner.update_value(|inner| {
                inner.not_before_ms = monotonic_ms() + f64::from(KILL_PAUSE_MS);
            });
            return;
        }
        if !self
            .inner
            .with_value(|inner| inner.frame.is_some() && inner.is_silent)
        {
            return;
        }
        self.remove_frame();
        self.inner.update_value(|inner| {
            inner.not_before_ms = monotonic_ms() + f64::from(KILL_PAUSE_MS);
        });
        self.start_frame();
        let text = "An app in another tab hung, and this one with it. It was started again.";
        self.toasts.show(ToastKind::Info, text, None);
    }

    pub(super) fn remove_frame(self) {
        self.next_session();
        self.faults.clear();
        self.requests.forget();
        self.end_picking();
        self.picture.set_value(None);
        self.end_history();
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
