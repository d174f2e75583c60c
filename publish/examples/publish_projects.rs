//! Prints the published site of every project as JSON, one line each, for the
//! comparison with the WebAssembly build (`tests/wasm-parity.mjs`). Tailwind's
//! input stands for its output.
//!
//! `cargo run -p publish --example publish_projects -- FOLDER MANIFEST`: a
//! project is every folder below FOLDER that is called `input`. Those with
//! errors have no line.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bundler_wasm::STACK_BYTES;
use publish::{Options, Publisher, Runtime};

const NO_RUNTIME: Runtime<'_> = Runtime {
    base: "",
    decorators: "",
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder of projects?")?);
    let manifest = arguments.next().ok_or("which manifest?")?;
    let manifest = std::fs::read_to_string(manifest)?;
    let print = move || print(&folder, &manifest).map_err(|error| error.to_string());
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(print)?
        .join()
        .map_err(|_| "the bundler panicked")??;
    Ok(())
}

fn print(folder: &Path, manifest: &str) -> Result<(), Box<dyn Error>> {
    let mut projects = Vec::new();
    inputs(folder, &mut projects)?;
    projects.sort();
    let mut out = std::io::stdout().lock();
    for project in projects {
        let mut files = BTreeMap::new();
        read(&project, &project, &mut files)?;
        let mut publisher = Publisher::new(serde_json::from_str(manifest)?);
        let build = publisher.build(files);
        let css = build.tailwind.map_or(build.output.css, |input| input.css);
        let options = Options {
            source_maps: true,
            ..Options::default()
        };
        let Ok(site) = publisher.site(&css, NO_RUNTIME, &options) else {
            continue;
        };
        let name = project
            .strip_prefix(folder)?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(out, "{name} {}", serde_json::to_string(&site)?)?;
    }
    Ok(())
}

fn inputs(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name == "input") {
            found.push(path);
        } else if path.is_dir() {
            inputs(&path, found)?;
        }
    }
    Ok(())
}

fn read(
    root: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else {
            let name = path
                .strip_prefix(root)?
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
