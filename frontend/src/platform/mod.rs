//! Thin wrappers over browser interfaces. No signals, no application state.

pub(crate) mod assets;
pub(crate) mod base64;
pub(crate) mod clock;
pub(crate) mod dom;
pub(crate) mod editor;
pub(crate) mod files;
pub(crate) mod idb;
pub(crate) mod listen;
pub(crate) mod local;
pub(crate) mod offline;
pub(crate) mod outside;
pub(crate) mod pictures;
pub(crate) mod records;
pub(crate) mod resize;
pub(crate) mod types;
