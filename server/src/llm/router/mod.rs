//! Which provider is asked, and whether it is asked at all.
//!
//! [`candidates`] puts them in order; `breaker` lets those rest that fail again
//! and again; `health` looks whether they answer. Going from one to the next is
//! the generation service's.

mod breaker;
mod health;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use generation::Who;
use generation::dialect::{Failure, Unreachable};
use protocol::provider::{Circuit, Tier};

use self::breaker::Breaker;
pub use self::health::Checked;
use self::health::Health;
use super::{Error, Llm};
use crate::clock::Clock;
use crate::provider::{Profile, ProviderConfig, is_local};

/// A provider that may be asked, with the model for the task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Id.
    pub id: String,
    /// Name that people see.
    pub name: String,
    /// Address, key and the model for the task.
    pub config: ProviderConfig,
}

impl Candidate {
    /// A profile with one of its models.
    pub fn new(profile: &Profile, model: &str) -> Self {
        Self {
            id: profile.id.clone(),
            name: profile.name.clone(),
            config: ProviderConfig {
                model: model.to_owned(),
                ..profile.config.clone()
            },
        }
    }

    /// Name and model, for the words about it.
    pub fn who(&self) -> Who {
        Who {
            name: self.name.clone(),
            model: self.config.model.clone(),
        }
    }
}

/// Order of `auto`: those on this machine first, the rest as listed.
pub fn sort(profiles: &mut [Profile]) {
    profiles.sort_by_key(|profile| !is_local(&profile.config.base_url));
}

/// Who is asked in turn: the preferred one, then the others in their order.
/// Those that are switched off or have no model are left out.
pub fn candidates(profiles: &[Profile], preferred: Option<&str>, tier: Tier) -> Vec<Candidate> {
    let mut candidates: Vec<_> = profiles
        .iter()
        .filter(|profile| profile.enabled && !profile.model(tier).is_empty())
        .map(|profile| Candidate::new(profile, profile.model(tier)))
        .collect();
    candidates.sort_by_key(|candidate| preferred != Some(candidate.id.as_str()));
    candidates
}

/// A breaker, and the failure that it counted last.
type Guarded = (Breaker, Option<Error>);

/// Keeps an eye on the providers. Clones share what they know.
#[derive(Clone)]
pub struct Router {
    llm: Llm,
    clock: Arc<dyn Clock>,
    health: Health,
    /// By provider's id.
    breakers: Arc<Mutex<HashMap<String, Guarded>>>,
}

impl Router {
    /// Knows nothing of any provider yet.
    pub fn new(llm: Llm, clock: Arc<dyn Clock>) -> Self {
        Self {
            health: Health::new(llm.clone(), Arc::clone(&clock)),
            llm,
            clock,
            breakers: Arc::default(),
        }
    }

    /// What makes the adapters.
    pub fn llm(&self) -> &Llm {
        &self.llm
    }

    /// Whether the provider answers, as of the last 30 seconds.
    pub async fn check(&self, profile: &Profile) -> Checked {
        self.health.check(profile).await
    }

    /// Whether the provider is asked, and if not, when it will be.
    pub fn circuit(&self, id: &str) -> (Circuit, Option<i64>) {
        let now_ms = self.now_ms();
        self.breaker(id, |(breaker, _)| {
            (breaker.circuit(now_ms), breaker.retry_ms(now_ms))
        })
    }

    /// Forgets how a provider fared: somebody has seen to it.
    pub fn reset(&self, id: &str) {
        self.health.forget(id);
        self.lock().remove(id);
    }

    /// Lets a request to the provider begin.
    ///
    /// # Errors
    /// The last failure, when the provider rests after several.
    pub fn admit(&self, candidate: &Candidate) -> Result<Permit, Error> {
        let now_ms = self.now_ms();
        self.breaker(&candidate.id, |(breaker, last)| {
            breaker.admit(now_ms).map_err(|until_ms| {
                let seconds = u64::try_from(until_ms - now_ms).unwrap_or(0).div_ceil(1_000);
                let last = last.clone().unwrap_or_else(|| {
                    Error::new(Failure::Unreachable(Unreachable::Connection), &candidate.config)
                });
                Error {
                    message: format!(
                        "{} failed several times in a row: {}",
                        candidate.name, last.message
                    ),
                    help: format!(
                        "It is asked again in {seconds} seconds, or as soon as its test in the settings succeeds."
                    ),
                    retry_after_s: Some(seconds),
                    ..last
                }
            })
        })?;
        Ok(Permit {
            router: self.clone(),
            id: candidate.id.clone(),
            is_open: true,
        })
    }

    fn now_ms(&self) -> i64 {
        self.clock.now_ms().cast_signed()
    }

    fn breaker<T>(&self, id: &str, use_it: impl FnOnce(&mut Guarded) -> T) -> T {
        use_it(self.lock().entry(id.to_owned()).or_default())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Guarded>> {
        self.breakers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to ask a provider once. Dropped, it says nothing about the provider.
pub struct Permit {
    router: Router,
    id: String,
    is_open: bool,
}

impl Permit {
    /// The provider answered.
    pub fn succeed(mut self) {
        self.is_open = false;
        self.router.lock().remove(&self.id);
    }

    /// The provider failed. Failures that a working provider has too don't count.
    pub fn fail(mut self, error: &Error) {
        if error.failure.is_provider_down() {
            self.is_open = false;
            let now_ms = self.router.now_ms();
            self.router.breaker(&self.id, |(breaker, last)| {
                breaker.fail(now_ms);
                *last = Some(error.clone());
            });
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.is_open {
            self.router
                .breaker(&self.id, |(breaker, _)| breaker.abandon());
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::provider::ProviderKind;

    use super::*;
    use crate::provider::Source;

    fn profile(id: &str, base_url: &str, model: &str, enabled: bool) -> Profile {
        Profile {
            id: id.to_owned(),
            name: id.to_owned(),
            config: ProviderConfig {
                kind: ProviderKind::Openai,
                base_url: base_url.to_owned(),
                model: model.to_owned(),
                api_key: None,
            },
            small_model: format!("small-{model}"),
            enabled,
            source: Source::Settings,
        }
    }

    #[test]
    fn the_preferred_one_comes_first_then_this_machines_then_the_rest() {
        let mut profiles = vec![
            profile("far", "https://a.example", "a", true),
            profile("off", "https://b.example", "b", false),
            profile("bare", "https://c.example", "", true),
            profile("near", "http://localhost:1", "d", true),
        ];
        profiles[2].small_model.clear();
        sort(&mut profiles);
        let names = |preferred, tier| {
            let candidates = candidates(&profiles, preferred, tier);
            let names = candidates
                .into_iter()
                .map(|candidate| format!("{} {}", candidate.id, candidate.config.model));
            names.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(names(None, Tier::Big), "near d, far a");
        assert_eq!(names(Some("far"), Tier::Big), "far a, near d");
        assert_eq!(names(Some("off"), Tier::Small), "near small-d, far small-a");
    }
}
