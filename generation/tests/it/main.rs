//! Integration tests: recorded answers and streams, splits, limits, the prompt.

#![expect(clippy::expect_used, reason = "helpers of tests fail like tests")]

mod ask;
mod dialects;
mod harness;
mod limits;
mod patches;
mod prompt;
mod splits;
mod streams;
mod transcripts;
mod turns;
