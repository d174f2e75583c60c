//! What the bridge worker and the frame say.

use leptos::prelude::*;
use protocol::preview::{ErrorKind, FromBridge, FromFrame};

use super::data::Reply;
use super::{Preview, PreviewStatus};
use crate::state::toasts::{ToastAction, ToastKind};

impl Preview {
    pub(super) fn hear(self, message: FromBridge) {
        let current = self.session.get_value();
        match message {
            FromBridge::Fetching {
                session,
                loaded,
                total,
            } if session == current => {
                self.inner
                    .update_value(|inner| inner.progress.fetches = loaded < total);
                self.status.set(PreviewStatus::Fetching { loaded, total });
                self.expect_ready();
            }
            FromBridge::DependencyFailed {
                session,
                file,
                message,
            } if session == current => {
                self.kill(false);
                self.fail(
                    format!("The package file {file} couldn't be loaded: {message}."),
                    "Check the connection, then run the app again.",
                );
            }
            FromBridge::Frame { session, message } if session == current => {
                self.hear_frame(message);
            }
            FromBridge::Silent { session, silent_ms } if session == current => {
                self.silent(silent_ms);
            }
            FromBridge::Expelled { session, reason } if session == current => {
                self.expel(&reason);
            }
            FromBridge::Data { request, summary } => {
                self.hear_data(request, Reply::Summary(summary));
            }
            FromBridge::DataExported { request, text } => {
                self.hear_data(request, Reply::Export(text));
            }
            FromBridge::DataDone { request } => self.hear_data(request, Reply::Done),
            FromBridge::DataFailed { request, reason } => {
                self.hear_data(request, Reply::Failed(reason));
            }
            // A frame that is gone.
            _ => {}
        }
    }

    pub(super) fn hear_frame(self, message: FromFrame) {
        match message {
            FromFrame::Booted => self
                .inner
                .update_value(|inner| inner.progress.booted = true),
            FromFrame::Unsafe { reason } => {
                self.kill(false);
                self.fail(
                    format!(
                        "The sandbox isn't tight in this browser ({reason}), so the app wasn't run."
                    ),
                    "Use a current Chrome or Edge.",
                );
            }
            FromFrame::Ready {
                revision,
                elapsed_ms,
                ..
            } => {
                self.faults.keep_from(revision);
                self.status.set(PreviewStatus::Ready {
                    revision,
                    elapsed_ms,
                });
            }
            FromFrame::ReloadNeeded { .. } => self.reload(),
            FromFrame::NothingRendered { reason, .. } => {
                self.status.set(PreviewStatus::Blank(reason));
            }
            FromFrame::Error {
                kind,
                message,
                stack,
                components,
                revision,
            } => {
                self.faults.push(kind, message, stack, components, revision);
                let starts = matches!(
                    self.status.get_untracked(),
                    PreviewStatus::Starting | PreviewStatus::Fetching { .. }
                );
                if starts && matches!(kind, ErrorKind::Load | ErrorKind::Render) {
                    self.status.set(PreviewStatus::Crashed);
                }
            }
            FromFrame::Console {
                level,
                args,
                location,
            } => self.console.push(level, &args, location),
            FromFrame::OpenExternal { url } => self.offer(url),
            FromFrame::Heartbeat => {}
        }
    }

    /// Asks before a page of the app's choice is opened.
    pub(super) fn offer(self, url: String) {
        let text = format!("The app wants to open {url}");
        let action = ToastAction::new("Open", move || {
            if let Some(window) = web_sys::window() {
                // A browser that blocks the window tells so itself.
                let _ = window.open_with_url_and_target_and_features(
                    &url,
                    "_blank",
                    "noopener,noreferrer",
                );
            }
        });
        self.toasts.show(ToastKind::Info, text, Some(action));
    }
}
