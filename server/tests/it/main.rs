//! The server as its clients see it: the real router on a real socket with a
//! real SQLite file. Only clock, ids and language models are scripted.

mod apps;
mod generate;
mod guard;
mod messages;
mod settings;
mod start;
mod static_files;
mod support;
