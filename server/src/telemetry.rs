//! The log, on standard error: standard output carries the `listening` line alone.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// What is logged unless a filter says otherwise.
const DEFAULT_FILTER: &str = "info";

/// Starts the log. `filter` is in the syntax of `tracing`'s `EnvFilter`; one
/// that can't be read counts as none.
pub fn start(filter: Option<&str>) {
    let filter = filter
        .and_then(|filter| EnvFilter::try_new(filter).ok())
        .unwrap_or_else(|| EnvFilter::new(DEFAULT_FILTER));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
}
