//! The server: serves the site, keeps apps in SQLite, talks to language models.
//!
//! A request goes through [`http`] (layers, then a route that maps wire and
//! domain), one call of a service in [`services`] (which decides), and from
//! there to [`store`], [`llm`] or [`outside`]. Time, ids and configuration are passed in;
//! [`state`] puts everything together, for `main` and for tests alike.
//! [`check`] is a command of its own beside all that.

pub mod app_origins;
pub mod build;
pub mod check;
pub mod clock;
pub mod config;
pub mod http;
pub mod ids;
pub mod lifecycle;
pub mod llm;
pub mod outside;
pub mod provider;
pub mod services;
pub mod site;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod vault;
