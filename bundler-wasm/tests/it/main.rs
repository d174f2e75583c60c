//! Behaviour of the bundler from the outside: fixture projects with snapshots,
//! their output run in Node, incremental builds, positions, hostile input.

// `cfg(test)` tells clippy that these are tests, helpers included.
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod incremental;
#[cfg(test)]
mod one;
#[cfg(test)]
mod positions;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod support;
