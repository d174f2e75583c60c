//! What the server adds between a language model and its reader, and how many
//! recorded answers are read as they should be.

use std::process::Command;

use serde::Deserialize;

use super::row;
use crate::cache::Cache;
use crate::process::{cargo, execute, output, step};
use crate::report::Report;
use crate::site::{self, Profile};

/// What the example `transcripts` writes.
#[derive(Deserialize)]
struct Transcripts {
    transcripts: f64,
    parsed: f64,
}

/// Delays and memory of the release server, counts of the parser.
pub(super) fn generate(cache: &Cache) -> anyhow::Result<Report> {
    let site = site::build(cache, Profile::Dev)?;
    step("the server and the measuring program, release", || {
        execute(
            cargo(cache)
                .args([
                    "build",
                    "--quiet",
                    "--release",
                    "--package",
                    "cumulet-server",
                ])
                .args(["--bin", "cumulet-server", "--example", "time_generate"]),
        )
    })?;
    let release = cache.target().join("release");
    let figures = step("delays and streams", || {
        output(
            Command::new(release.join("examples/time_generate"))
                .env("CUMULET_SERVER", release.join("cumulet-server"))
                .env("CUMULET_SITE", &site),
        )
    })?;
    let mut report: Report = serde_json::from_str(&figures)?;
    let counted = output(cargo(cache).args(["run", "--quiet"]).args([
        "--package",
        "generation",
        "--example",
        "transcripts",
    ]))?;
    let counted: Transcripts = serde_json::from_str(&counted)?;
    report.rows.extend([
        row("transcripts", "count", counted.transcripts),
        row("transcripts_parsed", "count", counted.parsed),
    ]);
    Ok(report)
}
