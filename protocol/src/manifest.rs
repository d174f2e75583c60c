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
    /// Components that apps may import without having them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kit: Option<Kit>,
}

/// The ready kit: project files that stand in for those which a project lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Kit {
    /// File below `/deps/` with the [`KitFiles`].
    pub file: String,
    /// Paths in a project, sorted: `src/components/ui/button.tsx`.
    pub paths: Vec<String>,
}

/// Texts of the ready kit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KitFiles {
    /// Version of this format: 1.
    pub version: u32,
    /// Text by path.
    pub files: BTreeMap<String, String>,
    /// Style sheet with the colours and radii that the components go by, for a project that has
    /// none of its own.
    pub theme: String,
}

/// One importable package entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Package {
    /// Key in `AppDependencies`: `core`, `utils`, `icons`, …
    pub category: String,
    /// Exact npm version.
    pub version: String,
    /// Names of value exports, sorted, without `default`. Those of a package with an
    /// [`Package::index`] may stand there alone.
    pub exports: Vec<String>,
    /// Names of exports that are types only, sorted.
    pub types: Vec<String>,
    /// Whether there is a default export.
    pub has_default: bool,
    /// File that fills the whole namespace; empty for a package that the runtime itself provides.
    pub file: String,
    /// Files that fill a few exports each; an import of names loads only the
    /// files of those names. Empty for a package that isn't split.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// File below `/deps/` with the [`Index`] of a package whose lists are long: it is loaded
    /// when an app imports the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// Package whose files serve this one, which has the same API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<String>,
    /// Why new code shouldn't use it, of a package that is there for projects which have it already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid: Option<Avoid>,
    /// One line for the prompt: what to use it for.
    pub hint: String,
    /// One import line as example.
    pub example: String,
    /// Whether the prompt names it (false for `react/jsx-runtime` and the like).
    pub in_prompt: bool,
}

/// Lists of a split package, in a file of their own: an icon package has thousands of names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Index {
    /// Version of this format: 1.
    pub version: u32,
    /// As [`Package::exports`].
    pub exports: Vec<String>,
    /// As [`Package::types`].
    pub types: Vec<String>,
    /// As [`Package::parts`].
    pub parts: Vec<Part>,
    /// Files that only this package uses, as [`Manifest::files`].
    pub files: BTreeMap<String, DependencyFile>,
}

/// Why a package that works shouldn't be used in new code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Avoid {
    /// As [`Blocked::reason`].
    pub reason: String,
    /// As [`Blocked::replacement`].
    pub replacement: String,
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
