//! Prints the published site of every project as JSON, one line each, for the
//! comparison with the WebAssembly build (`bundler-wasm/tests/wasm-parity.mjs`).
//! Tailwind's input stands for its output. Projects with errors have no line.
//!
//! `cargo run -p publish --example publish_projects -- FOLDER MANIFEST`

#[path = "../../bundler-wasm/examples/support/mod.rs"]
mod support;

use std::error::Error;

use publish::{Options, Publisher, Runtime};

const NO_RUNTIME: Runtime<'_> = Runtime {
    base: "",
    decorators: "",
};

fn main() -> Result<(), Box<dyn Error>> {
    support::print_projects(|manifest, files, deps| {
        let mut publisher = Publisher::new(manifest);
        let build = publisher.build_whole(files, deps)?;
        let css = build.tailwind.map_or(build.output.css, |input| input.css);
        let options = Options {
            source_maps: true,
            ..Options::default()
        };
        let site = publisher.site(&css, NO_RUNTIME, &options).ok();
        let site = site.map(|site| serde_json::to_string(&site)).transpose();
        Ok(site?)
    })
}
