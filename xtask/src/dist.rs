//! `cargo xtask dist`: one folder with the site for a static host, and the server.

use std::fs;
use std::path::PathBuf;

use crate::cache::Cache;
use crate::folder::{copy, demand_own, empty};
use crate::process::{cargo, execute, step};
use crate::site::{self, Profile};

/// Builds everything for release into `out` (default: `dist`), in which it
/// replaces what an earlier run made and nothing else.
pub(crate) fn dist(cache: &Cache, out: Option<PathBuf>) -> anyhow::Result<()> {
    let out = out.unwrap_or_else(|| cache.source("dist"));
    let (out_site, out_server) = (out.join("site"), out.join("cumulet-server"));
    demand_own(&out_site, &out_server)?;
    let site = site::build(cache, Profile::Release)?;
    step("the server, for release", || {
        let mut build = cargo(cache);
        execute(build.args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "cumulet-server",
        ]))
    })?;
    step("dist", || {
        fs::create_dir_all(&out)?;
        // A program that runs can't be written to.
        if out_server.exists() {
            fs::remove_file(&out_server)?;
        }
        fs::copy(cache.target().join("release/cumulet-server"), out_server)?;
        empty(&out_site)?;
        copy(&site, &out_site)?;
        Ok(())
    })?;
    println!(
        "\n{}: put site/ on a static host, or run ./cumulet-server --site site",
        out.display()
    );
    Ok(())
}
