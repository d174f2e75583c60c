//! What the app keeps: told by the bridge worker, which keeps it.

use leptos::prelude::*;
use protocol::preview::{DataSummary, ToBridge};

use super::Preview;
use crate::platform::files::save;
use crate::state::toasts::{ToastAction, ToastKind};

/// What is known of the app's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AppData {
    /// On its way.
    Loading,
    /// There.
    Ready(DataSummary),
    /// It couldn't be had; the browser's reason.
    Failed(String),
}

/// What the bridge was asked for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Summary,
    Export,
    Clear,
    Restore,
}

/// The bridge's answer.
pub(super) enum Reply {
    Summary(DataSummary),
    Export(String),
    Done,
    Failed(String),
}

/// The question that an answer is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    request: u64,
    asked: Asked,
}

impl Preview {
    /// What the app keeps, as last read.
    pub(crate) fn data(self) -> Signal<AppData> {
        self.data.into()
    }

    /// Reads what the app keeps.
    pub(crate) fn read_data(self) {
        self.ask(Asked::Summary);
    }

    /// Saves what the app keeps as a file on the person's device.
    pub(crate) fn export_data(self) {
        self.ask(Asked::Export);
    }

    /// Deletes what the app keeps, and starts it anew; can be undone.
    pub(crate) fn clear_data(self) {
        self.ask(Asked::Clear);
    }

    /// Deletes what an app kept that is gone.
    pub(in crate::state) fn forget_data(self, app: String) {
        // Without a bridge nothing can be deleted; nobody sees it either.
        if self.bridge().is_ok() {
            self.post(&ToBridge::ForgetData { app });
        }
    }

    fn ask(self, asked: Asked) {
        if let Err(reason) = self.bridge() {
            self.data.set(AppData::Failed(reason));
            return;
        }
        let request = self.question.get_value().map_or(1, |last| last.request + 1);
        self.question.set_value(Some(Question { request, asked }));
        let app = self.inner.with_value(|inner| inner.app_id.clone());
        self.post(&match asked {
            Asked::Summary => ToBridge::ReadData { request, app },
            Asked::Export => ToBridge::ExportData { request, app },
            Asked::Clear => ToBridge::ClearData { request, app },
            Asked::Restore => ToBridge::RestoreData { request, app },
        });
    }

    pub(super) fn post(self, message: &ToBridge) {
        self.inner.with_value(|inner| {
            if let Some(bridge) = &inner.bridge {
                bridge.post(message);
            }
        });
    }

    /// An answer; one to an earlier question comes too late.
    pub(super) fn hear_data(self, request: u64, reply: Reply) {
        let Some(question) = self.question.get_value() else {
            return;
        };
        if question.request != request {
            return;
        }
        match reply {
            Reply::Summary(summary) => self.data.set(AppData::Ready(summary)),
            Reply::Export(text) => {
                if save("app-data.json", "application/json", &text).is_err() {
                    let text = "The file couldn't be made: there is too little memory.";
                    self.toasts.show(ToastKind::Danger, text, None);
                }
            }
            Reply::Done => self.data_replaced(question.asked),
            Reply::Failed(reason) if question.asked == Asked::Summary => {
                self.data.set(AppData::Failed(reason));
            }
            Reply::Failed(reason) => {
                let text = format!("The app's data couldn't be changed or read: {reason}");
                self.toasts.show(ToastKind::Danger, text, None);
            }
        }
    }

    /// The bridge ended the app's session: what ran still showed what was there before.
    fn data_replaced(self, asked: Asked) {
        self.reload();
        self.read_data();
        if asked == Asked::Clear {
            let undo = ToastAction::new("Undo", move || self.ask(Asked::Restore));
            let text = "The app's data was deleted.";
            self.toasts.show(ToastKind::Info, text, Some(undo));
        } else {
            let text = "The app's data is back.";
            self.toasts.show(ToastKind::Info, text, None);
        }
    }
}
