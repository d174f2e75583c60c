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
mod ask;
mod build;
mod cache;
mod check;
mod data;
mod dialects;
mod generate;
mod guard;
mod keys;
mod messages;
mod openapi;
mod outside;
mod quota;
mod resume;
mod router;
mod settings;
mod start;
mod static_files;
mod support;
