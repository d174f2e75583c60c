//! `cargo xtask package`: the bundler as an npm package, made from
//! `packages/bundler`, the wasm and the manifest.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cache::Cache;
use crate::process::step;
use crate::site::{self, Bundler, Profile, read_json};

/// Where the package's own sources are.
pub(crate) const FOLDER: &str = "packages/bundler";

/// Entries of `package.json` that are for work in the clone.
const FOR_THE_CLONE: [&str; 3] = ["private", "scripts", "devDependencies"];

/// Builds the package for release into `out` (default: `dist/npm`).
pub(crate) fn package(cache: &Cache, out: Option<PathBuf>) -> anyhow::Result<()> {
    let out = out.unwrap_or_else(|| cache.source("dist/npm"));
    let bundler = site::bundler(cache, Profile::Release)?;
    step("npm package", || write(cache, &bundler, &out))?;
    println!(
        "\n{}: try it with `npm install {0}`, publish it with `npm publish`",
        out.display()
    );
    Ok(())
}

/// Puts the package together.
pub(crate) fn write(cache: &Cache, bundler: &Bundler, out: &Path) -> anyhow::Result<()> {
    let source = cache.source(FOLDER);
    for folder in ["src", "example"] {
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(source.join(folder))? {
            let entry = entry?;
            fs::copy(entry.path(), out.join(folder).join(entry.file_name()))?;
        }
    }
    for (from, to) in [
        (&bundler.script, "src/glue.js"),
        (&bundler.wasm, "src/bundler.wasm"),
        (&bundler.manifest, "manifest.json"),
        (&bundler.publish_script, "src/publish-glue.js"),
        (&bundler.publish_wasm, "src/publish.wasm"),
        (&bundler.production_manifest, "manifest.production.json"),
        (&bundler.runtime, "src/published.js"),
        (&bundler.decorators, "src/published-decorators.js"),
        (&source.join("README.md"), "README.md"),
        (&cache.source("LICENSE-MIT"), "LICENSE-MIT"),
        (&cache.source("LICENSE-APACHE"), "LICENSE-APACHE"),
    ] {
        fs::copy(from, out.join(to)).with_context(|| format!("{} is missing", from.display()))?;
    }
    let mut description: serde_json::Map<String, serde_json::Value> =
        read_json(&source.join("package.json"))?;
    for name in FOR_THE_CLONE {
        description.remove(name);
    }
    // All of the workspace has one version.
    description.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    let mut text = serde_json::to_string_pretty(&description)?;
    text.push('\n');
    fs::write(out.join("package.json"), text)?;
    Ok(())
}
