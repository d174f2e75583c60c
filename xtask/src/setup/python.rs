//! Python packages: installed once per list into an environment of their own in
//! the cache folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::system::install;
use crate::cache::{Cache, short_hash};
use crate::process::{is_on_path, output, step};

/// Oldest Python that the packages run on: its second number.
const PYTHON_MINOR: u32 = 11;

/// Installs what `folder/requirements.txt` pins by hash, and gives the Python
/// that has it.
///
/// # Errors
/// When there is no Python that is new enough, or pip can't fetch the packages.
pub(crate) fn python_packages(cache: &Cache, folder: &str) -> anyhow::Result<PathBuf> {
    let version = python()?;
    let list = cache.source(folder).join("requirements.txt");
    let pins = fs::read(&list).with_context(|| format!("{} is missing", list.display()))?;
    // An environment belongs to the Python that made it.
    let name = short_hash(&[version.as_bytes(), pins.as_slice()].concat());
    let store = cache.path(&format!("python/{folder}-{name}"));
    let python = store.join("bin/python");
    if !store.join(".complete").exists() {
        step(&format!("Python packages of {folder}"), || {
            environment(&store)?;
            output(
                Command::new(&python)
                    .args(["-m", "pip", "install", "--quiet"])
                    .args(["--disable-pip-version-check", "--no-input"])
                    // A package's own build script would run here.
                    .args([
                        "--require-hashes",
                        "--only-binary",
                        ":all:",
                        "--requirement",
                    ])
                    .arg(&list),
            )
            .context("pip could not install the packages; is PyPI reachable?")?;
            fs::write(store.join(".complete"), "")?;
            Ok(())
        })?;
    }
    Ok(python)
}

/// The version of the Python that is there, or is installed now.
fn python() -> anyhow::Result<String> {
    const HELP: &str =
        "install Python 3.11 or newer (https://www.python.org or your system's packages)";
    if !is_on_path("python3") {
        if !is_on_path("apt-get") {
            bail!("Python is missing: {HELP}");
        }
        step("Python from the system's packages", || {
            install(&["python3", "python3-venv"])
        })
        .with_context(|| format!("Python is missing: {HELP}"))?;
    }
    let version = output(Command::new("python3").arg("--version"))?;
    let minor: u32 = version
        .trim()
        .strip_prefix("Python 3.")
        .and_then(|rest| rest.split('.').next()?.parse().ok())
        .with_context(|| format!("python3 is {}: {HELP}", version.trim()))?;
    if minor < PYTHON_MINOR {
        bail!("{} is too old: {HELP}", version.trim());
    }
    Ok(version)
}

/// Makes an empty environment. Debian's Python lacks a part of that.
fn environment(store: &Path) -> anyhow::Result<()> {
    let make = || {
        let mut command = Command::new("python3");
        output(command.args(["-m", "venv", "--clear"]).arg(store))
    };
    if make().is_ok() {
        return Ok(());
    }
    if is_on_path("apt-get") {
        step("Python's venv from the system's packages", || {
            install(&["python3-venv"])
        })?;
    }
    make().context("Python can't make an environment: install its `venv` (python3-venv)")?;
    Ok(())
}
