//! Builds the site: everything that the browser loads, in one folder. Its
//! layout is described in docs/architecture.md.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::cache::{Cache, SHORT_HASH_CHARS, short_hash};
use crate::folder::copy;
use crate::process::{execute, node, step};
use crate::{header_rules, setup, templates};

/// How much time the build may take for a smaller and faster result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// For `run`, `dev` and `test`.
    Dev,
    /// For `dist`, `size` and `bench`: fat LTO, wasm-opt, Brotli at its best.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    fn cargo_profile(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Logical name to address, as `assets.json` and the page's meta element hold it.
pub(crate) type Assets = BTreeMap<String, String>;

/// A crate that is compiled to WebAssembly.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Program {
    package: &'static str,
    /// Cargo's name of what it makes.
    file: &'static str,
    /// Logical names of the script that `wasm-bindgen` makes, and of the wasm
    /// that it loads.
    names: [&'static str; 2],
}

const FRONTEND: Program = Program {
    package: "cumulet-frontend",
    file: "cumulet-frontend",
    names: ["frontendJs", "frontendWasm"],
};
pub(crate) const BUNDLER: Program = Program {
    package: "bundler-worker",
    file: "bundler_worker",
    names: ["bundlerJs", "bundlerWasm"],
};
pub(crate) const PUBLISHER: Program = Program {
    package: "publish-worker",
    file: "publish_worker",
    names: ["publishJs", "publishWasm"],
};
const PROGRAMS: [Program; 3] = [BUNDLER, PUBLISHER, FRONTEND];

/// Builds what changed and returns the site's folder.
pub(crate) fn build(cache: &Cache, profile: Profile) -> anyhow::Result<PathBuf> {
    let Files { site, assets } = programs(cache, profile, &PROGRAMS)?;
    declarations(cache, &site)?;
    step("putting the site together", || {
        index_html(cache, &site, &assets, profile)?;
        templates::write(cache, &site, profile)?;
        copy(&cache.source("public"), &site)?;
        header_rules::write(&site)
    })?;
    // Last, since it holds the hashes of all the others.
    script(
        cache,
        "service worker",
        "serviceworker.mjs",
        &site,
        Some(profile),
    )?;
    Ok(site)
}

/// Builds some programs, and what isn't Rust, into the same folder as [`build`].
pub(crate) fn programs(
    cache: &Cache,
    profile: Profile,
    programs: &[Program],
) -> anyhow::Result<Files> {
    let site = cache.path(&format!("site/{}", profile.name()));
    let list = site.join("assets.json");
    fs::create_dir_all(site.join("assets"))?;
    setup::npm_packages(cache, "runtime-deps")?;
    dependency_files(cache, &site)?;
    let compiled = step("compiling to WebAssembly", || {
        let programs = programs.iter();
        programs
            .map(|program| compile(cache, profile, program))
            .collect::<anyhow::Result<Vec<_>>>()
    })?;
    // The scripts' build lists its own files only; at first there is no list.
    let mut earlier: Assets = read_json(&list).unwrap_or_default();
    earlier.retain(|name, _| {
        let mut programs = PROGRAMS.iter();
        programs.any(|program| program.names.contains(&name.as_str()))
    });
    scripts(cache, profile, &site)?;
    step("bindings of the programs", || {
        let mut assets: Assets = read_json(&list)?;
        assets.extend(earlier);
        for (program, wasm) in programs.iter().zip(&compiled) {
            let addresses = bindings(cache, profile, wasm, program, &site)?;
            assets.extend(program.names.map(str::to_owned).into_iter().zip(addresses));
        }
        write_compressed(
            &list,
            serde_json::to_string_pretty(&assets)?.as_bytes(),
            profile,
        )?;
        Ok(Files { site, assets })
    })
}

/// The files of a built site, by logical name.
#[derive(Debug)]
pub(crate) struct Files {
    site: PathBuf,
    assets: Assets,
}

impl Files {
    /// Those of a site that is there.
    pub(crate) fn of(site: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            site: site.to_owned(),
            assets: read_json(&site.join("assets.json"))?,
        })
    }

    /// The site's folder.
    pub(crate) fn site(&self) -> &Path {
        &self.site
    }

    /// Where one of them is.
    pub(crate) fn place(&self, name: &str) -> anyhow::Result<PathBuf> {
        let address = self.assets.get(name);
        let address = address.with_context(|| format!("assets.json names no {name}"))?;
        Ok(self.site.join(address.trim_start_matches('/')))
    }
}

/// Builds what is TypeScript and CSS.
fn scripts(cache: &Cache, profile: Profile, site: &Path) -> anyhow::Result<()> {
    let name = "scripts, styles and policies";
    script(cache, name, "runtime.mjs", site, Some(profile))
}

/// Builds the dependency files into `site/deps`.
pub(crate) fn dependency_files(cache: &Cache, site: &Path) -> anyhow::Result<()> {
    script(cache, "dependency files", "deps.mjs", site, None)
}

/// Builds the declarations of the packages, for the editor, into `site/types`.
fn declarations(cache: &Cache, site: &Path) -> anyhow::Result<()> {
    script(cache, "declarations", "types.mjs", site, None)
}

/// Runs one of the scripts in `runtime-deps/build`.
fn script(
    cache: &Cache,
    name: &str,
    file: &str,
    site: &Path,
    profile: Option<Profile>,
) -> anyhow::Result<()> {
    step(name, || {
        let mut command = node(&cache.source("runtime-deps"));
        command
            .arg(format!("build/{file}"))
            .args(["--out".as_ref(), site.as_os_str()])
            .args(["--cache".as_ref(), cache.path("esbuild").as_os_str()]);
        if let Some(profile) = profile {
            command.args(["--profile", profile.name()]);
        }
        execute(&mut command)
    })
}

/// The compiler's flags for a release, which it calls unstable: the syntax
/// tree's `Debug`, which the parser's messages pull in, is a fifth of the
/// bundler, and its names are all that any message shows of it.
const RELEASE_FLAGS: &str =
    r#"target.wasm32-unknown-unknown.rustflags=["-Zfmt-debug=shallow","-Zlocation-detail=none"]"#;

/// Compiles one wasm crate, by itself so that cargo doesn't unify its features
/// with another's, and returns the place of the result.
fn compile(cache: &Cache, profile: Profile, program: &Program) -> anyhow::Result<PathBuf> {
    let mut cargo = setup::wasm_cargo(cache)?;
    let wasm = setup::target_dir(&cargo)
        .context("the wasm cargo has a target folder")?
        .join("wasm32-unknown-unknown")
        .join(profile.cargo_profile())
        .join(format!("{}.wasm", program.file));
    cargo
        .args(["build", "--quiet", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", profile.cargo_profile()])
        .args(["--package", program.package]);
    if profile == Profile::Release {
        cargo
            .args(["--config", RELEASE_FLAGS])
            .env("RUSTC_BOOTSTRAP", "1");
    }
    execute(&mut cargo)?;
    Ok(wasm)
}

/// Runs wasm-bindgen, and for a release wasm-opt, and puts the results under
/// their hashes into `assets/`, in place of earlier ones. Returns the addresses
/// of script and wasm.
fn bindings(
    cache: &Cache,
    profile: Profile,
    wasm: &Path,
    program: &Program,
    site: &Path,
) -> anyhow::Result<Vec<String>> {
    let Program { package, file, .. } = program;
    let bytes = fs::read(wasm).with_context(|| format!("{} is missing", wasm.display()))?;
    let bindgen = setup::bindgen(cache)?;
    let staging = cache.path(&format!(
        "bindings/{file}-{}-{}",
        profile.name(),
        short_hash(&bytes)
    ));
    if !staging.join(".complete").exists() {
        fs::create_dir_all(&staging)?;
        execute(Command::new(bindgen).arg(wasm).arg(&staging))?;
        if profile == Profile::Release {
            optimise(cache, &staging.join(format!("{file}_bg.wasm")))?;
        }
        fs::write(staging.join(".complete"), "")?;
    }
    let mut addresses = Vec::new();
    for (part, extension) in [("", "js"), ("_bg", "wasm")] {
        let content = fs::read(staging.join(format!("{file}{part}.{extension}")))?;
        let name = format!("{package}-{}.{extension}", short_hash(&content));
        let place = site.join("assets").join(&name);
        if !place.exists() {
            write_compressed(&place, &content, profile)?;
        }
        for entry in fs::read_dir(site.join("assets"))? {
            let entry = entry?;
            let found = entry.file_name().to_string_lossy().into_owned();
            if !found.starts_with(&name) && is_version(&found, package, extension) {
                fs::remove_file(entry.path())?;
            }
        }
        addresses.push(format!("/assets/{name}"));
    }
    Ok(addresses)
}

/// Whether a file is `STEM-HASH.EXTENSION` or its compressed form. esbuild's
/// files may have the same stem, but hashes of another length.
fn is_version(file: &str, stem: &str, extension: &str) -> bool {
    let compressed = [".br", ".gz"].iter().find_map(|end| file.strip_suffix(end));
    compressed
        .unwrap_or(file)
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_prefix('-'))
        .and_then(|rest| rest.strip_suffix(extension))
        .and_then(|rest| rest.strip_suffix('.'))
        .is_some_and(|hash| {
            hash.len() == SHORT_HASH_CHARS && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
        })
}

/// Features that Chromium, Firefox and Safari all have; named one by one
/// because `--all-features` writes modules that engines reject.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

fn optimise(cache: &Cache, wasm: &Path) -> anyhow::Result<()> {
    let smaller = wasm.with_extension("opt.wasm");
    execute(
        Command::new("node")
            .arg(cache.source("runtime-deps/node_modules/binaryen/bin/wasm-opt"))
            .args(WASM_FEATURES)
            .arg("-Oz")
            .arg(wasm)
            .arg("-o")
            .arg(&smaller),
    )?;
    fs::rename(&smaller, wasm)?;
    Ok(())
}

fn index_html(cache: &Cache, site: &Path, assets: &Assets, profile: Profile) -> anyhow::Result<()> {
    let mut page = fs::read_to_string(cache.source("frontend/index.html"))?;
    let all = serde_json::to_string(assets)?
        .replace('&', "&amp;")
        .replace('\'', "&#39;")
        .replace('<', "&lt;");
    page = page.replace("{{assets}}", &all);
    for (name, address) in assets {
        page = page.replace(&format!("{{{{{name}}}}}"), address);
    }
    if let Some(rest) = page.split_once("{{").map(|(_, rest)| rest) {
        anyhow::bail!(
            "frontend/index.html names an asset that no build makes: {{{{{}",
            rest.split_once("}}").map_or(rest, |(name, _)| name)
        );
    }
    write_compressed(&site.join("index.html"), page.as_bytes(), profile)
}

/// Writes a file and, beside it, its `.gz` and `.br`.
pub(crate) fn write_compressed(
    path: &Path,
    content: &[u8],
    profile: Profile,
) -> anyhow::Result<()> {
    let (gzip_level, brotli_quality) = match profile {
        Profile::Dev => (1, 2),
        Profile::Release => (9, 11),
    };
    fs::write(path, content)?;
    let mut gzip = flate2::write::GzEncoder::new(
        fs::File::create(with_suffix(path, ".gz"))?,
        flate2::Compression::new(gzip_level),
    );
    gzip.write_all(content)?;
    gzip.finish()?;
    let mut brotli = brotli::CompressorWriter::new(
        fs::File::create(with_suffix(path, ".br"))?,
        64 * 1024,
        brotli_quality,
        24,
    );
    brotli.write_all(content)?;
    brotli.flush()?;
    Ok(())
}

/// `path` with `suffix` after its last extension.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Reads a JSON file.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} can't be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_versions_of_a_file_are_told_by_their_names() {
        for (file, expected) in [
            ("bundler-worker-1e75923edc.wasm", true),
            ("bundler-worker-1e75923edc.wasm.br", true),
            ("bundler-worker-1e75923edc.js", false),
            ("bundler-worker-JQ4FFXQ6.wasm", false),
            ("my-bundler-worker-1e75923edc.wasm", false),
            ("bundler-worker.wasm", false),
        ] {
            assert_eq!(
                is_version(file, "bundler-worker", "wasm"),
                expected,
                "{file}"
            );
        }
    }
}
