//! Prints the build of every fixture project as JSON, one line each, for the
//! comparison with the WebAssembly build (`tests/wasm-parity.mjs`).
//!
//! `cargo run -p bundler-wasm --example build_fixtures -- FOLDER MANIFEST`

mod support;

use std::error::Error;

use bundler_wasm::Bundler;

fn main() -> Result<(), Box<dyn Error>> {
    support::print_projects(|manifest, files, deps| {
        let files = files.into_iter().map(|(path, text)| (path, Some(text)));
        let build = Bundler::new(manifest).build_whole(files.collect(), deps)?;
        Ok(Some(serde_json::to_string(&build)?))
    })
}
