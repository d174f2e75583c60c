//! `cargo xtask deps`: the dependency files alone, and with `--check` the table
//! of sizes, licences and second copies.

use crate::cache::Cache;
use crate::process::{execute, node};
use crate::{setup, site};

/// Builds the dependency files, or prints the table about them.
pub(crate) fn deps(cache: &Cache, verify: bool) -> anyhow::Result<()> {
    setup::npm_packages(cache, "runtime-deps")?;
    let out = cache.path("site/dev");
    site::dependency_files(cache, &out)?;
    if verify {
        execute(
            node(&cache.source("runtime-deps"))
                .args(["build/deps.mjs", "--check"])
                .args(["--out".as_ref(), out.as_os_str()])
                .args(["--cache".as_ref(), cache.path("esbuild").as_os_str()]),
        )?;
    }
    Ok(())
}
