//! `cargo xtask bench NAME`: measurements of the release build in real Chromium.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::cache::Cache;
use crate::process::{execute, step};
use crate::report::Report;
use crate::run::build_server;
use crate::setup;
use crate::site::{self, Profile};

/// Runs the measurement of this name and prints its table.
pub(crate) fn bench(cache: &Cache, name: Option<&str>, json: Option<&Path>) -> anyhow::Result<()> {
    let report = match name {
        Some("preview") => preview(cache)?,
        Some(other) => bail!("there is no measurement {other:?}: preview"),
        None => bail!("which measurement? preview"),
    };
    report.publish(json)
}

/// Time from an edit to the painted change, and to a ready preview.
fn preview(cache: &Cache) -> anyhow::Result<Report> {
    let chromium = setup::chromium()?;
    setup::npm_packages(cache, "tests")?;
    let site = site::build(cache, Profile::Release)?;
    let server = build_server(cache)?;
    let out = cache.path("bench-preview.json");
    step("measuring the preview in Chromium", || {
        execute(
            Command::new("npx")
                .args(["playwright", "test", "--config", "bench.config.ts"])
                .current_dir(cache.source("tests"))
                .env("CHROMIUM", chromium)
                .env("CUMULET_SERVER", server)
                .env("CUMULET_SITE", site)
                .env("CUMULET_TEST_OUTPUT", cache.path("bench-output"))
                .env("CUMULET_BENCH_OUT", &out),
        )
    })?;
    site::read_json(&out).context("the measurement wrote no figures")
}
