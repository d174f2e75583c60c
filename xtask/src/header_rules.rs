//! The file of header rules for static hosts, from the site's `headers.json`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::site::read_json;

type Headers = BTreeMap<String, BTreeMap<String, String>>;

/// Writes `_headers` into the site's folder.
pub(crate) fn write(site: &Path) -> anyhow::Result<()> {
    let headers: Headers = read_json(&site.join("headers.json"))?;
    Ok(fs::write(site.join("_headers"), header_rules(&headers)?)?)
}

/// The `_headers` file that Netlify and Cloudflare Pages read. Both add up the
/// rules that match an address, so the shell, which must not get the host's
/// policies, is detached from them first. There is no server, so pages ask
/// language models themselves (`direct`); scripts, and with them workers, keep
/// the policies that let them ask nobody.
fn header_rules(headers: &Headers) -> anyhow::Result<String> {
    let mut text = String::new();
    for (address, group) in [
        ("/*", "direct"),
        ("/assets/*", "host"),
        ("/sandbox/*", "shell"),
    ] {
        text.push_str(address);
        text.push('\n');
        let rules = headers.get(group).into_iter().flatten();
        if group != "direct" {
            let pages = headers.get("direct").into_iter();
            for name in pages.flat_map(|group| group.keys()) {
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
                group(&[("Content-Security-Policy", "connect-src 'self'")]),
            ),
            (
                "direct".to_owned(),
                group(&[
                    ("Content-Security-Policy", "connect-src models"),
                    ("X-Host", "1"),
                ]),
            ),
        ]);
        let rules = header_rules(&headers).unwrap();
        assert!(rules.starts_with(
            "/*
  Content-Security-Policy: connect-src models
  X-Host: 1
/assets/*
  ! Content-Security-Policy
  ! X-Host
  Content-Security-Policy: connect-src 'self'
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
