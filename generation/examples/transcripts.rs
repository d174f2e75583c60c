//! `cargo run -p generation --example transcripts`: how many of the recorded
//! answers, streams and patches give what their snapshots say, as JSON.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "the harness is the tests' own, and what is printed is the result"
)]

#[path = "../tests/it/harness.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod harness;

use harness::{fixtures, is_as_recorded};

fn main() {
    let all = fixtures();
    let parsed = all
        .iter()
        .filter(|(folder, outcome)| is_as_recorded(folder, outcome))
        .count();
    println!(
        "{}",
        serde_json::json!({ "transcripts": all.len(), "parsed": parsed })
    );
}
