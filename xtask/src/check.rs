//! `cargo xtask check`: formatting, lints natively and for wasm, and the crate
//! graph that docs/architecture.md promises.

use std::process::Command;

use anyhow::bail;

use crate::cache::Cache;
use crate::fuzz;
use crate::package;
use crate::process::{cargo, execute, output, step};
use crate::setup;

/// A crate, its target, and the crates that must not be in its tree.
const FORBIDDEN: [(&str, &str, &[&str]); 5] = [
    (
        "protocol",
        "host",
        &["swc_", "tokio", "wasm-bindgen", "serde_json"],
    ),
    ("generation", "host", &["swc_", "tokio", "wasm-bindgen"]),
    ("bundler-wasm", "host", &["tokio", "wasm-bindgen"]),
    ("publish", "host", &["tokio", "wasm-bindgen"]),
    (
        "cumulet-frontend",
        "wasm32-unknown-unknown",
        &["swc_", "tokio", "bundler-wasm"],
    ),
];

/// Crates that are compiled for the browser.
const WASM_CRATES: [&str; 3] = ["bundler-worker", "publish-worker", "cumulet-frontend"];

/// Runs every check and stops at the first that fails.
pub(crate) fn check(cache: &Cache) -> anyhow::Result<()> {
    step("formatting", || {
        let mut command = cargo(cache);
        execute(command.args(["fmt", "--all", "--check"]))
    })?;
    step("crate graph", || crate_graph(cache))?;
    step("lints, native", || {
        let mut command = cargo(cache);
        execute(
            command
                .args(["clippy", "--quiet", "--all-targets"])
                .args(["--package", "bindgen"])
                .args(default_members())
                .args(["--", "--deny", "warnings"]),
        )
    })?;
    step("lints, wasm", || {
        for package in WASM_CRATES {
            let mut command = setup::wasm_cargo(cache)?;
            execute(
                command
                    .args(["clippy", "--quiet", "--target", "wasm32-unknown-unknown"])
                    .args(["--package", package])
                    .args(["--", "--deny", "warnings"]),
            )?;
        }
        Ok(())
    })?;
    step("TypeScript", || {
        for folder in [
            "runtime-deps",
            "kit",
            "tests",
            "tests/peers",
            package::FOLDER,
        ] {
            setup::npm_packages(cache, folder)?;
            execute(
                Command::new("npm")
                    .args(["run", "--silent", "check"])
                    .current_dir(cache.source(folder)),
            )?;
        }
        Ok(())
    })
}

fn default_members() -> impl Iterator<Item = &'static str> {
    [
        "protocol",
        "bundler-wasm",
        "publish",
        "generation",
        "cumulet-server",
        "xtask",
    ]
    .into_iter()
    .flat_map(|package| ["--package", package])
}

fn crate_graph(cache: &Cache) -> anyhow::Result<()> {
    for (package, target, forbidden) in FORBIDDEN {
        let mut command = cargo(cache);
        command
            .args(["tree", "--prefix", "none", "--edges", "normal"])
            .args(["--package", package]);
        if target != "host" {
            command.args(["--target", target]);
        }
        let tree = output(&mut command)?;
        let found = tree
            .lines()
            .find(|line| forbidden.iter().any(|name| line.starts_with(name)));
        if let Some(line) = found {
            bail!("{package} must not depend on {line}: see docs/architecture.md, Invariants");
        }
    }
    // The fuzz targets have lock files of their own, which nothing else reads.
    for folder in fuzz::FOLDERS {
        output(
            cargo(cache)
                .current_dir(cache.source(folder))
                .args(["tree", "--locked"]),
        )?;
    }
    Ok(())
}
