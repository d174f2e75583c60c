//! Shared by all tests.

mod clock;
mod events;
mod test_app;
mod transcripts;
mod upstream;

pub(crate) use clock::{assert_clock, check, generate, last_error, ollama, openai};
pub(crate) use events::{HANGING, Sse, open, read_events, read_until};
pub(crate) use test_app::{Answer, HandClock, KnownNames, STUDIO_POLICY, TestApp, site_folder};
pub(crate) use transcripts::{ANSWER, FILE, hanging, ollama_lines, openai_events};
pub(crate) use upstream::{Reply, Upstream, nobody};
