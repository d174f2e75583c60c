//! What the bridge worker and the frame say.

use leptos::prelude::*;
use protocol::preview::{ErrorKind, FromBridge, FromFrame, ToBridge};
use protocol::sandbox::Answer;

use super::data::Reply;
use super::{Preview, PreviewStatus};
use crate::state::console::ConsoleCall;

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
                self.expel(
                    &reason,
                    "Look at what its code sends or logs in a loop, then run it anew.",
                );
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
            FromBridge::DocumentsChanged { .. } => self.documents_changed(),
            FromBridge::Unsent { app, exchange } => self.hear_unsent(app, exchange),
            FromBridge::Merged { again, .. } => self.exchanged(again),
            FromBridge::MergeFailed { reason, .. } => self.hear_merge_failed(&reason),
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
                kept_state,
            } => {
                self.faults.keep_from(revision);
                self.timings.ready(revision, elapsed_ms, !kept_state);
                self.status.set(PreviewStatus::Ready {
                    revision,
                    elapsed_ms,
                });
                self.offline.look_again();
            }
            FromFrame::Painted { revision, paint_ms } => self.timings.painted(revision, paint_ms),
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
                form,
                indent,
                args,
                location,
            } => {
                let call = ConsoleCall {
                    level,
                    form,
                    indent,
                    args: args.into(),
                };
                self.console.push(call, location);
            }
            FromFrame::Request { id, call } => {
                let session = self.session.get_value();
                self.requests
                    .take(call, move |answer| self.answer(session, id, answer));
            }
            FromFrame::Blocked { attempts } => self.network.record_blocked(attempts),
            FromFrame::Location {
                path,
                can_go_back,
                can_go_forward,
            } => self.hear_address(path, can_go_back, can_go_forward),
            FromFrame::Picked { components, places } => self.hear_picked(components, places),
            FromFrame::Captured { url, missing } => self.hear_picture(url.as_deref(), &missing),
            FromFrame::PickEnded => self.end_picking(),
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
