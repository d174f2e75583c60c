//! Records of all apps. The one writer of [`AppRecord`]s.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use protocol::app::AppSummary;

use super::Handle;
use super::disk::Disk;
use super::session::{Server, Session};
use super::spawn;
use crate::api;
use crate::message::{Sentence, describe};
use crate::platform::records::{self, AppRecord};

/// How far the list of apps is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phase {
    /// The browser's records are being read.
    Loading,
    /// The browser's records are there, but the server's list isn't, and there is nothing to show.
    Failed(Sentence),
    /// There.
    Ready,
}

/// Handle to the records.
pub(crate) type Library = Handle<LibraryStore>;

/// What stands behind [`Library`].
pub(crate) struct LibraryStore {
    records: RwSignal<BTreeMap<String, AppRecord>>,
    phase: RwSignal<Phase>,
    /// Apps that are gone, until what they kept goes too.
    erased: RwSignal<Vec<String>>,
    disk: Disk,
    session: Session,
}

impl Library {
    pub(super) fn new() -> Self {
        Handle::keep(LibraryStore {
            records: RwSignal::new(BTreeMap::new()),
            phase: RwSignal::new(Phase::Loading),
            erased: RwSignal::new(Vec::new()),
            disk: Disk::expect(),
            session: Session::expect(),
        })
    }

    /// The page's records.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    pub(super) fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Apps that are not deleted, last changed first.
    pub(super) fn summaries(self) -> Vec<AppSummary> {
        let mut list: Vec<AppSummary> = self.records.with(|records| {
            records
                .values()
                .filter(|record| !record.deleted)
                .map(|record| record.summary.clone())
                .collect()
        });
        list.sort_by_key(|summary| std::cmp::Reverse(summary.updated_ms));
        list
    }

    /// The record of an app, tracked.
    pub(super) fn record(self, id: &str) -> Option<AppRecord> {
        self.records.with(|records| records.get(id).cloned())
    }

    /// The record of an app, untracked.
    pub(super) fn peek(self, id: &str) -> Option<AppRecord> {
        self.records
            .with_untracked(|records| records.get(id).cloned())
    }

    /// Whether both the server and this browser have an app.
    pub(super) fn is_shared(self, id: &str) -> bool {
        self.peek(id)
            .is_some_and(|record| record.server_revision > 0 && !record.remote && !record.deleted)
    }

    /// Files of packages that an app needs, tracked; `None` for what this browser hasn't built.
    pub(super) fn packages(self, id: &str) -> Option<BTreeSet<String>> {
        self.records
            .with(|records| records.get(id)?.packages.clone())
    }

    /// Ids of apps of which the server lacks something.
    pub(super) fn dirty(self) -> Vec<String> {
        self.records.with_untracked(|records| {
            records
                .values()
                .filter(|record| record.deleted || record.is_dirty())
                .map(|record| record.summary.id.clone())
                .collect()
        })
    }

    /// Adds or replaces a record.
    pub(super) fn put(self, record: AppRecord) {
        self.disk.queue([record.write()]);
        self.records.update(|records| {
            records.insert(record.summary.id.clone(), record);
        });
    }

    /// Changes a record in place, if it is there.
    pub(super) fn change(self, id: &str, change: impl FnOnce(&mut AppRecord)) {
        let Some(mut record) = self.peek(id) else {
            return;
        };
        change(&mut record);
        self.put(record);
    }

    /// Forgets an app and all that is kept of it.
    pub(super) fn erase(self, id: &str) {
        self.disk.queue(records::erase(id));
        self.records.update(|records| {
            records.remove(id);
        });
        self.erased.update(|erased| erased.push(id.to_owned()));
    }

    /// Apps that were erased since this was asked last, tracked.
    pub(super) fn take_erased(self) -> Vec<String> {
        self.erased.track();
        self.erased
            .try_update_untracked(std::mem::take)
            .unwrap_or_default()
    }

    /// Waits until the browser's records are read.
    pub(super) async fn loaded(self) {
        if self.phase.get_untracked() != Phase::Loading {
            return;
        }
        self.read().await;
    }

    /// Reads the browser's records, then the server's list.
    pub(super) fn start(self) {
        spawn(async move { self.read().await });
        Effect::new(move |_| {
            if self.session.server().get() == Server::Present {
                self.refresh();
            }
        });
    }

    async fn read(self) {
        let database = self.disk.database().await;
        let kept = records::list(&database).await.unwrap_or_default();
        self.records.update(|records| {
            for record in kept {
                records.entry(record.summary.id.clone()).or_insert(record);
            }
        });
        if self.phase.get_untracked() == Phase::Loading {
            self.phase.set(Phase::Ready);
        }
    }

    /// Asks the server for its list.
    pub(super) fn refresh(self) {
        spawn(async move {
            self.loaded().await;
            match api::list_apps().await {
                Ok(list) => {
                    self.merge(list);
                    self.phase.set(Phase::Ready);
                }
                Err(error) => {
                    self.session.heard(&error);
                    if self.records.with_untracked(BTreeMap::is_empty) {
                        self.phase.set(Phase::Failed(describe(&error)));
                    }
                }
            }
        });
    }

    /// Adds what only the server has. What the browser has too keeps its
    /// revision until the app is opened; only its name and time follow.
    fn merge(self, list: Vec<AppSummary>) {
        let mut known = self.records.get_untracked();
        let mut writes = Vec::new();
        for summary in list {
            match known.get_mut(&summary.id) {
                Some(record) if record.is_dirty() || record.deleted => {}
                Some(record) => {
                    record.summary.name = summary.name;
                    record.summary.updated_ms = summary.updated_ms;
                    if !record.remote {
                        writes.push(record.write());
                    }
                }
                None => {
                    known.insert(summary.id.clone(), AppRecord::remote(summary));
                }
            }
        }
        self.disk.queue(writes);
        self.records.set(known);
    }
}
