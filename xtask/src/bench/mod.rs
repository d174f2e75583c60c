//! `cargo xtask bench NAME`: measurements of the release build in real Chromium.

mod dependencies;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::cache::Cache;
use crate::process::{cargo, execute, step};
use crate::report::Report;
use crate::run::build_server;
use crate::setup;
use crate::site::{self, BUNDLER, Profile};

/// Runs the measurement of this name and prints its table.
pub(crate) fn bench(cache: &Cache, name: Option<&str>, json: Option<&Path>) -> anyhow::Result<()> {
    let report = match name {
        Some("preview") => preview(cache)?,
        Some("compile") => compile(cache)?,
        Some("deps") => dependencies::dependencies(cache)?,
        Some(other) => bail!("there is no measurement {other:?}: preview, compile or deps"),
        None => bail!("which measurement? preview, compile or deps"),
    };
    report.publish(json)
}

/// Time from an edit to the painted change, and to a ready preview.
fn preview(cache: &Cache) -> anyhow::Result<Report> {
    let site = site::build(cache, Profile::Release)?;
    let server = build_server(cache)?;
    measure(cache, "preview", |command| {
        command
            .env("CUMULET_SERVER", server)
            .env("CUMULET_SITE", site);
    })
}

/// The bundler beside other compilers: bytes, start-up, transforms, builds.
fn compile(cache: &Cache) -> anyhow::Result<Report> {
    setup::npm_packages(cache, "tests/peers")?;
    let files = site::programs(cache, Profile::Release, &[BUNDLER])?;
    let script = files.place("bundlerJs")?;
    let wasm = files.place("bundlerWasm")?;
    let manifest = files.place("manifest")?;
    let program = native_program(cache)?;
    measure(cache, "compile", |command| {
        command
            .env("CUMULET_BUNDLER_JS", script)
            .env("CUMULET_BUNDLER_WASM", wasm)
            .env("CUMULET_MANIFEST", manifest)
            .env("CUMULET_TIME_TRANSFORM", program)
            .env("CUMULET_BENCH_FOLDER", cache.path("bench-compile"));
    })
}

/// Builds the program that times the bundler natively.
fn native_program(cache: &Cache) -> anyhow::Result<PathBuf> {
    step("the native bundler", || {
        execute(
            cargo(cache)
                .args(["build", "--quiet", "--release", "--package", "bundler-wasm"])
                .args(["--example", "time_transform"]),
        )
    })?;
    Ok(cache.target().join("release/examples/time_transform"))
}

/// Runs `tests/…/NAME.bench.ts` in Chromium, with the environment that `prepare`
/// adds, and reads the figures that it wrote.
fn measure(
    cache: &Cache,
    name: &str,
    prepare: impl FnOnce(&mut Command),
) -> anyhow::Result<Report> {
    let chromium = setup::chromium()?;
    setup::npm_packages(cache, "tests")?;
    let out = cache.path(&format!("bench-{name}.json"));
    let mut command = Command::new("npx");
    command
        .args(["playwright", "test", "--config", "bench.config.ts"])
        .arg(format!("{name}.bench.ts"))
        .current_dir(cache.source("tests"))
        .env("CHROMIUM", chromium)
        .env("CUMULET_TEST_OUTPUT", cache.path("bench-output"))
        .env("CUMULET_BENCH_OUT", &out);
    prepare(&mut command);
    step(&format!("measuring in Chromium: {name}"), || {
        execute(&mut command)
    })?;
    site::read_json(&out).context("the measurement wrote no figures")
}
