//! The tools that a bare machine lacks. Each is looked for first and made only
//! when it is missing.

mod chromium;
mod npm;
mod python;
mod system;
mod wasm_target;

pub(crate) use chromium::chromium;
pub(crate) use npm::npm_packages;
pub(crate) use python::python_packages;
pub(crate) use system::network_tools;
pub(crate) use wasm_target::{target_dir, wasm_cargo};

use std::process::Command;

use anyhow::{Context, bail};

use crate::cache::Cache;
use crate::process::{cargo, output, step};

/// Oldest Node that the build scripts and Playwright run on.
const NODE_MAJOR: u32 = 20;

/// Makes every tool, for `cargo xtask setup`.
pub(crate) fn everything(cache: &Cache) -> anyhow::Result<()> {
    node()?;
    wasm_cargo(cache)?;
    bindgen(cache)?;
    npm_packages(cache, "runtime-deps")?;
    npm_packages(cache, "kit")?;
    npm_packages(cache, "tests")?;
    npm_packages(cache, "bundler-wasm/conformance")?;
    npm_packages(cache, crate::package::FOLDER)?;
    chromium()?;
    network_tools()?;
    python_packages(cache, "tests/api")?;
    Ok(())
}

/// Checks that Node is there and new enough.
pub(crate) fn node() -> anyhow::Result<()> {
    let version = output(Command::new("node").arg("--version")).context(
        "Node is missing: install Node 20 or newer (https://nodejs.org or your system's packages)",
    )?;
    let major: u32 = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse().ok())
        .context("node --version printed no version")?;
    if major < NODE_MAJOR {
        bail!("Node {major} is too old: install Node {NODE_MAJOR} or newer");
    }
    Ok(())
}

/// Builds our `bindgen` command and returns its path.
pub(crate) fn bindgen(cache: &Cache) -> anyhow::Result<std::path::PathBuf> {
    let path = cache.target().join("tools/bindgen");
    let mut build = cargo(cache);
    build.args([
        "build",
        "--quiet",
        "--profile",
        "tools",
        "--package",
        "bindgen",
    ]);
    if path.exists() {
        crate::process::execute(&mut build)?;
    } else {
        step("wasm-bindgen: building the pinned version", || {
            crate::process::execute(&mut build)
        })?;
    }
    Ok(path)
}
