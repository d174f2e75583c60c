//! Compiles files one by one and prints what became of each as a JSON line, for
//! the comparison with esbuild (`conformance/run.mjs`).
//!
//! Standard input: one path per line, from the current folder. The order of the
//! output is that of the input.

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::panic;

use bundler_wasm::{STACK_BYTES, Transformed};
use serde::Serialize;

/// What became of a file.
#[derive(Serialize)]
struct Outcome<'a> {
    path: &'a str,
    /// The bundler ended in a panic: always a bug of ours.
    panicked: bool,
    #[serde(flatten)]
    transformed: Option<Transformed>,
}

fn main() -> Result<(), Box<dyn Error>> {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(|| compile_all().map_err(|error| error.to_string()))?
        .join()
        .map_err(|_| "the run itself panicked")??;
    Ok(())
}

fn compile_all() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let transformed = panic::catch_unwind(|| bundler_wasm::transform(&path, &text)).ok();
        let outcome = Outcome {
            path: &path,
            panicked: transformed.is_none(),
            transformed,
        };
        serde_json::to_writer(&mut out, &outcome)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
