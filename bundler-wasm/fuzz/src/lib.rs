//! What the fuzz targets share: the promises that hold for every input, inputs
//! written as text, and a mutator that knows how code is written.

mod consumer;
mod files;
mod mutate;
mod oracle;

use bundler_wasm::Bundler;
use protocol::manifest::Manifest;

pub use consumer::Consumer;
pub use files::{Step, code_file, steps};
pub use mutate::{Snippets, mutate};
pub use oracle::{assert_module, assert_modules, assert_positions};

thread_local! {
    static MANIFEST: Manifest =
        serde_json::from_str(include_str!("../../tests/fixtures/manifest.json"))
            .expect("the fixtures' manifest is one");
}

/// A bundler without files, with the fixtures' packages.
pub fn bundler() -> Bundler {
    MANIFEST.with(|manifest| Bundler::new(manifest.clone()))
}
