//! Whether providers answer, looked at now and then.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use generation::Failure;
use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout};

use crate::clock::Clock;
use crate::llm::{Error, Llm};
use crate::provider::{Profile, ProviderConfig, is_local};

/// How long a look counts, in milliseconds.
const FRESH_MS: i64 = 30_000;
/// Time for a server on this machine.
const LOCAL_TIMEOUT: Duration = Duration::from_secs(3);
/// Time for a server elsewhere.
const TIMEOUT: Duration = Duration::from_secs(5);

/// What a look has shown.
#[derive(Debug, Clone)]
pub struct Checked {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Time until the list of models was there, or why it wasn't.
    pub result: Result<u32, Error>,
}

/// A look that is under way or done: all who ask meanwhile wait for the same one.
#[derive(Debug)]
struct Look {
    config: ProviderConfig,
    at_ms: i64,
    result: OnceCell<Result<u32, Error>>,
}

/// The last look at each provider, by id.
#[derive(Clone)]
pub(super) struct Health {
    llm: Llm,
    clock: Arc<dyn Clock>,
    looks: Arc<Mutex<HashMap<String, Arc<Look>>>>,
}

impl Health {
    pub(super) fn new(llm: Llm, clock: Arc<dyn Clock>) -> Self {
        Self {
            llm,
            clock,
            looks: Arc::default(),
        }
    }

    pub(super) async fn check(&self, profile: &Profile) -> Checked {
        let look = self.look(profile);
        let result = look.result.get_or_init(|| self.ask(&look.config)).await;
        Checked {
            at_ms: look.at_ms,
            result: result.clone(),
        }
    }

    pub(super) fn forget(&self, id: &str) {
        self.lock().remove(id);
    }

    fn look(&self, profile: &Profile) -> Arc<Look> {
        let now_ms = self.clock.now_ms().cast_signed();
        let mut looks = self.lock();
        if let Some(look) = looks.get(&profile.id)
            && look.config == profile.config
            && now_ms - look.at_ms < FRESH_MS
        {
            return Arc::clone(look);
        }
        let look = Arc::new(Look {
            config: profile.config.clone(),
            at_ms: now_ms,
            result: OnceCell::new(),
        });
        looks.insert(profile.id.clone(), Arc::clone(&look));
        look
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Look>>> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self, config: &ProviderConfig) -> Result<u32, Error> {
        let limit = if is_local(&config.base_url) {
            LOCAL_TIMEOUT
        } else {
            TIMEOUT
        };
        let start = Instant::now();
        let late = |_| {
            let seconds = limit.as_secs();
            Error::new(Failure::Late { seconds }, config)
        };
        timeout(limit, self.llm.models(config))
            .await
            .map_err(late)??;
        Ok(u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX))
    }
}
