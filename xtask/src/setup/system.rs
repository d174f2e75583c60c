//! Debian's packages, and the tools that make a network without others.

use std::process::Command;

use anyhow::{Context, bail};

use crate::process::{execute, is_on_path, step};

/// What a network namespace is made with, and the packages that have it.
const NETWORK_TOOLS: [(&str, &str); 3] = [
    ("unshare", "util-linux"),
    ("ip", "iproute2"),
    ("openssl", "openssl"),
];

/// Installs Debian's packages.
///
/// # Errors
/// When apt can't, for want of rights or of a network.
pub(super) fn install(packages: &[&str]) -> anyhow::Result<()> {
    let mut update = Command::new("apt-get");
    update.args(["update", "--quiet", "--quiet"]);
    execute(&mut update)?;
    let mut install = Command::new("apt-get");
    install
        .args(["install", "--yes", "--quiet", "--quiet"])
        .arg("--no-install-recommends")
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    execute(&mut install)
}

/// Finds the tools that make a network namespace, or installs them.
///
/// # Errors
/// When one is missing and can't be installed; the text says what to do.
pub(crate) fn network_tools() -> anyhow::Result<()> {
    let missing: Vec<&str> = NETWORK_TOOLS
        .iter()
        .filter(|(tool, _)| !is_on_path(tool))
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !is_on_path("apt-get") {
        bail!("a network of its own needs {names}: install them with your system's packages");
    }
    step(&format!("{names} from the system's packages"), || {
        install(&missing)
    })
    .with_context(|| format!("install them yourself, as root: apt-get install {names}"))
}
