//! Import specifiers to what they mean: a file of the project, an approved
//! package, or a reason why not.

use protocol::manifest::Manifest;

use crate::config::{Aliases, Target};
use crate::language::{FileKind, IMPLIED_ENDINGS, Query, module_id, split_query};

/// What an import specifier means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// A file that becomes a module, by its id: the path, with `?raw`, `?url`,
    /// `?inline` or `?react` behind it where that asks for another module of the file.
    Module(String),
    /// A style sheet of the project, by its path.
    Style(String),
    /// An approved package.
    Package {
        /// Key in `AppDependencies`.
        category: String,
        /// Key in the manifest.
        specifier: String,
    },
    /// A style sheet of an approved package, which isn't served.
    PackageStyle,
    /// Nothing.
    Failed(Failure),
}

/// Why a specifier means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No such file; the path that was looked for, without an implied ending.
    MissingFile(String),
    /// The path climbs out of the project.
    OutsideProject,
    /// A file that can't be imported.
    UnsupportedFile(String),
    /// A file that can't be imported with this query.
    UnsupportedQuery(String),
    /// An address on the network.
    Url,
    /// A module of Node.
    NodeBuiltin,
    /// A package that the manifest blocks, by its key there.
    Blocked(String),
    /// A package that nobody has approved, by its name.
    UnknownPackage(String),
}

/// Modules of Node that code written for a server imports.
const NODE_BUILTINS: [&str; 40] = [
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "sys",
    "timers",
    "tls",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "worker_threads",
    "zlib",
];

/// Looks a file up by its path.
pub(crate) trait Files {
    /// Whether there is a file at the path.
    fn has(&self, path: &str) -> bool;

    /// Whether the ready kit has a file for a project that has none at the path.
    fn has_ready(&self, _path: &str) -> bool {
        false
    }
}

/// What `specifier` means in the file at `importer`.
pub(crate) fn resolve(
    files: &impl Files,
    manifest: &Manifest,
    aliases: &Aliases,
    importer: &str,
    specifier: &str,
) -> Resolution {
    if is_url(specifier) {
        return Resolution::Failed(Failure::Url);
    }
    let (specifier, query) = split_query(specifier);
    if specifier.starts_with("./")
        || specifier.starts_with("../")
        || matches!(specifier, "." | "..")
    {
        let folder = importer.rsplit_once('/').map_or("", |(folder, _)| folder);
        return resolve_path(files, &[join(folder, specifier)], query);
    }
    let mut missing = None;
    for target in aliases.targets(specifier) {
        match target {
            Target::Path(path) => match resolve_path(files, &[Some(path)], query) {
                Resolution::Failed(Failure::MissingFile(path)) => {
                    missing.get_or_insert(path);
                }
                found => return found,
            },
            Target::Specifier(specifier) => {
                return resolve_package(files, manifest, &specifier, query);
            }
        }
    }
    match (unaliased(files, manifest, specifier, query), missing) {
        (
            Resolution::Failed(Failure::MissingFile(_) | Failure::UnknownPackage(_)),
            Some(missing),
        ) if aliases.claims(specifier) => Resolution::Failed(Failure::MissingFile(missing)),
        (found, _) => found,
    }
}

/// What a specifier that isn't relative means by itself.
fn unaliased(
    files: &impl Files,
    manifest: &Manifest,
    specifier: &str,
    query: Option<Query>,
) -> Resolution {
    if let Some(rest) = specifier.strip_prefix('/') {
        let candidates = [join("", rest), join("public", rest)];
        return resolve_path(files, &candidates, query);
    }
    if let Some(rest) = specifier
        .strip_prefix("@/")
        .or_else(|| specifier.strip_prefix("~/"))
    {
        return resolve_path(files, &[join("src", rest), join("", rest)], query);
    }
    resolve_package(files, manifest, specifier, query)
}

fn is_url(specifier: &str) -> bool {
    ["http://", "https://", "//", "data:", "blob:", "file:"]
        .iter()
        .any(|scheme| specifier.starts_with(scheme))
}

fn resolve_package(
    files: &impl Files,
    manifest: &Manifest,
    specifier: &str,
    query: Option<Query>,
) -> Resolution {
    if let Some(package) = manifest.packages.get(specifier) {
        // The files of an alias fill the namespace of the package that they are of.
        let served = package.alias_of.as_deref().unwrap_or(specifier);
        let package = manifest.packages.get(served).unwrap_or(package);
        return Resolution::Package {
            category: package.category.clone(),
            specifier: served.to_owned(),
        };
    }
    let name = package_name(specifier);
    for key in [specifier, name] {
        if manifest.blocked.contains_key(key) {
            return Resolution::Failed(Failure::Blocked(key.to_owned()));
        }
    }
    if specifier.starts_with("node:") || NODE_BUILTINS.contains(&name) {
        return Resolution::Failed(Failure::NodeBuiltin);
    }
    if FileKind::of(specifier) == FileKind::Css && is_approved(manifest, name) {
        return Resolution::PackageStyle;
    }
    // A path from the project's root, as `baseUrl` in a tsconfig allows.
    let from_root = resolve_path(files, &[join("", specifier)], query);
    if specifier.contains('/') && !matches!(from_root, Resolution::Failed(_)) {
        return from_root;
    }
    Resolution::Failed(Failure::UnknownPackage(name.to_owned()))
}

/// Whether the manifest has a package of this name, or parts of one.
pub(crate) fn is_approved(manifest: &Manifest, name: &str) -> bool {
    manifest
        .packages
        .keys()
        .any(|key| package_name(key) == name)
}

/// `@scope/name/sub` → `@scope/name`, `name/sub` → `name`.
pub(crate) fn package_name(specifier: &str) -> &str {
    let slashes = if specifier.starts_with('@') { 2 } else { 1 };
    match specifier.match_indices('/').nth(slashes - 1) {
        Some((index, _)) => specifier.get(..index).unwrap_or(specifier),
        None => specifier,
    }
}

/// A folder and a relative path, normalised; `None` when it leaves the project.
pub(crate) fn join(folder: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

/// The first file that one of the paths can mean.
fn resolve_path(files: &impl Files, paths: &[Option<String>], query: Option<Query>) -> Resolution {
    let own = |path: &str| files.has(path);
    let ready = |path: &str| files.has_ready(path);
    for has in [&own as &dyn Fn(&str) -> bool, &ready] {
        let mut found = paths.iter().flatten().filter_map(|path| find(has, path));
        if let Some(found) = found.next() {
            return of_kind(found, query);
        }
    }
    let missing = paths.iter().flatten().next().cloned();
    Resolution::Failed(missing.map_or(Failure::OutsideProject, Failure::MissingFile))
}

fn of_kind(path: String, query: Option<Query>) -> Resolution {
    match (FileKind::of(&path), query) {
        (_, Some(Query::Unsupported)) | (FileKind::Asset(_), Some(Query::Raw)) => {
            Resolution::Failed(Failure::UnsupportedQuery(path))
        }
        (_, Some(Query::Raw | Query::Url | Query::Inline))
        | (FileKind::Svg, Some(Query::React)) => Resolution::Module(module_id(&path, query)),
        (_, Some(Query::React)) => Resolution::Failed(Failure::UnsupportedQuery(path)),
        (FileKind::Css, None) => Resolution::Style(path),
        (FileKind::Other, None) => Resolution::Failed(Failure::UnsupportedFile(path)),
        (_, None) => Resolution::Module(path),
    }
}

fn find(has: &dyn Fn(&str) -> bool, path: &str) -> Option<String> {
    if has(path) {
        return Some(path.to_owned());
    }
    let with = |stem: &str, ending: &str| {
        let candidate = format!("{stem}{ending}");
        has(&candidate).then_some(candidate)
    };
    // TypeScript lets an import name the file that a compiler would write.
    for (written, sources) in [
        (".js", [".ts", ".tsx"]),
        (".jsx", [".tsx", ".ts"]),
        (".mjs", [".ts", ".tsx"]),
    ] {
        if let Some(stem) = path.strip_suffix(written)
            && let Some(found) = sources.iter().find_map(|ending| with(stem, ending))
        {
            return Some(found);
        }
    }
    if !path.is_empty()
        && let Some(found) = IMPLIED_ENDINGS.iter().find_map(|ending| with(path, ending))
    {
        return Some(found);
    }
    let index = if path.is_empty() {
        "index".to_owned()
    } else {
        format!("{path}/index")
    };
    IMPLIED_ENDINGS
        .iter()
        .find_map(|ending| with(&index, ending))
}
