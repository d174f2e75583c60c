//! How many generations may begin.

use std::sync::Arc;

use protocol::provider::Quota;

use super::Error;
use crate::clock::Clock;
use crate::store::Store;

const HOUR_MS: i64 = 60 * 60_000;
/// Ends the key under which a user's small tasks are counted.
const SMALL_TASKS: &str = " small";
/// Small tasks for each generation: questions, designs, better words, next steps, and air.
const SMALL_TASKS_PER_GENERATION: u32 = 6;

/// Whose generations are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserId(String);

impl UserId {
    /// The one user of a server without accounts.
    pub fn local() -> Self {
        Self("local".to_owned())
    }

    /// The same user's small tasks, which are counted apart.
    #[must_use]
    pub fn small_tasks(&self) -> Self {
        Self(format!("{}{SMALL_TASKS}", self.0))
    }

    fn is_small(&self) -> bool {
        self.0.ends_with(SMALL_TASKS)
    }
}

/// Counts the generations of a sliding hour, in the database.
#[derive(Clone)]
pub struct Quotas {
    store: Store,
    clock: Arc<dyn Clock>,
    per_hour: u32,
}

/// A generation that was counted.
#[derive(Debug)]
pub struct Counted(i64);

impl Quotas {
    /// Lets `per_hour` generations begin in an hour; 0 is no limit.
    pub fn new(store: Store, clock: Arc<dyn Clock>, per_hour: u32) -> Self {
        Self {
            store,
            clock,
            per_hour,
        }
    }

    /// How many are left.
    pub async fn look(&self, user: &UserId) -> Result<Quota, Error> {
        let now_ms = self.now_ms();
        let mut tx = self.store.read().await?;
        let starts = tx.starts_after(&user.0, now_ms - HOUR_MS).await?;
        Ok(Self::quota(self.limit(user), &starts))
    }

    /// Counts one that begins.
    ///
    /// # Errors
    /// [`Error::TooManyGenerations`] when none may begin now.
    pub async fn begin(&self, user: &UserId) -> Result<Counted, Error> {
        let now_ms = self.now_ms();
        let mut tx = self.store.write().await?;
        tx.forget_starts(now_ms - HOUR_MS).await?;
        let starts = tx.starts_after(&user.0, now_ms - HOUR_MS).await?;
        if let Some(next_ms) = Self::quota(self.limit(user), &starts).next_ms {
            return Err(Error::TooManyGenerations {
                per_hour: self.limit(user),
                what: if user.is_small() {
                    "small tasks"
                } else {
                    "generations"
                },
                retry_after_s: u64::try_from(next_ms - now_ms).unwrap_or(0).div_ceil(1_000),
            });
        }
        let counted = Counted(tx.add_start(&user.0, now_ms).await?);
        tx.commit().await?;
        Ok(counted)
    }

    /// Takes one back that no model has answered.
    pub async fn give_back(&self, counted: Counted) -> Result<(), Error> {
        let mut tx = self.store.write().await?;
        tx.delete_start(counted.0).await?;
        Ok(tx.commit().await?)
    }

    /// `starts` are those of the last hour, newest first.
    fn quota(per_hour: u32, starts: &[i64]) -> Quota {
        let used = u32::try_from(starts.len()).unwrap_or(u32::MAX);
        // The next one may begin when this one is an hour old.
        let last_of_them = usize::try_from(per_hour)
            .ok()
            .and_then(|per_hour| starts.get(per_hour.checked_sub(1)?));
        Quota {
            per_hour,
            used,
            next_ms: last_of_them.map(|start_ms| start_ms + HOUR_MS),
        }
    }

    fn limit(&self, user: &UserId) -> u32 {
        if user.is_small() {
            self.per_hour.saturating_mul(SMALL_TASKS_PER_GENERATION)
        } else {
            self.per_hour
        }
    }

    fn now_ms(&self) -> i64 {
        self.clock.now_ms().cast_signed()
    }
}
