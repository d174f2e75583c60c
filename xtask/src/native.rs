//! The native bundler and publisher, beside which those in WebAssembly are held.

use std::path::Path;

use crate::cache::Cache;
use crate::process::{cargo, output};

/// What the native bundler makes of each project below `folder`: one line
/// `NAME JSON` each.
pub(crate) fn builds(cache: &Cache, folder: &Path, manifest: &Path) -> anyhow::Result<String> {
    example(cache, "bundler-wasm", "build_fixtures", folder, manifest)
}

/// The same for published sites. Projects with errors have no line.
pub(crate) fn sites(cache: &Cache, folder: &Path, manifest: &Path) -> anyhow::Result<String> {
    example(cache, "publish", "publish_projects", folder, manifest)
}

fn example(
    cache: &Cache,
    package: &str,
    name: &str,
    folder: &Path,
    manifest: &Path,
) -> anyhow::Result<String> {
    output(
        cargo(cache)
            .args(["run", "--quiet", "--package", package])
            .args(["--example", name, "--"])
            .args([folder, manifest]),
    )
}
