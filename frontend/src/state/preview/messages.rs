//! What the bridge worker and the frame say.

use leptos::prelude::*;
use protocol::preview::{ErrorKind, FromBridge, FromFrame, ToBridge};
use protocol::sandbox::Answer;

use super::data::Reply;
use super::{Preview, PreviewStatus};

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
            FromFrame::Unsafe { reason } => self.refuse_open(&reason),
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
            FromFrame::Request { id, call } => {
                let session = self.session.get_value();
                self.requests
                    .take(call, move |answer| self.answer(session, id, answer));
            }
            FromFrame::Heartbeat => {}
        }
    }

    /// What became of a request; of no use when the frame that asked is gone.
    fn answer(self, session: u64, id: u32, answer: Answer) {
        self.inner.with_value(|inner| {
            if let Some(bridge) = &inner.bridge {
                bridge.post(&ToBridge::Answer {
                    session,
                    id,
                    answer,
                });
            }
        });
    }
}
