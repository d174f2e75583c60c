//! Compiles files one by one and prints what became of each as a JSON line, for
//! the comparison with esbuild (`conformance/run.mjs`).
//!
//! Standard input: one path per line, from the current folder; behind a tab, the
//! text of a `tsconfig.json` for it. The order of the output is that of the input.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::panic;

use bundler_wasm::{Bundler, STACK_BYTES};
use protocol::bundle::Diagnostic;
use protocol::manifest::Manifest;
use serde::Serialize;

/// What became of a file.
#[derive(Serialize)]
struct Outcome<'a> {
    path: &'a str,
    /// The bundler ended in a panic: always a bug of ours.
    panicked: bool,
    #[serde(flatten)]
    compiled: Option<Compiled>,
}

#[derive(Serialize)]
struct Compiled {
    code: String,
    diagnostics: Vec<Diagnostic>,
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
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (path, configuration) = match line.split_once('\t') {
            Some((path, configuration)) => (path, Some(configuration)),
            None => (line.as_str(), None),
        };
        let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let compiled = panic::catch_unwind(|| match configuration {
            None => compile(path, &text),
            Some(configuration) => build(configuration, &text),
        });
        let outcome = Outcome {
            path,
            panicked: compiled.is_err(),
            compiled: compiled.ok(),
        };
        serde_json::to_writer(&mut out, &outcome)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

fn compile(path: &str, text: &str) -> Compiled {
    let transformed = bundler_wasm::transform(path, text);
    Compiled {
        code: transformed.code,
        diagnostics: transformed.diagnostics,
    }
}

/// A file as the whole of a project.
fn build(configuration: &str, text: &str) -> Compiled {
    let files = [("tsconfig.json", configuration), ("src/main.ts", text)];
    let files: BTreeMap<String, Option<String>> = files
        .map(|(path, text)| (path.to_owned(), Some(text.to_owned())))
        .into();
    let output = Bundler::new(Manifest::default()).build(files).output;
    Compiled {
        code: output
            .modules
            .into_iter()
            .map(|module| module.code)
            .collect(),
        diagnostics: output.diagnostics,
    }
}
