//! Requests of apps to the outside: for apps that there are, and not too many.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use protocol::limits::{FETCH_PER_MINUTE, PICTURES_PER_MINUTE};
use protocol::sandbox::{FetchOutside, FetchedOutside};

use super::Error;
use crate::clock::Clock;
use crate::outside::Outside;
use crate::store::Store;

const MINUTE_MS: u64 = 60_000;

/// In milliseconds since the Unix epoch, oldest first.
type Moments = VecDeque<u64>;

/// The service.
#[derive(Clone)]
pub struct Requests {
    store: Store,
    clock: Arc<dyn Clock>,
    outside: Outside,
    /// By app, and whether for a picture: when its requests of the last minute were sent.
    recent: Arc<Mutex<BTreeMap<(String, bool), Moments>>>,
}

impl Requests {
    /// Works on a store, and sends with a client.
    pub fn new(store: Store, clock: Arc<dyn Clock>, outside: Outside) -> Self {
        Self {
            store,
            clock,
            outside,
            recent: Arc::default(),
        }
    }

    /// Sends what an app asks for.
    ///
    /// # Errors
    /// When there is no such app, when it has asked too often, and what [`Outside::fetch`] says.
    pub async fn send(&self, id: &str, ask: &FetchOutside) -> Result<FetchedOutside, Error> {
        let known = self.store.read().await?.app(id).await?;
        known.ok_or_else(|| Error::no_app(id))?;
        self.admit(id, ask.is_picture)?;
        Ok(self.outside.fetch(ask).await?)
    }

    fn admit(&self, id: &str, is_picture: bool) -> Result<(), Error> {
        let per_minute = if is_picture {
            PICTURES_PER_MINUTE
        } else {
            FETCH_PER_MINUTE
        };
        let now_ms = self.clock.now_ms();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|_, sent| {
            sent.retain(|sent_ms| sent_ms + MINUTE_MS > now_ms);
            !sent.is_empty()
        });
        let sent = recent.entry((id.to_owned(), is_picture)).or_default();
        match sent.front() {
            Some(oldest_ms) if sent.len() >= per_minute => Err(Error::TooOften {
                retry_after_s: (oldest_ms + MINUTE_MS - now_ms).div_ceil(1_000),
            }),
            _ => {
                sent.push_back(now_ms);
                Ok(())
            }
        }
    }
}
