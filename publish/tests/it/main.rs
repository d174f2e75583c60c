//! Behaviour of the publish build from the outside: what files it makes, that
//! they run as the preview does, and where their places lead back to.

// `cfg(test)` tells clippy that these are tests, helpers included.
#[cfg(test)]
mod esnext;
#[cfg(test)]
mod executed;
#[cfg(test)]
mod maps;
#[cfg(test)]
#[path = "../../../bundler-wasm/tests/it/shared.rs"]
mod shared;
#[cfg(test)]
mod sites;
#[cfg(test)]
mod support;
