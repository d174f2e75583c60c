//! Lets a provider rest that fails again and again.

use protocol::provider::Circuit;

/// Failures in a row after which a provider rests.
const FAILURES: u32 = 3;
/// First rest, in milliseconds. Each further one is twice as long.
const REST_MS: i64 = 30_000;
/// Longest rest, in milliseconds.
const MAX_REST_MS: i64 = 5 * 60_000;

/// What is known of one provider; a success makes it anew. Moments are milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Breaker {
    failures: u32,
    /// Rests taken in a row.
    rests: u32,
    /// End of the rest.
    until_ms: Option<i64>,
    /// A request tries whether the provider works again.
    trying: bool,
}

impl Breaker {
    /// Whether a request may go; otherwise when the next one may.
    pub(super) fn admit(&mut self, now_ms: i64) -> Result<(), i64> {
        match (self.circuit(now_ms), self.until_ms) {
            (Circuit::Open, Some(until_ms)) => Err(until_ms),
            // The one request may take as long as an answer takes.
            (Circuit::HalfOpen, _) if self.trying => Err(now_ms + REST_MS),
            (Circuit::HalfOpen, _) => {
                self.trying = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// An admitted request failed.
    pub(super) fn fail(&mut self, now_ms: i64) {
        // Of several at once, the first ones have made it rest already.
        if self.circuit(now_ms) == Circuit::Open {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if self.trying || self.failures >= FAILURES {
            let rest_ms = REST_MS << self.rests.min(8);
            self.until_ms = Some(now_ms + rest_ms.min(MAX_REST_MS));
            self.rests = self.rests.saturating_add(1);
            self.trying = false;
        }
    }

    /// An admitted request says nothing about the provider.
    pub(super) fn abandon(&mut self) {
        self.trying = false;
    }

    pub(super) fn circuit(&self, now_ms: i64) -> Circuit {
        match self.until_ms {
            None => Circuit::Closed,
            Some(until_ms) if now_ms < until_ms => Circuit::Open,
            Some(_) => Circuit::HalfOpen,
        }
    }

    /// End of the rest, while it rests.
    pub(super) fn retry_ms(&self, now_ms: i64) -> Option<i64> {
        self.until_ms.filter(|until_ms| now_ms < *until_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_failures_in_a_row_open_it_and_each_rest_is_twice_as_long() {
        let mut breaker = Breaker::default();
        for now_ms in 0..2 {
            assert_eq!(breaker.admit(now_ms), Ok(()));
            breaker.fail(now_ms);
        }
        assert_eq!(breaker.circuit(2), Circuit::Closed);
        let mut late = breaker;
        for now_ms in 2..9 {
            late.fail(now_ms);
        }
        assert_eq!(late.retry_ms(9), Some(30_002), "failures of the same time");
        let mut now_ms = 2;
        for rest_ms in [30_000, 60_000, 120_000, 240_000, 300_000, 300_000] {
            assert_eq!(breaker.admit(now_ms), Ok(()));
            breaker.fail(now_ms);
            assert_eq!(breaker.admit(now_ms + rest_ms - 1), Err(now_ms + rest_ms));
            now_ms += rest_ms;
            assert_eq!(breaker.circuit(now_ms), Circuit::HalfOpen);
        }
    }

    #[test]
    fn half_open_lets_one_request_through() {
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            breaker.fail(0);
        }
        assert_eq!(breaker.admit(30_000), Ok(()));
        assert!(breaker.admit(30_001).is_err());
        breaker.abandon();
        assert_eq!(breaker.admit(30_002), Ok(()), "the next one tries instead");
    }
}
