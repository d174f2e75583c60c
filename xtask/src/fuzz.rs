//! `cargo xtask fuzz [TARGET] [--minutes N]`: random input against the bundler
//! and against the reader of models' answers, by the targets in `fuzz/targets`
//! of both crates. Corpora and findings stay in the cache folder.

use std::fs;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use walkdir::WalkDir;

use crate::cache::{self, Cache};
use crate::process::{cargo, execute, is_on_path, output, step};

const BUNDLER: &str = "bundler-wasm/fuzz";
const GENERATION: &str = "generation/fuzz";
/// The fuzz targets' crates, each of which has a workspace of its own.
pub(crate) const FOLDERS: [&str; 2] = [BUNDLER, GENERATION];
/// Targets, and what their corpus starts with.
const TARGETS: [(&str, &str, Seeds); 9] = [
    (BUNDLER, "transform", Seeds::Files),
    (BUNDLER, "imports", Seeds::None),
    (BUNDLER, "resolver", Seeds::None),
    (BUNDLER, "lookup", Seeds::Files),
    (BUNDLER, "project", Seeds::Projects),
    (GENERATION, "parser", Seeds::Answers),
    (GENERATION, "turn", Seeds::Turns),
    (GENERATION, "decoder", Seeds::Streams),
    (GENERATION, "patch", Seeds::Patches),
];
/// Words for libFuzzer to put into inputs, in a target's crate.
const WORDS: &str = "words.dict";
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
    /// Each recorded answer of a model, behind the files that it is about.
    Answers,
    /// The same, cut in the middle and gone on with.
    Turns,
    /// Each recorded stream of a provider, behind a byte for its dialect.
    Streams,
    /// Each recorded patch, behind the text that it is for.
    Patches,
}

/// Runs all targets one after the other, or the one that is named.
pub(crate) fn fuzz(
    cache: &Cache,
    name: Option<&str>,
    minutes: Option<NonZeroU16>,
) -> anyhow::Result<()> {
    if let Some(name) = name
        && !TARGETS.iter().any(|(_, target, _)| *target == name)
    {
        let names = TARGETS.map(|(_, target, _)| target).join(", ");
        bail!("there is no fuzz target {name:?}: name one of {names}");
    }
    if !is_on_path("c++") {
        bail!("libFuzzer is C++: install a compiler, for example with apt-get install g++");
    }
    let host = host()?;
    let target_dir = cache.path("fuzz/target");
    let is_meant = |target: &str| name.is_none_or(|name| name == target);
    for folder in FOLDERS {
        let mut of_it = TARGETS.iter().filter(|(owner, ..)| *owner == folder);
        if !of_it.any(|(_, target, _)| is_meant(target)) {
            continue;
        }
        step(&format!("the fuzz targets in {folder}"), || {
            execute(
                cargo(cache)
                    .current_dir(cache.source(folder))
                    .args(["build", "--release", "--locked", "--target", &host])
                    .env("CARGO_TARGET_DIR", &target_dir)
                    .env("RUSTFLAGS", COVERAGE.join(" ")),
            )
        })?;
    }
    let seconds = minutes.map_or(DEFAULT_MINUTES, |minutes| minutes.get().into()) * 60;
    for (folder, target, seeds) in TARGETS {
        if !is_meant(target) {
            continue;
        }
        let corpus = cache.path(&format!("fuzz/corpus/{target}"));
        let findings = cache.path(&format!("fuzz/findings/{target}/"));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&findings)?;
        seed(cache, seeds, &corpus)?;
        let words = cache.source(folder).join(WORDS);
        let words = words.exists().then(|| format!("-dict={}", words.display()));
        step(&format!("fuzzing: {target}"), || {
            execute(
                Command::new(target_dir.join(&host).join("release").join(target))
                    .arg(&corpus)
                    .arg(format!("-max_total_time={seconds}"))
                    .arg(format!("-timeout={TIMEOUT_SECONDS}"))
                    .arg(format!("-artifact_prefix={}", findings.display()))
                    .args(["-max_len=16384", "-print_final_stats=1", "-verbosity=1"])
                    .args(&words),
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

/// Starts a corpus with the repository's samples.
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
        Seeds::Answers | Seeds::Turns => {
            for folder in samples(cache, "transcripts")? {
                let (known, answer) = (folder.text("known.md"), folder.text("input.md"));
                let middle = match seeds {
                    Seeds::Turns => answer.floor_char_boundary(answer.len() / 2),
                    _ => 0,
                };
                let (before, after) = answer.split_at(middle);
                write(format!(
                    "==== files\n{known}\n==== cut\n{before}\n==== whole\n{after}"
                ))?;
            }
        }
        Seeds::Streams => {
            for folder in samples(cache, "dialects")? {
                let kind = match folder.name.split('-').next() {
                    Some("ollama") => 0,
                    Some("anthropic") => 2,
                    _ => 1,
                };
                write(format!("{kind}{}", folder.text("stream.txt")))?;
            }
        }
        Seeds::Patches => {
            for folder in samples(cache, "patches")? {
                let (before, patch) = (folder.text("before.txt"), folder.text("patch.txt"));
                write(format!("==== before\n{before}\n==== patch\n{patch}"))?;
            }
        }
    }
    Ok(())
}

/// A folder of the tests of the crate `generation`.
struct Sample {
    name: String,
    path: PathBuf,
}

impl Sample {
    /// Text of a file, which need not be there.
    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path.join(file)).unwrap_or_default()
    }
}

fn samples(cache: &Cache, kind: &str) -> anyhow::Result<Vec<Sample>> {
    let folders = fs::read_dir(cache.source("generation/tests").join(kind))?;
    let sample = |folder: std::io::Result<fs::DirEntry>| {
        let folder = folder?;
        Ok(Sample {
            name: folder.file_name().to_string_lossy().into_owned(),
            path: folder.path(),
        })
    };
    folders.map(sample).collect()
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
