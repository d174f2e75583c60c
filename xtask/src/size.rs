//! `cargo xtask size`: Brotli bytes of every file that ships, and of what the
//! kanban template downloads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use protocol::bundle::BuildOutput;
use protocol::manifest::Manifest;
use walkdir::WalkDir;

use crate::cache::Cache;
use crate::native;
use crate::report::{Report, Row};
use crate::site::{self, Profile, read_json, with_suffix};
use crate::templates;

/// Packages that every app loads.
const CORE: [&str; 3] = ["react", "react-dom/client", "react/jsx-runtime"];

/// What loads only for publishing.
const PUBLISHING: [&str; 5] = [
    "productionManifest",
    "publishJs",
    "publishWasm",
    "published",
    "publishedDecorators",
];

/// What loads after the app, when the browser has nothing else to do.
const IDLE: [&str; 2] = ["types", "typesWorker"];

/// Measures the release build.
pub(crate) fn size(cache: &Cache, json: Option<&Path>) -> anyhow::Result<()> {
    let site = site::build(cache, Profile::Release)?;
    let assets: BTreeMap<String, String> = read_json(&site.join("assets.json"))?;
    let manifest: Manifest = read_json(&site.join("deps/manifest.json"))?;
    let asset = |name: &str| -> anyhow::Result<u64> {
        let address = assets
            .get(name)
            .with_context(|| format!("assets.json names no {name}"))?;
        brotli_bytes(&site.join(address.trim_start_matches('/')))
    };
    print_files(&site, &assets)?;

    let core = transitive(
        &manifest,
        CORE.iter()
            .filter_map(|name| manifest.packages.get(*name))
            .map(|package| package.file.as_str()),
    )?;
    let deps = site.join("deps");
    let bytes = |files: &BTreeSet<String>| -> anyhow::Result<u64> {
        files
            .iter()
            .map(|file| brotli_bytes(&deps.join(file)))
            .sum()
    };
    let kanban = kanban_files(cache, &manifest)?;
    let mut first_load = brotli_bytes(&site.join("index.html"))?
        + brotli_bytes(&site.join("sandbox/shell.html"))?
        + brotli_bytes(&site.join("deps/manifest.json"))?
        + brotli_bytes(&site.join("templates/index.json"))?
        + brotli_bytes(&site.join("templates/kanban.json"))?
        + bytes(&kanban.scripts)?
        + bytes(&kanban.lists)?;
    for name in assets.keys().map(String::as_str) {
        let is_later = PUBLISHING.contains(&name) || IDLE.contains(&name);
        if !["manifest", "shell"].contains(&name) && !is_later {
            first_load += asset(name)?;
        }
    }
    let boot = brotli_bytes(&site.join("sandbox/shell.html"))?;
    Report {
        name: "size".to_owned(),
        rows: [
            ("frontend_wasm_brotli_bytes", asset("frontendWasm")?),
            ("bundler_wasm_brotli_bytes", asset("bundlerWasm")?),
            ("core_deps_brotli_bytes", bytes(&core)?),
            ("boot_script_brotli_bytes", boot),
            ("publish_wasm_brotli_bytes", asset("publishWasm")?),
            ("tailwind_brotli_bytes", asset("tailwind")?),
            ("editor_brotli_bytes", asset("editor")?),
            ("kanban_deps_brotli_bytes", bytes(&kanban.scripts)?),
            ("types_worker_brotli_bytes", asset("typesWorker")?),
            ("kanban_total_brotli_bytes", first_load),
        ]
        .into_iter()
        .map(|(metric, bytes)| Row {
            metric: metric.to_owned(),
            unit: "bytes".to_owned(),
            #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
            ours: bytes as f64,
            peers: BTreeMap::new(),
        })
        .collect(),
    }
    .publish(json)
}

/// Prints raw and Brotli bytes of each file that ships, dependency files summed.
fn print_files(site: &Path, assets: &BTreeMap<String, String>) -> anyhow::Result<()> {
    let mut paths: BTreeSet<PathBuf> = assets
        .values()
        // The shell's has a query.
        .filter_map(|address| address.split('?').next())
        .map(|path| site.join(path.trim_start_matches('/')))
        .collect();
    paths.insert(site.join("index.html"));
    println!("\n{:>12} {:>12}  file", "raw", "Brotli");
    for path in &paths {
        println!(
            "{:>12} {:>12}  {}",
            std::fs::metadata(path)?.len(),
            brotli_bytes(path)?,
            path.strip_prefix(site)?.display()
        );
    }
    let (mut raw, mut packed, mut count) = (0, 0, 0_u32);
    for entry in WalkDir::new(site.join("deps")) {
        let entry = entry?;
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "js")
        {
            raw += entry.metadata()?.len();
            packed += brotli_bytes(entry.path())?;
            count += 1;
        }
    }
    println!("{raw:>12} {packed:>12}  deps/*.js ({count} files)");
    Ok(())
}

/// Files below `/deps/` that an app takes.
struct AppFiles {
    scripts: BTreeSet<String>,
    /// Lists of the packages that it imports.
    lists: BTreeSet<String>,
}

/// What the kanban template takes, by the real bundler.
fn kanban_files(cache: &Cache, manifest: &Manifest) -> anyhow::Result<AppFiles> {
    let text = native::builds(
        cache,
        &templates::projects(cache)?,
        &cache.path("site/release/deps/manifest.json"),
    )?;
    let build = text
        .lines()
        .find_map(|line| line.strip_prefix("kanban/input "))
        .context("the kanban template has no build")?;
    let mut build: serde_json::Value = serde_json::from_str(build)?;
    let output = build.get_mut("output").context("a build has an output")?;
    let output: BuildOutput = serde_json::from_value(output.take())?;
    let scripts = output.dependency_files.into_iter();
    let packages = output.dependencies.iter();
    let packages = packages.filter_map(|used| manifest.packages.get(&used.specifier));
    Ok(AppFiles {
        scripts: scripts.map(|needed| needed.file).collect(),
        lists: packages
            .filter_map(|package| package.index.clone())
            .collect(),
    })
}

/// `files` and all that they import.
fn transitive<'a>(
    manifest: &'a Manifest,
    files: impl Iterator<Item = &'a str>,
) -> anyhow::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = files.map(str::to_owned).collect();
    while let Some(file) = open.pop() {
        let Some(entry) = manifest.files.get(&file) else {
            bail!("manifest.json names no file {file}");
        };
        open.extend(
            entry
                .imports
                .iter()
                .filter(|name| !found.contains(*name))
                .cloned(),
        );
        found.insert(file);
    }
    Ok(found)
}

/// Bytes of the `.br` beside `path`.
fn brotli_bytes(path: &Path) -> anyhow::Result<u64> {
    let packed = with_suffix(path, ".br");
    Ok(std::fs::metadata(&packed)
        .with_context(|| format!("{} is missing", packed.display()))?
        .len())
}
