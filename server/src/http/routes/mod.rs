//! Handlers: map the wire to one call of a service and back.

pub(super) mod apps;
pub(super) mod data;
pub(super) mod generate;
pub(super) mod health;
pub(super) mod messages;
pub(super) mod outside;
pub(super) mod settings;
