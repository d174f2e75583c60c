//! Writes to the browser's database, in batches of at most 50 ms.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::Handle;
use super::spawn;
use crate::platform::clock::sleep_ms;
use crate::platform::idb::{Database, Error, Write};
use crate::platform::listen::Listener;

/// Longest time that a change waits for its write, in milliseconds.
const BATCH_MS: u32 = 40;

/// Handle to the database and its queue of writes.
pub(crate) type Disk = Handle<DiskStore>;

/// What stands behind [`Disk`].
pub(crate) struct DiskStore {
    database: StoredValue<Option<Database>, LocalStorage>,
    queue: StoredValue<Vec<Write>, LocalStorage>,
    scheduled: StoredValue<bool>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<Error>>,
    listener: StoredValue<Option<SendWrapper<Listener>>>,
}

impl Disk {
    pub(super) fn new() -> Self {
        let disk = Handle::keep(DiskStore {
            database: StoredValue::new_local(None),
            queue: StoredValue::new_local(Vec::new()),
            scheduled: StoredValue::new(false),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            listener: StoredValue::new(None),
        });
        if let Some(window) = web_sys::window() {
            // A transaction that has begun is finished even as the page goes.
            let listener = Listener::new(&window, "pagehide", move |_| {
                spawn(async move { disk.flush().await });
            });
            disk.listener.set_value(Some(SendWrapper::new(listener)));
        }
        disk
    }

    /// The page's disk.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Whether something is not on disk yet.
    pub(crate) fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why the last write failed, or that the browser keeps nothing.
    pub(crate) fn failure(self) -> Signal<Option<Error>> {
        self.failure.into()
    }

    /// The database; one in memory when the browser refuses its own.
    pub(super) async fn database(self) -> Database {
        if let Some(database) = self.database.get_value() {
            return database;
        }
        let database = match Database::open().await {
            Ok(database) => database,
            Err(error) => {
                self.failure.set(Some(error));
                Database::memory()
            }
        };
        // Another task may have opened it meanwhile; the first one stays.
        if let Some(earlier) = self.database.get_value() {
            return earlier;
        }
        self.database.set_value(Some(database.clone()));
        database
    }

    /// Puts writes on disk within [`BATCH_MS`], in order.
    pub(super) fn queue(self, writes: impl IntoIterator<Item = Write>) {
        self.queue.update_value(|queue| queue.extend(writes));
        if !self.pending.get_untracked() {
            self.pending.set(true);
        }
        if self.scheduled.get_value() {
            return;
        }
        self.scheduled.set_value(true);
        spawn(async move {
            sleep_ms(BATCH_MS).await;
            self.scheduled.set_value(false);
            self.flush().await;
        });
    }

    /// Writes what waits, and returns when it is on disk.
    pub(super) async fn flush(self) {
        let writes = self
            .queue
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let database = match self.database.get_value() {
            Some(database) => database,
            None => self.database().await,
        };
        match database.write(writes.clone()).await {
            Ok(()) => {
                if database.is_persistent() && self.failure.get_untracked().is_some() {
                    self.failure.set(None);
                }
            }
            Err(error) => {
                // Kept for the next try, before what came since.
                self.queue.update_value(|queue| {
                    let later = std::mem::replace(queue, writes);
                    queue.extend(later);
                });
                self.failure.set(Some(error));
                return;
            }
        }
        if self.queue.with_value(Vec::is_empty) {
            self.pending.set(false);
        }
    }
}
