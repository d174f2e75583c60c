//! `cargo xtask test`: every test there is, and one closing line with the sums.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::bail;

use crate::cache::{Cache, environment};
use crate::native;
use crate::package;
use crate::process::{cargo, execute, node, output, seconds, step, tee};
use crate::run::build_server;
use crate::setup;
use crate::site::{self, BUNDLER, Files, Profile};
use crate::templates;

/// Runs all parts, or the one that is named, and fails when any test failed.
pub(crate) fn test(cache: &Cache, only: Option<&str>) -> anyhow::Result<()> {
    type Part = fn(&Cache) -> anyhow::Result<Outcome>;
    let parts: [(&str, Part); 10] = [
        ("rust", rust),
        ("deps", deps),
        ("kit", kit),
        ("parity", parity),
        ("conformance", conformance),
        ("proofs", proofs),
        ("api", api),
        ("browser", browser),
        ("eval", eval),
        ("redteam", redteam),
    ];
    if let Some(name) = only
        && !parts.iter().any(|(part, _)| *part == name)
    {
        bail!(
            "there is no part {name:?}: rust, deps, kit, parity, conformance, proofs, api, browser, eval or redteam"
        );
    }
    let started = Instant::now();
    let mut total = Outcome::default();
    let mut rows = Vec::new();
    for (name, run) in parts {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let began = Instant::now();
        let outcome = run(cache)?;
        rows.push(format!(
            "  {name:<11} {:>5} passed {:>3} failed   {}",
            outcome.passed,
            outcome.failed,
            seconds(began.elapsed())
        ));
        total.passed += outcome.passed;
        total.failed += outcome.failed;
    }
    println!("\n{}", rows.join("\n"));
    println!("  in all {}\n", seconds(started.elapsed()));
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 || total.passed == 0 {
        bail!("{} tests failed", total.failed);
    }
    Ok(())
}

/// Counts of tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome {
    passed: u64,
    failed: u64,
}

impl Outcome {
    /// Counts lines `NAME JSON` that are the same natively and in wasm. One that
    /// only one of them has is a difference.
    fn compare(&mut self, native: &str, wasm: &str) -> anyhow::Result<()> {
        let [native, wasm] = [native, wasm].map(|lines| {
            let lines = lines.lines().filter_map(|line| line.split_once(' '));
            lines.collect::<BTreeMap<_, _>>()
        });
        let names: BTreeSet<_> = native.keys().chain(wasm.keys()).collect();
        if names.is_empty() {
            bail!("there are no builds to compare");
        }
        for name in names {
            if native.get(name) == wasm.get(name) {
                self.passed += 1;
            } else {
                println!("  {name}: native and wasm differ");
                self.failed += 1;
            }
        }
        Ok(())
    }
}

fn rust(cache: &Cache) -> anyhow::Result<Outcome> {
    setup::node()?;
    let (success, text) = step("Rust tests", || {
        let mut command = cargo(cache);
        let (libraries, mut text) = tee(command.args(["test", "--no-fail-fast"]))?;
        // By itself: together, cargo would unify its features with the server's.
        let mut command = cargo(cache);
        let (page, more) =
            tee(command.args(["test", "--no-fail-fast", "--package", "cumulet-frontend"]))?;
        text.push_str(&more);
        Ok((libraries && page, text))
    })?;
    let mut outcome = Outcome::default();
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        outcome.passed += count_before(line, "passed");
        outcome.failed += count_before(line, "failed");
    }
    Ok(finish(outcome, success))
}

fn deps(cache: &Cache) -> anyhow::Result<Outcome> {
    setup::npm_packages(cache, "runtime-deps")?;
    let chromium = setup::chromium()?;
    let site = cache.path("site/dev");
    site::dependency_files(cache, &site)?;
    let (success, text) = step("tests of dependency files and frame runtime", || {
        tee(Command::new("npm")
            .args(["test", "--silent"])
            .current_dir(cache.source("runtime-deps"))
            .env("CHROMIUM", chromium)
            .env("CUMULET_DEPS_OUT", &site)
            .env("CUMULET_DEPS_CACHE", cache.path("esbuild")))
    })?;
    Ok(node_outcome(&text, success))
}

/// The ready kit by itself: how its components behave and look.
fn kit(cache: &Cache) -> anyhow::Result<Outcome> {
    setup::npm_packages(cache, "kit")?;
    let chromium = setup::chromium()?;
    let (success, text) = step("tests of the ready kit", || {
        tee(Command::new("npm")
            .args(["test", "--silent"])
            .current_dir(cache.source("kit"))
            .env("CHROMIUM", chromium))
    })?;
    Ok(node_outcome(&text, success))
}

/// What has two sides must agree: the prompt with the manifest, the native
/// bundler and publish build with those in wasm, the npm package with the wasm
/// that it wraps.
fn parity(cache: &Cache) -> anyhow::Result<Outcome> {
    let site = site::build(cache, Profile::Dev)?;
    let files = Files::of(&site)?;
    let manifest = files.place("manifest")?;
    let fixtures = cache.source("bundler-wasm/tests/fixtures");
    let templates = templates::projects(cache)?;
    let projects = [
        (fixtures.join("manifest.json"), fixtures),
        (manifest.clone(), templates),
    ];
    let mut outcome = Outcome::default();
    step(
        "the prompt names exactly the packages of the manifest",
        || {
            let mut command = cargo(cache);
            command
                .args(["run", "--quiet", "--package", "generation"])
                .args(["--example", "check_prompt", "--"])
                .arg(&manifest);
            if let Err(error) = output(&mut command) {
                println!("  {error:#}");
                outcome.failed += 1;
            } else {
                outcome.passed += 1;
            }
            Ok(())
        },
    )?;
    step("native and wasm bundler give the same bytes", || {
        let wasm = [files.place("bundlerJs")?, files.place("bundlerWasm")?];
        for (manifest, folder) in &projects {
            let native = native::builds(cache, folder, manifest)?;
            outcome.compare(&native, &wasm_lines(cache, &wasm, folder, manifest)?)?;
        }
        Ok(())
    })?;
    step("native and wasm publish the same bytes", || {
        let wasm = [files.place("publishJs")?, files.place("publishWasm")?];
        for (manifest, folder) in &projects {
            let native = native::sites(cache, folder, manifest)?;
            outcome.compare(&native, &wasm_lines(cache, &wasm, folder, manifest)?)?;
        }
        Ok(())
    })?;
    let of_package = npm_package(cache, &files)?;
    outcome.passed += of_package.passed;
    outcome.failed += of_package.failed;
    Ok(outcome)
}

/// What WebAssembly makes of every project in a folder; see `native::builds`.
fn wasm_lines(
    cache: &Cache,
    script_and_wasm: &[PathBuf; 2],
    folder: &Path,
    manifest: &Path,
) -> anyhow::Result<String> {
    output(
        Command::new("node")
            .arg(cache.source("bundler-wasm/tests/wasm-parity.mjs"))
            .args(script_and_wasm)
            .args([folder, manifest]),
    )
}

/// The npm package as others get it, in Node and in Chromium.
fn npm_package(cache: &Cache, files: &Files) -> anyhow::Result<Outcome> {
    setup::npm_packages(cache, package::FOLDER)?;
    let chromium = setup::chromium()?;
    let built = cache.path("package/bundler");
    package::write(cache, files, &built)?;
    let (success, text) = step("the npm package in Node and in Chromium", || {
        tee(Command::new("npm")
            .args(["test", "--silent"])
            .current_dir(cache.source(package::FOLDER))
            .env("CHROMIUM", chromium)
            .env("CUMULET_PACKAGE", built))
    })?;
    Ok(node_outcome(&text, success))
}

/// The bundler beside esbuild, over sources that others wrote.
fn conformance(cache: &Cache) -> anyhow::Result<Outcome> {
    const FOLDER: &str = "bundler-wasm/conformance";
    setup::npm_packages(cache, FOLDER)?;
    // Unoptimised: building takes longer than the whole run.
    execute(cargo(cache).args([
        "build",
        "--quiet",
        "--package",
        "bundler-wasm",
        "--example",
        "conform",
    ]))?;
    let (success, text) = step("the bundler accepts and makes what esbuild does", || {
        tee(node(&cache.source(FOLDER))
            .args(["--experimental-vm-modules", "--no-warnings", "run.mjs"])
            .arg(cache.target().join("debug/examples/conform")))
    })?;
    Ok(node_outcome(&text, success))
}

/// Every package of the catalogue is used in the frame where apps run. The
/// counts go to `proofs.json` in the cache folder.
pub(crate) fn proofs(cache: &Cache) -> anyhow::Result<Outcome> {
    let chromium = setup::chromium()?;
    let files = site::programs(cache, Profile::Dev, &[BUNDLER])?;
    let (success, text) = step("proofs that every package works in the frame", || {
        tee(node(&cache.source("runtime-deps"))
            .arg("proofs/run.mjs")
            .env("CHROMIUM", chromium)
            .env("CUMULET_SITE", files.site())
            .env("CUMULET_PROOFS_OUT", cache.path("proofs.json")))
    })?;
    Ok(node_outcome(&text, success))
}

/// Random requests to every operation of the API's document, in a network of
/// their own. Log and report go to `api` in the cache folder.
fn api(cache: &Cache) -> anyhow::Result<Outcome> {
    setup::network_tools()?;
    let python = setup::python_packages(cache, "tests/api")?;
    let server = build_server(cache)?;
    let (success, text) = step("random requests to the API", || {
        let mut command = Command::new("sh");
        tee(command
            .args(["support/alone.sh", "--loopback"])
            .arg(python)
            .args(["api/run.py".as_ref(), server.as_os_str()])
            .arg(cache.path("api"))
            .current_dir(cache.source("tests")))
    })?;
    let sums = text.lines().last().unwrap_or_default();
    let outcome = Outcome {
        passed: count_before(sums, "passed"),
        failed: count_before(sums, "failed"),
    };
    Ok(finish(outcome, success))
}

fn browser(cache: &Cache) -> anyhow::Result<Outcome> {
    step("stories in Chromium", || {
        let mut command = Command::new("npx");
        command.args(["playwright", "test"]);
        playwright(cache, "browser-tests", command)
    })
}

/// What becomes of the recorded answers of the evaluation.
fn eval(cache: &Cache) -> anyhow::Result<Outcome> {
    step("recorded answers become apps", || {
        let mut command = Command::new("npx");
        command
            .args(["playwright", "test", "--config", "eval.config.ts"])
            .env("CUMULET_EVAL_OUT", cache.path("eval.json"));
        playwright(cache, "eval-tests", command)
    })
}

/// Attacks from inside an app, in a network namespace of its own. What they
/// came to goes to `redteam.json` in the cache folder, or where
/// `CUMULET_REDTEAM_JSON` says.
pub(crate) fn redteam(cache: &Cache) -> anyhow::Result<Outcome> {
    setup::network_tools()?;
    let record = redteam_record(cache);
    step("attacks on the studio", || {
        let mut command = Command::new("sh");
        command
            .args(["support/alone.sh", "npx", "playwright", "test"])
            .args(["--config", "redteam.config.ts"])
            .env("CUMULET_REDTEAM_JSON", record);
        playwright(cache, "redteam-tests", command)
    })
}

/// Where the red team's record is written.
pub(crate) fn redteam_record(cache: &Cache) -> PathBuf {
    environment("CUMULET_REDTEAM_JSON").map_or_else(|| cache.path("redteam.json"), PathBuf::from)
}

/// Runs Playwright against the real site and server; its report goes to
/// `NAME.json` in the cache folder.
fn playwright(cache: &Cache, name: &str, mut command: Command) -> anyhow::Result<Outcome> {
    let chromium = setup::chromium()?;
    setup::npm_packages(cache, "tests")?;
    let site = site::build(cache, Profile::Dev)?;
    let server = build_server(cache)?;
    let report = cache.path(&format!("{name}.json"));
    if report.exists() {
        fs::remove_file(&report)?;
    }
    command
        .current_dir(cache.source("tests"))
        .env("CHROMIUM", chromium)
        .env("CUMULET_SERVER", server)
        .env("CUMULET_SITE", site)
        .env("CUMULET_TEST_OUTPUT", cache.path(name))
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let (success, _) = tee(&mut command)?;
    if !report.exists() {
        bail!("Playwright didn't run: its own words are above");
    }
    let stats: serde_json::Value = site::read_json(&report)?;
    let count = |name: &str| {
        stats
            .pointer(&format!("/stats/{name}"))
            .and_then(serde_json::Value::as_u64)
            .unwrap_or(0)
    };
    Ok(finish(
        Outcome {
            passed: count("expected"),
            failed: count("unexpected") + count("flaky") + count("skipped"),
        },
        success,
    ))
}

/// A runner that failed without naming a test still failed.
fn finish(outcome: Outcome, success: bool) -> Outcome {
    let failed = if success {
        outcome.failed
    } else {
        outcome.failed.max(1)
    };
    Outcome { failed, ..outcome }
}

/// The number before `word`: `3` in `3 passed; 0 failed`.
fn count_before(line: &str, word: &str) -> u64 {
    line.split(word)
        .next()
        .and_then(|before| before.split_whitespace().next_back())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// What `node --test` counted.
fn node_outcome(text: &str, success: bool) -> Outcome {
    let counted = Outcome {
        passed: node_count(text, "pass"),
        failed: node_count(text, "fail"),
    };
    finish(counted, success)
}

/// Sums node's closing lines `ℹ pass 12` or `# pass 12`.
fn node_count(text: &str, word: &str) -> u64 {
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let mark = words.next()?;
            (matches!(mark, "ℹ" | "#") && words.next()? == word)
                .then(|| words.next()?.parse::<u64>().ok())?
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_closing_lines_of_runners() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; finished in 0.1s";
        assert_eq!(count_before(line, "passed"), 12);
        assert_eq!(count_before(line, "failed"), 3);
        assert_eq!(
            node_count("ℹ tests 9\nℹ pass 7\n# pass 1\nℹ fail 2\n", "pass"),
            8
        );
        assert_eq!(node_count("no tests at all", "pass"), 0);
    }

    #[test]
    fn a_build_that_one_side_lacks_is_a_difference() {
        let mut outcome = Outcome::default();
        outcome
            .compare("a 1\nb 1\nc 1\n", "a 1\nc 2\nd 1\n")
            .unwrap();
        assert_eq!((outcome.passed, outcome.failed), (1, 3));
        outcome.compare("a 1\n", "").unwrap();
        assert_eq!(outcome.failed, 4);
        assert!(outcome.compare("", "").is_err());
    }

    #[test]
    fn a_failing_runner_counts_as_a_failed_test() {
        let none = Outcome {
            passed: 3,
            failed: 0,
        };
        assert_eq!(finish(none, false).failed, 1);
        assert_eq!(finish(none, true).failed, 0);
    }
}
