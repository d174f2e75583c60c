//! `cargo xtask dist`: one folder with the site for a static host, its header
//! rules, and the server.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::cache::Cache;
use crate::process::{cargo, execute, step};
use crate::site::{self, Profile, read_json};

type Headers = std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>;

/// Builds everything for release into `out` (default: `dist`).
pub(crate) fn dist(cache: &Cache, out: Option<PathBuf>) -> anyhow::Result<()> {
    let out = out.unwrap_or_else(|| cache.source("dist"));
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
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        copy(&site, &out.join("site"))?;
        fs::write(out.join("site/_headers"), header_rules(&site)?)?;
        fs::copy(
            cache.target().join("release/cumulet-server"),
            out.join("cumulet-server"),
        )?;
        Ok(())
    })?;
    println!(
        "\n{}: put site/ on a static host, or run ./cumulet-server --site site",
        out.display()
    );
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// The `_headers` file that Netlify and Cloudflare Pages read. Both add up the
/// rules that match an address, so the shell, which must not get the host's
/// policies, is detached from them first.
fn header_rules(site: &Path) -> anyhow::Result<String> {
    let headers: Headers = read_json(&site.join("headers.json"))?;
    let mut text = String::new();
    for (address, group) in [("/*", "host"), ("/sandbox/*", "shell")] {
        text.push_str(address);
        text.push('\n');
        let rules = headers.get(group).into_iter().flatten();
        if group == "shell" {
            for name in headers.get("host").into_iter().flat_map(|host| host.keys()) {
                writeln!(text, "  ! {name}")?;
            }
        }
        for (name, value) in rules {
            writeln!(text, "  {name}: {value}")?;
        }
    }
    for folder in ["/assets/*", "/deps/*-*.js"] {
        writeln!(
            text,
            "{folder}
  Cache-Control: public, max-age=31536000, immutable"
        )?;
    }
    Ok(text)
}
