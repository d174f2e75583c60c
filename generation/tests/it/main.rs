//! Integration tests: recorded answers, splits, limits, the prompt.

mod harness;
mod limits;
mod prompt;
mod splits;
mod streams;
mod transcripts;
