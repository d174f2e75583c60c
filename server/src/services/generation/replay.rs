//! Events of generations, kept so that a reader whose connection broke goes on
//! where it was, and a reader that doesn't keep up holds the model back.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{Stream, stream};
use protocol::generate::GenerateEvent;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::services::Error;

/// Events that the reader may lack: beyond, the model waits.
const MAX_AHEAD_EVENTS: usize = 1_000;
/// Their bytes.
const MAX_AHEAD_BYTES: usize = 1024 * 1024;
/// Bytes of all generations that are kept.
const MAX_KEPT_BYTES: usize = 64 * 1024 * 1024;
/// What an event takes besides its texts.
const EVENT_BYTES: usize = 128;

/// The generations that run, and those that ended a short while ago.
#[derive(Clone, Default)]
pub(super) struct Replays {
    kept: Arc<Mutex<BTreeMap<String, Arc<Replay>>>>,
    bytes: Arc<AtomicUsize>,
    /// Generations that have ended.
    ended: Arc<AtomicUsize>,
}

impl Replays {
    /// A generation that begins, with its first reader.
    pub(super) fn begin(&self, id: String) -> (Arc<Replay>, Reader) {
        let replay = Arc::new(Replay {
            id: id.clone(),
            cancel: CancellationToken::new(),
            state: Mutex::default(),
            written: Notify::new(),
            read: Notify::new(),
            replays: self.clone(),
        });
        self.lock().insert(id, Arc::clone(&replay));
        let reader = Reader::new(Arc::clone(&replay), 0);
        (replay, reader)
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<Replay>> {
        self.lock().get(id).cloned()
    }

    pub(super) fn forget(&self, id: &str) {
        // Dropped after the lock is given back.
        let _forgotten = self.lock().remove(id);
    }

    /// Forgets those that ended first while there are too many bytes; whether
    /// that was enough.
    fn make_room(&self) -> bool {
        while self.bytes.load(Ordering::Relaxed) > MAX_KEPT_BYTES {
            let ended = |replay: &Arc<Replay>| replay.lock().ended;
            let oldest = self
                .lock()
                .iter()
                .filter_map(|(id, replay)| Some((ended(replay)?, id.clone())))
                .min();
            let Some((_, id)) = oldest else {
                return false;
            };
            self.forget(&id);
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Replay>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One generation's events.
pub(super) struct Replay {
    pub(super) id: String,
    /// Cancelled when somebody stops the generation.
    pub(super) cancel: CancellationToken,
    state: Mutex<State>,
    /// There are more events, or no more will come.
    written: Notify,
    /// A reader has come, gone or read.
    read: Notify,
    replays: Replays,
}

#[derive(Default)]
struct State {
    events: Vec<GenerateEvent>,
    /// Bytes of the events up to each one.
    sums: Vec<usize>,
    /// Order in which generations ended.
    ended: Option<usize>,
    /// Events that each reader has, in the order in which they came.
    readers: BTreeMap<u64, usize>,
    next_reader: u64,
}

impl State {
    fn bytes(&self, events: usize) -> usize {
        let last = events.checked_sub(1).and_then(|last| self.sums.get(last));
        last.copied().unwrap_or(0)
    }

    /// Whether the newest reader lacks too much. Older ones may be broken
    /// connections that nobody has noticed.
    fn is_far_ahead(&self) -> bool {
        self.readers.last_key_value().is_some_and(|(_, &has)| {
            self.events.len().saturating_sub(has) >= MAX_AHEAD_EVENTS
                || self.bytes(self.events.len()) - self.bytes(has) >= MAX_AHEAD_BYTES
        })
    }
}

impl Replay {
    /// Adds an event as soon as the reader has read enough.
    ///
    /// # Errors
    /// When more is being written than may be kept.
    pub(super) async fn push(&self, event: GenerateEvent) -> Result<(), Error> {
        self.until(|state| !state.is_far_ahead()).await;
        self.push_now(event);
        if self.replays.make_room() {
            Ok(())
        } else {
            Err(Error::too_large(
                format!(
                    "more is being written than the server keeps: {} MB",
                    MAX_KEPT_BYTES / 1024 / 1024
                ),
                "Try again when other generations have ended.",
            ))
        }
    }

    /// Adds an event whatever the reader has.
    pub(super) fn push_now(&self, event: GenerateEvent) {
        let bytes = size(&event);
        let mut state = self.lock();
        let sum = state.bytes(state.sums.len()) + bytes;
        state.events.push(event);
        state.sums.push(sum);
        drop(state);
        self.replays.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.written.notify_waiters();
    }

    /// No more events will come.
    pub(super) fn end(&self) {
        let order = self.replays.ended.fetch_add(1, Ordering::Relaxed);
        self.lock().ended = Some(order);
        self.written.notify_waiters();
        self.replays.make_room();
    }

    /// The events from the last `Start` on.
    pub(super) fn last_answer(&self) -> Vec<GenerateEvent> {
        let state = self.lock();
        let is_start = |event: &GenerateEvent| matches!(event, GenerateEvent::Start { .. });
        let from = state.events.iter().rposition(is_start).unwrap_or(0);
        state.events.iter().skip(from).cloned().collect()
    }

    /// Reads from the event after `last`, which is one that was read before.
    pub(super) fn reader(self: Arc<Self>, last: usize) -> Option<Reader> {
        let is_known = last <= self.lock().events.len();
        is_known.then(|| Reader::new(self, last))
    }

    /// Waits until nobody has read for a while.
    pub(super) async fn unread(&self, grace: Duration) {
        loop {
            self.until(|state| state.readers.is_empty()).await;
            tokio::select! {
                () = tokio::time::sleep(grace) => return,
                () = self.until(|state| !state.readers.is_empty()) => {}
            }
        }
    }

    async fn until(&self, condition: impl Fn(&State) -> bool) {
        loop {
            // Made before looking: what changes meanwhile wakes it.
            let read = self.read.notified();
            if condition(&self.lock()) {
                return;
            }
            read.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        let bytes = {
            let state = self.lock();
            state.bytes(state.sums.len())
        };
        self.replays.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// Reads one generation's events, and then those that come.
pub(super) struct Reader {
    replay: Arc<Replay>,
    number: u64,
    has: usize,
}

impl Reader {
    fn new(replay: Arc<Replay>, has: usize) -> Self {
        let mut state = replay.lock();
        let number = state.next_reader;
        state.next_reader += 1;
        state.readers.insert(number, has);
        drop(state);
        replay.read.notify_waiters();
        Self {
            replay,
            number,
            has,
        }
    }

    /// The events with their numbers. Dropped, the reader is gone.
    pub(super) fn into_stream(self) -> impl Stream<Item = (usize, GenerateEvent)> + Send {
        stream::unfold(self, |mut reader| async move {
            let event = reader.next().await?;
            Some((event, reader))
        })
    }

    async fn next(&mut self) -> Option<(usize, GenerateEvent)> {
        loop {
            let replay = Arc::clone(&self.replay);
            let written = replay.written.notified();
            let (event, has_ended) = {
                let mut state = replay.lock();
                let event = state.events.get(self.has).cloned();
                if event.is_some() {
                    self.has += 1;
                    state.readers.insert(self.number, self.has);
                }
                (event, state.ended.is_some())
            };
            if let Some(event) = event {
                replay.read.notify_waiters();
                return Some((self.has, event));
            }
            if has_ended {
                return None;
            }
            written.await;
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.replay.lock().readers.remove(&self.number);
        self.replay.read.notify_waiters();
    }
}

/// About what an event takes in memory.
pub(super) fn size(event: &GenerateEvent) -> usize {
    let texts = match event {
        GenerateEvent::Chunk { filename, content } => {
            filename.as_ref().map_or(0, String::len) + content.len()
        }
        GenerateEvent::File {
            filename, content, ..
        } => filename.len() + content.as_ref().map_or(0, String::len),
        GenerateEvent::Complete {
            files,
            deleted,
            notes,
            ..
        } => [files, deleted, notes]
            .into_iter()
            .flatten()
            .map(String::len)
            .sum(),
        GenerateEvent::Restart { message } | GenerateEvent::Status { message } => message.len(),
        GenerateEvent::Start { .. } | GenerateEvent::Usage { .. } | GenerateEvent::Error { .. } => {
            0
        }
    };
    EVENT_BYTES + texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_first_makes_room() {
        let replays = Replays::default();
        let running = replays.begin("running".to_owned());
        for number in 0..9 {
            let (replay, reader) = replays.begin(number.to_string());
            replay.push_now(GenerateEvent::Status {
                message: "x".repeat(10 * 1024 * 1024),
            });
            replay.end();
            drop(reader);
        }
        let kept: Vec<_> = replays.lock().keys().cloned().collect();
        assert_eq!(kept, ["3", "4", "5", "6", "7", "8", "running"]);
        drop(running);
        assert!(replays.bytes.load(Ordering::Relaxed) <= MAX_KEPT_BYTES);
    }
}
