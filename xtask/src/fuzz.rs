//! `cargo xtask fuzz [TARGET] [--minutes N]`: random input against the bundler,
//! by the targets in `bundler-wasm/fuzz/targets`. Corpora and findings stay in
//! the cache folder.

use std::fs;
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use walkdir::WalkDir;

use crate::cache::{self, Cache};
use crate::process::{cargo, execute, is_on_path, output, step};

/// The fuzz targets' crate, which has a workspace of its own.
pub(crate) const FOLDER: &str = "bundler-wasm/fuzz";
/// Targets, and what their corpus starts with.
const TARGETS: [(&str, Seeds); 5] = [
    ("transform", Seeds::Files),
    ("imports", Seeds::None),
    ("resolver", Seeds::None),
    ("lookup", Seeds::Files),
    ("project", Seeds::Projects),
];
/// What libFuzzer needs of a compilation to see which code an input reaches, as
/// `cargo fuzz` has it. Without a sanitizer, which code without `unsafe` has no
/// use for, the toolchain of the repository has all of it.
const COVERAGE: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];
const DEFAULT_MINUTES: u32 = 5;
/// One input that takes longer is a finding: the bundler's consumer gives up
/// on a compile after the same time.
const TIMEOUT_SECONDS: u32 = protocol::limits::COMPILE_TIMEOUT_MS / 1000;

#[derive(Clone, Copy)]
enum Seeds {
    None,
    /// Each file of code, behind a byte for its ending.
    Files,
    /// Each sample project, as one text.
    Projects,
}

/// Runs all targets one after the other, or the one that is named.
pub(crate) fn fuzz(
    cache: &Cache,
    name: Option<&str>,
    minutes: Option<NonZeroU16>,
) -> anyhow::Result<()> {
    if let Some(name) = name
        && !TARGETS.iter().any(|(target, _)| *target == name)
    {
        let names = TARGETS.map(|(target, _)| target).join(", ");
        bail!("there is no fuzz target {name:?}: name one of {names}");
    }
    if !is_on_path("c++") {
        bail!("libFuzzer is C++: install a compiler, for example with apt-get install g++");
    }
    let host = host()?;
    let target_dir = cache.path("fuzz/target");
    step("the fuzz targets", || {
        execute(
            cargo(cache)
                .current_dir(cache.source(FOLDER))
                .args(["build", "--release", "--locked", "--target", &host])
                .env("CARGO_TARGET_DIR", &target_dir)
                .env("RUSTFLAGS", COVERAGE.join(" ")),
        )
    })?;
    let seconds = minutes.map_or(DEFAULT_MINUTES, |minutes| minutes.get().into()) * 60;
    for (target, seeds) in TARGETS {
        if name.is_some_and(|name| name != target) {
            continue;
        }
        let corpus = cache.path(&format!("fuzz/corpus/{target}"));
        let findings = cache.path(&format!("fuzz/findings/{target}/"));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&findings)?;
        seed(cache, seeds, &corpus)?;
        step(&format!("fuzzing: {target}"), || {
            execute(
                Command::new(target_dir.join(&host).join("release").join(target))
                    .arg(&corpus)
                    .arg(format!("-max_total_time={seconds}"))
                    .arg(format!("-timeout={TIMEOUT_SECONDS}"))
                    .arg(format!("-artifact_prefix={}", findings.display()))
                    .args(["-max_len=16384", "-print_final_stats=1", "-verbosity=1"]),
            )
            .with_context(|| {
                format!(
                    "the input is in {}; run the program with its path to see it again",
                    findings.display()
                )
            })
        })?;
    }
    Ok(())
}

/// The platform, by name: given to cargo, it keeps the flags from build scripts.
fn host() -> anyhow::Result<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("rustc -vV names no host")
}

/// Starts a corpus with the repository's sample projects.
fn seed(cache: &Cache, seeds: Seeds, corpus: &Path) -> anyhow::Result<()> {
    let write = |text: String| {
        let name = cache::short_hash(text.as_bytes());
        fs::write(corpus.join(format!("seed-{name}")), text)
    };
    match seeds {
        Seeds::None => {}
        Seeds::Files => {
            for folder in ["bundler-wasm/tests/fixtures", "templates"] {
                for (path, text) in texts(&cache.source(folder)) {
                    let endings = [".tsx", ".ts", ".jsx", ".js"];
                    if let Some(kind) = endings.iter().position(|end| path.ends_with(end)) {
                        write(format!("{kind}{text}"))?;
                    }
                }
            }
        }
        Seeds::Projects => {
            let fixtures = WalkDir::new(cache.source("bundler-wasm/tests/fixtures"));
            for folder in fixtures.into_iter().flatten() {
                if folder.file_type().is_dir() && folder.file_name() == "input" {
                    let files = texts(folder.path());
                    let sections = files.map(|(path, text)| format!("==== {path}\n{text}\n"));
                    write(sections.collect())?;
                }
            }
        }
    }
    Ok(())
}

/// The text files below a folder, by their paths in it.
fn texts(folder: &Path) -> impl Iterator<Item = (String, String)> {
    let files = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    files.filter_map(move |file| {
        let path = file.path().strip_prefix(folder).ok()?.to_str()?.to_owned();
        Some((path, fs::read_to_string(file.path()).ok()?))
    })
}
