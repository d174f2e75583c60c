//! `manifest.json` of the dependency files, made by `runtime-deps` from
//! `catalogue.toml`. The bundler's checks, the loader, the prompt and the docs
//! all derive from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The whole manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// Version of this format: 1.
    pub version: u32,
    /// By specifier as imported: `react`, `react-dom/client`, `@dnd-kit/core`.
    pub packages: BTreeMap<String, Package>,
    /// By the name that people import: packages that can't be used.
    pub blocked: BTreeMap<String, Blocked>,
    /// By file name below `/deps/`.
    pub files: BTreeMap<String, DependencyFile>,
}

/// One importable package entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Package {
    /// Key in `AppDependencies`: `core`, `utils`, `icons`, …
    pub category: String,
    /// Exact npm version.
    pub version: String,
    /// Names of value exports, sorted, without `default`.
    pub exports: Vec<String>,
    /// Names of exports that are types only, sorted.
    pub types: Vec<String>,
    /// Whether there is a default export.
    pub has_default: bool,
    /// File that fills the whole namespace.
    pub file: String,
    /// Files that fill a few exports each; an import of names loads only the
    /// files of those names. Empty for a package that isn't split.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// One line for the prompt: what to use it for.
    pub hint: String,
    /// One import line as example.
    pub example: String,
    /// Whether the prompt names it (false for `react/jsx-runtime` and the like).
    pub in_prompt: bool,
}

/// One file of a split package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// File below `/deps/`.
    pub file: String,
    /// Exports that it fills.
    pub exports: Vec<String>,
}

/// A package that can't be used here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Blocked {
    /// Why, as the end of the sentence "`x` can't be used: …".
    pub reason: String,
    /// What to use instead, as a sentence.
    pub replacement: String,
    /// Approved package whose exports can be imported under the same names, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rewrite_to: Option<String>,
}

/// One served file: a classic script that calls
/// `__cumulet.defineDependency(file, factory)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DependencyFile {
    /// Uncompressed bytes.
    pub bytes: u64,
    /// Bytes of the `.gz` beside it.
    pub gzip: u64,
    /// Bytes of the `.br` beside it.
    pub brotli: u64,
    /// Subresource integrity: `sha256-…`.
    pub integrity: String,
    /// Files that must be defined before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<String>,
}
