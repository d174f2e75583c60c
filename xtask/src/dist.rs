//! `cargo xtask dist`: one folder with the site for a static host, its header
//! rules, and the server.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::cache::Cache;
use crate::folder::{copy, demand_own, empty};
use crate::process::{cargo, execute, step};
use crate::site::{self, Profile, read_json};

type Headers = std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>;

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
        let headers: Headers = read_json(&site.join("headers.json"))?;
        fs::write(out_site.join("_headers"), header_rules(&headers)?)?;
        Ok(())
    })?;
    println!(
        "\n{}: put site/ on a static host, or run ./cumulet-server --site site",
        out.display()
    );
    Ok(())
}

/// The `_headers` file that Netlify and Cloudflare Pages read. Both add up the
/// rules that match an address, so the shell, which must not get the host's
/// policies, is detached from them first.
fn header_rules(headers: &Headers) -> anyhow::Result<String> {
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
    for folder in ["/assets/*", "/deps/*-*.js", "/types/*-*.json"] {
        writeln!(
            text,
            "{folder}
  Cache-Control: public, max-age=31536000, immutable"
        )?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_gets_the_policies_of_its_group_and_no_others() {
        let group = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter();
            pairs
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        let headers = Headers::from([
            (
                "shell".to_owned(),
                group(&[("Content-Security-Policy", "sandbox"), ("X-Shell", "1")]),
            ),
            ("subdomain".to_owned(), group(&[("X-Subdomain", "1")])),
            (
                "host".to_owned(),
                group(&[
                    ("Content-Security-Policy", "default-src 'none'"),
                    ("X-Host", "1"),
                ]),
            ),
        ]);
        let rules = header_rules(&headers).unwrap();
        assert!(rules.starts_with(
            "/*
  Content-Security-Policy: default-src 'none'
  X-Host: 1
/sandbox/*
  ! Content-Security-Policy
  ! X-Host
  Content-Security-Policy: sandbox
  X-Shell: 1
/assets/*
"
        ));
        assert!(!rules.contains("X-Subdomain"), "{rules}");
    }
}
