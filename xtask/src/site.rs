//! Builds the site: everything that the browser loads, in one folder. Its
//! layout is described in docs/architecture.md.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use protocol::template::{Template, TemplateSummary};
use walkdir::WalkDir;

use crate::cache::{Cache, short_hash};
use crate::process::{cargo, execute, node, output, step};
use crate::setup;

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

/// Builds what changed and returns the site's folder.
pub(crate) fn build(cache: &Cache, profile: Profile) -> anyhow::Result<PathBuf> {
    let site = cache.path(&format!("site/{}", profile.name()));
    fs::create_dir_all(site.join("assets"))?;
    setup::npm_packages(cache, "runtime-deps")?;
    dependency_files(cache, &site)?;
    let wasm = step("compiling to WebAssembly", || {
        compile(cache, profile, "bundler-worker")?;
        compile(cache, profile, "publish-worker")?;
        compile(cache, profile, "cumulet-frontend")
    })?;
    scripts(cache, profile, &site)?;
    step("putting the site together", || {
        let mut assets: Assets = read_json(&site.join("assets.json"))?;
        for (file, script, binary) in [
            ("cumulet-frontend", "frontendJs", "frontendWasm"),
            ("bundler_worker", "bundlerJs", "bundlerWasm"),
            ("publish_worker", "publishJs", "publishWasm"),
        ] {
            let (js, wasm) = bindings(cache, profile, &wasm, file, &site)?;
            assets.insert(script.to_owned(), js);
            assets.insert(binary.to_owned(), wasm);
        }
        write_compressed(
            &site.join("assets.json"),
            serde_json::to_string_pretty(&assets)?.as_bytes(),
            profile,
        )?;
        index_html(cache, &site, &assets, profile)?;
        templates(cache, &site, profile)?;
        copy_public(cache, &site)
    })?;
    Ok(site)
}

/// The bundler's part of a site.
#[derive(Debug)]
pub(crate) struct Bundler {
    /// The script that `wasm-bindgen` made.
    pub(crate) script: PathBuf,
    /// The wasm that it loads.
    pub(crate) wasm: PathBuf,
    /// What there is to import.
    pub(crate) manifest: PathBuf,
    /// The same for publishing: script, wasm and manifest, and the scripts that
    /// published apps run in.
    pub(crate) publish_script: PathBuf,
    pub(crate) publish_wasm: PathBuf,
    pub(crate) production_manifest: PathBuf,
    pub(crate) runtime: PathBuf,
    pub(crate) decorators: PathBuf,
}

/// Builds the bundler alone, into the same folder as [`build`].
pub(crate) fn bundler(cache: &Cache, profile: Profile) -> anyhow::Result<Bundler> {
    let site = cache.path(&format!("site/{}", profile.name()));
    fs::create_dir_all(site.join("assets"))?;
    setup::npm_packages(cache, "runtime-deps")?;
    dependency_files(cache, &site)?;
    scripts(cache, profile, &site)?;
    step("compiling the bundler to WebAssembly", || {
        let mut assets: Assets = read_json(&site.join("assets.json"))?;
        for (package, file, script, binary) in [
            (
                "bundler-worker",
                "bundler_worker",
                "bundlerJs",
                "bundlerWasm",
            ),
            (
                "publish-worker",
                "publish_worker",
                "publishJs",
                "publishWasm",
            ),
        ] {
            let wasm = compile(cache, profile, package)?;
            let (js, wasm) = bindings(cache, profile, &wasm, file, &site)?;
            assets.insert(script.to_owned(), js);
            assets.insert(binary.to_owned(), wasm);
        }
        bundler_of(&site, &assets)
    })
}

/// The bundler's part of a site that is there.
pub(crate) fn bundler_of(site: &Path, assets: &Assets) -> anyhow::Result<Bundler> {
    let place = |name: &str| {
        let address = assets.get(name);
        let address = address.with_context(|| format!("assets.json names no {name}"))?;
        anyhow::Ok(site.join(address.trim_start_matches('/')))
    };
    Ok(Bundler {
        script: place("bundlerJs")?,
        wasm: place("bundlerWasm")?,
        manifest: place("manifest")?,
        publish_script: place("publishJs")?,
        publish_wasm: place("publishWasm")?,
        production_manifest: place("productionManifest")?,
        runtime: place("published")?,
        decorators: place("publishedDecorators")?,
    })
}

/// Builds what is TypeScript and CSS.
fn scripts(cache: &Cache, profile: Profile, site: &Path) -> anyhow::Result<()> {
    step("scripts, styles and policies", || {
        execute(
            node(&cache.source("runtime-deps"))
                .arg("build/runtime.mjs")
                .args(["--out".as_ref(), site.as_os_str()])
                .args(["--cache".as_ref(), cache.path("esbuild").as_os_str()])
                .args(["--profile", profile.name()]),
        )
    })
}

/// Builds the dependency files into `site/deps`.
pub(crate) fn dependency_files(cache: &Cache, site: &Path) -> anyhow::Result<()> {
    step("dependency files", || {
        execute(
            node(&cache.source("runtime-deps"))
                .arg("build/deps.mjs")
                .args(["--out".as_ref(), site.as_os_str()])
                .args(["--cache".as_ref(), cache.path("esbuild").as_os_str()]),
        )
    })
}

/// The compiler's flags for a release, which it calls unstable: the syntax
/// tree's `Debug`, which the parser's messages pull in, is a fifth of the
/// bundler, and its names are all that any message shows of it.
const RELEASE_FLAGS: &str =
    r#"target.wasm32-unknown-unknown.rustflags=["-Zfmt-debug=shallow","-Zlocation-detail=none"]"#;

/// Compiles one wasm crate, by itself so that cargo doesn't unify its features
/// with another's, and returns the folder that holds the result.
fn compile(cache: &Cache, profile: Profile, package: &str) -> anyhow::Result<PathBuf> {
    let mut cargo = setup::wasm_cargo(cache)?;
    let folder = setup::target_dir(&cargo)
        .context("the wasm cargo has a target folder")?
        .join("wasm32-unknown-unknown")
        .join(profile.cargo_profile());
    cargo
        .args(["build", "--quiet", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", profile.cargo_profile()])
        .args(["--package", package]);
    if profile == Profile::Release {
        cargo
            .args(["--config", RELEASE_FLAGS])
            .env("RUSTC_BOOTSTRAP", "1");
    }
    execute(&mut cargo)?;
    Ok(folder)
}

/// Runs wasm-bindgen, and for a release wasm-opt, and puts the results under
/// their hashes into `assets/`. Returns the addresses of script and wasm.
fn bindings(
    cache: &Cache,
    profile: Profile,
    wasm: &Path,
    file: &str,
    site: &Path,
) -> anyhow::Result<(String, String)> {
    let input = wasm.join(format!("{file}.wasm"));
    let bytes = fs::read(&input).with_context(|| format!("{} is missing", input.display()))?;
    let bindgen = setup::bindgen(cache)?;
    let staging = cache.path(&format!(
        "bindings/{file}-{}-{}",
        profile.name(),
        short_hash(&bytes)
    ));
    if !staging.join(".complete").exists() {
        fs::create_dir_all(&staging)?;
        execute(Command::new(bindgen).arg(&input).arg(&staging))?;
        if profile == Profile::Release {
            optimise(cache, &staging.join(format!("{file}_bg.wasm")))?;
        }
        fs::write(staging.join(".complete"), "")?;
    }
    let mut addresses = Vec::new();
    for (part, extension) in [("", "js"), ("_bg", "wasm")] {
        let content = fs::read(staging.join(format!("{file}{part}.{extension}")))?;
        let name = format!(
            "{}-{}.{extension}",
            file.replace('_', "-"),
            short_hash(&content)
        );
        let place = site.join("assets").join(&name);
        if !place.exists() {
            write_compressed(&place, &content, profile)?;
        }
        addresses.push(format!("/assets/{name}"));
    }
    match <[String; 2]>::try_from(addresses) {
        Ok([js, wasm]) => Ok((js, wasm)),
        Err(_) => anyhow::bail!("wasm-bindgen makes two files"),
    }
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

fn templates(cache: &Cache, site: &Path, profile: Profile) -> anyhow::Result<()> {
    let out = site.join("templates");
    fs::create_dir_all(&out)?;
    let mut index = Vec::new();
    for folder in template_folders(cache)? {
        let template =
            read_template(&folder).with_context(|| format!("template {}", folder.display()))?;
        write_compressed(
            &out.join(format!("{}.json", template.summary.id)),
            serde_json::to_string(&template)?.as_bytes(),
            profile,
        )?;
        let thumbnail = folder.join("thumbnail.webp");
        if thumbnail.exists() {
            fs::copy(thumbnail, out.join(format!("{}.webp", template.summary.id)))?;
        }
        index.push(template.summary);
    }
    write_compressed(
        &out.join("index.json"),
        serde_json::to_string(&index)?.as_bytes(),
        profile,
    )
}

/// Folders of the templates, by name.
fn template_folders(cache: &Cache) -> anyhow::Result<Vec<PathBuf>> {
    let mut folders: Vec<PathBuf> = fs::read_dir(cache.source("templates"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    Ok(folders)
}

/// Reads `template.json` and everything below `files/`.
fn read_template(folder: &Path) -> anyhow::Result<Template> {
    let id = folder
        .file_name()
        .context("a template's folder has a name")?
        .to_string_lossy()
        .into_owned();
    let mut summary: serde_json::Value = read_json(&folder.join("template.json"))?;
    if let Some(object) = summary.as_object_mut() {
        object.insert("id".to_owned(), id.into());
    }
    let summary: TemplateSummary = serde_json::from_value(summary)?;
    let root = folder.join("files");
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root)?.to_string_lossy();
            files.insert(path.into_owned(), fs::read_to_string(entry.path())?);
        }
    }
    Ok(Template { summary, files })
}

/// Lays the templates out as the bundler's example program reads projects:
/// `NAME/input/…`. Returns the folder.
pub(crate) fn template_projects(cache: &Cache) -> anyhow::Result<PathBuf> {
    let root = cache.path("template-projects");
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    for folder in template_folders(cache)? {
        let template = read_template(&folder)?;
        for (path, text) in template.files {
            let place = root.join(&template.summary.id).join("input").join(path);
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(place, text)?;
        }
    }
    Ok(root)
}

/// What the native bundler makes of each project below `folder`: one line
/// `NAME JSON` each.
pub(crate) fn native_builds(
    cache: &Cache,
    folder: &Path,
    manifest: &Path,
) -> anyhow::Result<String> {
    example(cache, "bundler-wasm", "build_fixtures", folder, manifest)
}

/// The same for published sites. Projects with errors have no line.
pub(crate) fn native_sites(
    cache: &Cache,
    folder: &Path,
    manifest: &Path,
) -> anyhow::Result<String> {
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

fn copy_public(cache: &Cache, site: &Path) -> anyhow::Result<()> {
    let root = cache.source("public");
    for entry in WalkDir::new(&root) {
        let entry = entry?;
        let place = site.join(entry.path().strip_prefix(&root)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// Writes a file and, beside it, its `.gz` and `.br`.
fn write_compressed(path: &Path, content: &[u8], profile: Profile) -> anyhow::Result<()> {
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
