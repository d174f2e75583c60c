//! Wire types and limits that more than one part of Cumulet speaks: REST and
//! SSE bodies, bundler worker messages, preview messages, the dependency
//! manifest.
//!
//! Types and validation only: no I/O, no logic beyond checking. JSON field
//! names are camelCase; every change must be additive, because saved work and
//! cached pages of older versions are read again.

pub mod app;
pub mod ask;
pub mod asset;
pub mod bundle;
pub mod data;
pub mod error;
pub mod generate;
pub mod limits;
pub mod manifest;
pub mod path;
pub mod preview;
pub mod provider;
pub mod sandbox;
#[cfg(feature = "schema")]
pub mod schema;
pub mod template;
pub mod worker;
