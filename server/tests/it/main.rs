//! The server as its clients see it: the real router on a real socket with a
//! real SQLite file. Only clock, ids and language models are scripted.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod app_origins;
mod apps;
mod build;
mod check;
mod data;
mod generate;
mod guard;
mod messages;
mod outside;
mod settings;
mod start;
mod static_files;
mod support;
