//! `cargo xtask package`: the bundler as an npm package, made from
//! `packages/bundler`, the wasm and the manifest.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cache::Cache;
use crate::folder::{copy, demand_own, empty};
use crate::process::step;
use crate::site::{self, BUNDLER, Files, PUBLISHER, Profile, read_json};

/// Where the package's own sources are.
pub(crate) const FOLDER: &str = "packages/bundler";

/// Its folders that are packed as they are, with what is built added.
const OWN_FOLDERS: [&str; 2] = ["src", "example"];

/// Entries of `package.json` that are for work in the clone.
const FOR_THE_CLONE: [&str; 3] = ["private", "scripts", "devDependencies"];

/// A file of the package that no other folder with a `src` has.
const MARK: &str = "manifest.production.json";

/// Endings of what the bundler reads of the dependency files: lists of packages, and the kit.
const LISTS: [&str; 2] = [".index.json", ".kit.json"];

/// Builds the package for release into `out` (default: `dist/npm`).
pub(crate) fn package(cache: &Cache, out: Option<PathBuf>) -> anyhow::Result<()> {
    let out = out.unwrap_or_else(|| cache.source("dist/npm"));
    for folder in OWN_FOLDERS {
        demand_own(&out.join(folder), &out.join(MARK))?;
    }
    let files = site::programs(cache, Profile::Release, &[BUNDLER, PUBLISHER])?;
    step("npm package", || write(cache, &files, &out))?;
    println!(
        "\n{}: try it with `npm install {0}`, publish it with `npm publish`",
        out.display()
    );
    Ok(())
}

/// Puts the package together.
pub(crate) fn write(cache: &Cache, files: &Files, out: &Path) -> anyhow::Result<()> {
    let source = cache.source(FOLDER);
    for folder in OWN_FOLDERS {
        empty(&out.join(folder))?;
        copy(&source.join(folder), &out.join(folder))?;
    }
    for (from, to) in [
        (files.place("productionManifest")?, MARK),
        (files.place("manifest")?, "manifest.json"),
        (files.place("bundlerJs")?, "src/glue.js"),
        (files.place("bundlerWasm")?, "src/bundler.wasm"),
        (files.place("publishJs")?, "src/publish-glue.js"),
        (files.place("publishWasm")?, "src/publish.wasm"),
        (files.place("published")?, "src/published.js"),
        (
            files.place("publishedDecorators")?,
            "src/published-decorators.js",
        ),
        (source.join("README.md"), "README.md"),
        (cache.source("LICENSE-MIT"), "LICENSE-MIT"),
        (cache.source("LICENSE-APACHE"), "LICENSE-APACHE"),
    ] {
        fs::copy(&from, out.join(to)).with_context(|| format!("{} is missing", from.display()))?;
    }
    let deps = out.join("deps");
    empty(&deps)?;
    let lists = files.place("manifest")?;
    let lists = lists.parent().context("the manifest lies in a folder")?;
    for entry in fs::read_dir(lists)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if LISTS.iter().any(|ending| name.ends_with(ending)) {
            fs::copy(entry.path(), deps.join(name))?;
        }
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
