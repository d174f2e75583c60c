//! Chromium, for the browser tests.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::system::install;
use crate::cache::environment;
use crate::process::{is_on_path, step};

const PLACES: [&str; 4] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Finds Chromium (`CHROMIUM` names another one), or installs Debian's package.
pub(crate) fn chromium() -> anyhow::Result<PathBuf> {
    if let Some(path) = environment("CHROMIUM") {
        return Ok(path.into());
    }
    if let Some(found) = PLACES.iter().find(|path| Path::new(path).exists()) {
        return Ok((*found).into());
    }
    if !is_on_path("apt-get") {
        bail!("Chromium is missing: install it, or name its program in CHROMIUM");
    }
    step("Chromium from the system's packages", || {
        install(&["chromium", "chromium-driver"])
    })
    .map_err(|error| {
        error.context(
            "Chromium could not be installed: install it yourself (as root: apt-get install chromium), or name its program in CHROMIUM",
        )
    })?;
    match PLACES.iter().find(|path| Path::new(path).exists()) {
        Some(found) => Ok((*found).into()),
        None => bail!("Chromium was installed but isn't found: name its program in CHROMIUM"),
    }
}
