//! Whole answers, given again when the same is asked of the same model.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::manifest::Manifest;
use sha2::{Digest as _, Sha256};

use super::replay::size;
use crate::clock::Clock;
use crate::llm::router::Candidate;

/// Bytes of all answers that are kept.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// How long an answer is kept, in milliseconds.
const MAX_AGE_MS: u64 = 24 * 60 * 60_000;

/// What was asked, of whom.
pub(super) type Key = [u8; 32];

/// The messages follow from the request, which stands for them, and from the
/// manifest, with which all answers change. `None` never comes of a request
/// that came as JSON.
pub(super) fn key(candidate: &Candidate, request: &GenerateRequest) -> Option<Key> {
    let request = GenerateRequest {
        provider: None,
        model: None,
        fresh: false,
        ..request.clone()
    };
    let config = &candidate.config;
    let asked = (&candidate.id, &config.base_url, &config.model);
    let json = serde_json::to_vec(&(asked, request)).ok()?;
    Some(Sha256::digest(json).into())
}

/// The answers.
#[derive(Clone)]
pub(super) struct Cache {
    clock: Arc<dyn Clock>,
    answers: Arc<Mutex<Answers>>,
}

#[derive(Default)]
struct Answers {
    /// What they were made with.
    manifest: Option<Arc<Manifest>>,
    by_key: HashMap<Key, Answer>,
}

struct Answer {
    events: Arc<[GenerateEvent]>,
    bytes: usize,
    since_ms: u64,
}

impl Cache {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            answers: Arc::default(),
        }
    }

    /// The answer to this, from its `Start` to its `Complete`.
    pub(super) fn get(&self, key: &Key, manifest: &Arc<Manifest>) -> Option<Arc<[GenerateEvent]>> {
        let now_ms = self.clock.now_ms();
        let mut answers = self.answers(manifest);
        answers
            .by_key
            .retain(|_, answer| now_ms < answer.since_ms + MAX_AGE_MS);
        let answer = answers.by_key.get(key)?;
        Some(Arc::clone(&answer.events))
    }

    /// Keeps an answer, if it is a whole one. The oldest go when there are too many.
    pub(super) fn put(&self, key: Key, manifest: &Arc<Manifest>, events: Vec<GenerateEvent>) {
        let is_whole = matches!(
            events.last(),
            Some(GenerateEvent::Complete {
                truncated: false,
                ..
            })
        );
        let bytes = events.iter().map(size).sum();
        if !is_whole || bytes > MAX_BYTES {
            return;
        }
        let answer = Answer {
            events: events.into(),
            bytes,
            since_ms: self.clock.now_ms(),
        };
        let answers = &mut self.answers(manifest).by_key;
        answers.insert(key, answer);
        while answers.values().map(|answer| answer.bytes).sum::<usize>() > MAX_BYTES {
            let oldest = answers.iter().min_by_key(|(_, answer)| answer.since_ms);
            let Some(key) = oldest.map(|(key, _)| *key) else {
                return;
            };
            answers.remove(&key);
        }
    }

    /// The answers that this manifest gave: those of another one go.
    fn answers(&self, manifest: &Arc<Manifest>) -> MutexGuard<'_, Answers> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let same = answers.manifest.as_ref();
        if !same.is_some_and(|same| Arc::ptr_eq(same, manifest)) {
            *answers = Answers {
                manifest: Some(Arc::clone(manifest)),
                by_key: HashMap::new(),
            };
        }
        answers
    }
}
