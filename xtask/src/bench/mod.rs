//! `cargo xtask bench NAME`: measurements of the release build in real Chromium.

mod dependencies;
mod generate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::cache::Cache;
use crate::process::{cargo, execute, step};
use crate::report::{Report, Row};
use crate::run::build_server;
use crate::setup;
use crate::site::{self, BUNDLER, Profile};
use crate::test;

/// What can be measured.
const NAMES: &str = "preview, compile, deps or generate";

/// Runs the measurement of this name and prints its table.
pub(crate) fn bench(cache: &Cache, name: Option<&str>, json: Option<&Path>) -> anyhow::Result<()> {
    let report = match name {
        Some("preview") => preview(cache)?,
        Some("compile") => compile(cache)?,
        Some("deps") => dependencies::dependencies(cache)?,
        Some("generate") => generate::generate(cache)?,
        Some(other) => bail!("there is no measurement {other:?}: {NAMES}"),
        None => bail!("which measurement? {NAMES}"),
    };
    report.publish(json)
}

/// Time from an edit to the painted change, beside Vite, and to a ready
/// preview; and what the attacks of the red team come to.
fn preview(cache: &Cache) -> anyhow::Result<Report> {
    setup::npm_packages(cache, "tests/peers")?;
    let site = site::build(cache, Profile::Release)?;
    let server = build_server(cache)?;
    let mut report = measure(cache, "preview", |command| {
        command
            .env("CUMULET_SERVER", server)
            .env("CUMULET_SITE", site);
    })?;
    test::redteam(cache)?;
    let attacks: RedTeam = site::read_json(&test::redteam_record(cache))?;
    report.rows.extend([
        row("redteam_cases", "count", attacks.redteam_cases),
        row("redteam_failed", "count", attacks.redteam_failed),
        row("host_gap_loop_ms", "ms", attacks.host_gap_loop_ms),
        row("host_gap_flood_ms", "ms", attacks.host_gap_flood_ms),
    ]);
    Ok(report)
}

/// What the red team's reporter writes, as far as it is reported.
#[derive(Deserialize)]
struct RedTeam {
    redteam_cases: f64,
    redteam_failed: f64,
    host_gap_loop_ms: f64,
    host_gap_flood_ms: f64,
}

/// A figure that no peer has.
fn row(metric: &str, unit: &str, ours: f64) -> Row {
    Row {
        metric: metric.to_owned(),
        unit: unit.to_owned(),
        ours,
        peers: BTreeMap::new(),
    }
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
