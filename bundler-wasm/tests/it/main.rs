//! Behaviour of the bundler from the outside: fixture projects with snapshots,
//! their output run in Node, incremental builds, positions, hostile input.

mod fixtures;
mod hostile;
mod incremental;
mod positions;
mod support;
