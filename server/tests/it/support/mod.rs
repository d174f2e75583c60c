//! Shared by all tests.

mod events;
mod test_app;
mod transcripts;
mod upstream;

pub(crate) use events::{Sse, read_events};
pub(crate) use test_app::{Answer, KnownNames, STUDIO_POLICY, TestApp, site_folder};
pub(crate) use transcripts::{ANSWER, FILE, ollama_lines, openai_events};
pub(crate) use upstream::{Reply, Upstream};
