//! `bindgen INPUT.wasm OUT_DIR`: writes the ES module and the wasm file that a
//! page or a module worker imports. A command of its own, so that `xtask`
//! itself stays quick to build.

use std::path::Path;

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out] = arguments.as_slice() else {
        bail!("usage: bindgen INPUT.wasm OUT_DIR");
    };
    Bindgen::new()
        .input_path(Path::new(input))
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(Path::new(out))
        .with_context(|| format!("wasm-bindgen could not process {input}"))
}
