//! `cargo xtask bench deps`: how much of the catalogue works, and what an app
//! pays for it. A typical app has React, ten icons, a date and class names; its
//! bytes are those of the published form, and beside them those of the preview,
//! which runs React's development build for hot reload.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, ensure};
use protocol::bundle::{BuildOutput, NeededFile};
use protocol::manifest::Manifest;
use serde::Deserialize;

use super::{measure, row};
use crate::cache::Cache;
use crate::native;
use crate::report::Report;
use crate::run::build_server;
use crate::site::{self, Profile, read_json, with_suffix};
use crate::templates;
use crate::test;

/// Folder of the typical apps.
const APPS: &str = "tests/bench/apps";

/// What the proofs' runner writes, as far as it is reported.
#[derive(Deserialize)]
struct Proofs {
    packages: u64,
    proven: u64,
}

/// Files below `/deps/` that each app loads, by its name.
type Loads = BTreeMap<String, BTreeSet<String>>;

pub(super) fn dependencies(cache: &Cache) -> anyhow::Result<Report> {
    test::proofs(cache)?;
    let proofs: Proofs = read_json(&cache.path("proofs.json"))?;
    let site = site::build(cache, Profile::Release)?;
    let deps = site.join("deps");
    let preview_builds = builds(cache, &cache.source(APPS), &deps.join("manifest.json"))?;
    let preview = loads(&preview_builds);
    let published = published(cache, &deps)?;
    let bytes = |loads: &Loads, app: &str| -> anyhow::Result<f64> {
        let files = loads.get(app).context("a typical app has errors")?;
        brotli_bytes(&deps, files)
    };
    let templates = templates::projects(cache)?;
    let templates = loads(&builds(cache, &templates, &deps.join("manifest.json"))?);
    println!("\nBrotli bytes of the packages in the preview, by template");
    for (name, files) in &templates {
        let bytes = brotli_bytes(&deps, files)?;
        println!("{bytes:>12} {name} ({} files)", files.len());
    }

    let chart = preview_builds
        .get("chart")
        .context("the chart app has errors")?;
    let wanted = cache.path("bench-deps-wanted.json");
    std::fs::write(&wanted, serde_json::to_string(&needed(chart))?)?;
    let server = build_server(cache)?;
    let mut report = measure(cache, "deps", |command| {
        command
            .env("CUMULET_SERVER", server)
            .env("CUMULET_SITE", &site)
            .env("CUMULET_WANTED", wanted);
    })?;
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let counts = [
        ("packages_approved", proofs.packages as f64),
        ("packages_proven", proofs.proven as f64),
    ];
    let sizes = [
        ("typical_app_brotli_bytes", bytes(&published, "plain")?),
        (
            "typical_app_chart_brotli_bytes",
            bytes(&published, "chart")?,
        ),
        (
            "typical_app_preview_brotli_bytes",
            bytes(&preview, "plain")?,
        ),
        (
            "typical_app_chart_preview_brotli_bytes",
            bytes(&preview, "chart")?,
        ),
        ("all_brotli_bytes", all_bytes(&deps)?),
    ];
    let counts = counts.map(|(metric, ours)| row(metric, "count", ours));
    let sizes = sizes.map(|(metric, ours)| row(metric, "bytes", ours));
    let loading = std::mem::take(&mut report.rows);
    report.rows = counts.into_iter().chain(sizes).chain(loading).collect();
    Ok(report)
}

/// What the bundler makes of each project in a folder, by the project's name.
fn builds(
    cache: &Cache,
    folder: &Path,
    manifest: &Path,
) -> anyhow::Result<BTreeMap<String, BuildOutput>> {
    #[derive(Deserialize)]
    struct Build {
        output: BuildOutput,
    }
    let text = native::builds(cache, folder, manifest)?;
    let lines = text.lines().filter_map(|line| line.split_once("/input "));
    lines
        .map(|(name, build)| {
            let Build { output } = serde_json::from_str(build)?;
            ensure!(
                !output.has_errors(),
                "{name} has errors: {:?}",
                output.diagnostics
            );
            Ok((name.to_owned(), output))
        })
        .collect()
}

fn loads(builds: &BTreeMap<String, BuildOutput>) -> Loads {
    let builds = builds.iter();
    builds
        .map(|(name, output)| {
            let files = output.dependency_files.iter();
            (
                name.clone(),
                files.map(|needed| needed.file.clone()).collect(),
            )
        })
        .collect()
}

fn needed(output: &BuildOutput) -> &[NeededFile] {
    &output.dependency_files
}

/// Files that the typical apps load when they are published.
fn published(cache: &Cache, deps: &Path) -> anyhow::Result<Loads> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Site {
        dependency_files: BTreeSet<String>,
    }
    let manifest = deps.join("manifest.production.json");
    let text = native::sites(cache, &cache.source(APPS), &manifest)?;
    let lines = text.lines().filter_map(|line| line.split_once("/input "));
    lines
        .map(|(name, site)| {
            let site: Site = serde_json::from_str(site)?;
            Ok((name.to_owned(), site.dependency_files))
        })
        .collect()
}

fn brotli_bytes(deps: &Path, files: &BTreeSet<String>) -> anyhow::Result<f64> {
    let sizes = files.iter().map(|file| brotli(&deps.join(file)));
    sizes.sum()
}

/// Bytes of all scripts that the preview can load.
fn all_bytes(deps: &Path) -> anyhow::Result<f64> {
    let manifest: Manifest = read_json(&deps.join("manifest.json"))?;
    let mut files: BTreeSet<String> = manifest.files.into_keys().collect();
    for index in manifest
        .packages
        .values()
        .filter_map(|package| package.index.as_ref())
    {
        let index: protocol::manifest::Index = read_json(&deps.join(index))?;
        files.extend(index.files.into_keys());
    }
    brotli_bytes(deps, &files)
}

/// Bytes of the `.br` beside a file.
fn brotli(path: &Path) -> anyhow::Result<f64> {
    let packed = with_suffix(path, ".br");
    let metadata = std::fs::metadata(&packed);
    let bytes = metadata.with_context(|| format!("{} is missing", packed.display()))?;
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
    Ok(bytes.len() as f64)
}
