//! Whether the app is ready in time and goes on responding.

use leptos::prelude::*;
use protocol::limits::{FRAME_SILENT_MS, FRAME_STOP_MS, READY_TIMEOUT_MS};

use super::{Preview, PreviewStatus, Progress};
use crate::message::Sentence;
use crate::platform::clock::sleep_ms;
use crate::platform::dom::is_visible;
use crate::state::spawn;

impl Preview {
    pub(super) fn silent(self, silent_ms: u32) {
        self.inner
            .update_value(|inner| inner.is_silent = silent_ms > 0);
        let waited = self.inner.with_value(|inner| inner.waited_ms);
        if silent_ms == 0 {
            self.inner.update_value(|inner| inner.waited_ms = 0);
            if matches!(self.status.get_untracked(), PreviewStatus::Silent(_)) {
                let revision = self.running_revision();
                self.status.set(PreviewStatus::Ready {
                    revision,
                    elapsed_ms: 0.0,
                });
            }
            return;
        }
        let silent_ms = silent_ms.saturating_sub(waited);
        if !is_visible() || silent_ms < FRAME_SILENT_MS {
            return;
        }
        if silent_ms < FRAME_STOP_MS {
            self.status.set(PreviewStatus::Silent(silent_ms));
            return;
        }
        self.kill(true);
        self.status.set(PreviewStatus::Stopped(Some(Sentence {
            what: format!(
                "The app didn't respond for {} s and was stopped.",
                FRAME_STOP_MS / 1000
            ),
            next: Some(
                "Look for an endless loop in the last change, then run it again.".to_owned(),
            ),
        })));
    }

    /// Names a cause when the frame isn't ready in time. Every step forward
    /// that takes long by itself begins the time anew.
    pub(super) fn expect_ready(self) {
        let session = self.session.get_value();
        let before = self.status.get_untracked();
        spawn(async move {
            sleep_ms(READY_TIMEOUT_MS).await;
            let same = self.session.get_value() == session && self.status.get_untracked() == before;
            let waits = matches!(
                before,
                PreviewStatus::Starting | PreviewStatus::Fetching { .. }
            );
            if same && waits && is_visible() {
                self.too_late();
            }
        });
    }

    /// Says what the frame lacks. The frame stays: on a slow machine or connection
    /// the app still comes, and then takes the words' place.
    pub(super) fn too_late(self) {
        if !self.faults.list().with_untracked(Vec::is_empty) {
            // The error overlay names the cause.
            self.status.set(PreviewStatus::Crashed);
            return;
        }
        let progress = self.inner.with_value(|inner| inner.progress);
        let (what, next) = match progress {
            Progress {
                connected: false, ..
            } => (
                "The preview hasn't started yet: its sandbox page doesn't load.",
                "Check that the Cumulet server is running, then run the app again.",
            ),
            Progress { booted: false, .. } => (
                "The preview hasn't started yet: its sandbox doesn't answer.",
                "Run the app again; if it stays so, reload the page.",
            ),
            Progress { fetches: true, .. } => (
                "The preview hasn't started yet: its packages are still on their way.",
                "It starts when they are there. Check the connection.",
            ),
            Progress { .. } => (
                "The app started but showed nothing in time.",
                "Look at the console for what it waits for, or run it again.",
            ),
        };
        self.fail(what.to_owned(), next);
    }

    /// Ends an app that breaks a rule, and says which.
    pub(super) fn expel(self, reason: &str, next: &str) {
        self.kill(true);
        self.status.set(PreviewStatus::Stopped(Some(Sentence {
            what: format!("The app was stopped: {reason}."),
            next: Some(next.to_owned()),
        })));
    }

    pub(super) fn fail(self, what: String, next: &str) {
        self.status.set(PreviewStatus::Failed(Sentence {
            what,
            next: Some(next.to_owned()),
        }));
    }
}
