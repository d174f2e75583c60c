//! What the bundler takes and gives. Paths are project paths (`src/App.tsx`);
//! lines and columns count from 1, columns in UTF-16 code units, as browsers
//! and editors count them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The module can't run.
    Error,
    /// It runs, but probably not as meant.
    Warning,
}

/// A place in a file. Lines and columns count from 1; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// First line.
    pub line: u32,
    /// First column, in UTF-16 code units.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last, in UTF-16 code units.
    pub end_column: u32,
}

/// Replaces the text of a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// What applying it does, imperative: "Import from date-fns instead".
    pub title: String,
    /// The text to replace.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// One finding about a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Stable, kebab-case: `syntax`, `missing-file`, `blocked-package`, `unknown-package`,
    /// `unknown-export`, `no-entry`, `file-too-large`, `unsupported-file`, `dynamic-code`, …
    pub code: String,
    /// How bad.
    pub severity: Severity,
    /// File it is about; empty for the whole project.
    pub file: String,
    /// Place in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What is wrong, one sentence.
    pub message: String,
    /// The next step, one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Lines around the place with a marker, plain text; empty without a span.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub frame: String,
    /// Mechanical repairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
}

/// One compiled module: a classic script that calls
/// `__cumulet.define(id, factory)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// Project path, which is its id in the registry.
    pub id: String,
    /// Script text, ending in a `//# sourceURL=` line.
    pub code: String,
    /// Ids of the project modules that it imports statically or dynamically.
    pub imports: Vec<String>,
    /// Those of them that run before it does, in the order in which they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_imports: Vec<String>,
}

/// How the app starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Module to run first.
    pub id: String,
    /// Whether its default export is a component that the runtime mounts into
    /// `#root` (an `App` file), rather than a module that mounts itself.
    pub mount: bool,
    /// What the project's `index.html` shows besides what its scripts do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Box<Page>>,
    /// The project's own names in `import.meta.env`, from its `.env` files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
}

/// The document of an `index.html`, without its scripts and style sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// Text of `<title>`.
    pub title: String,
    /// Attributes of `<html>`.
    pub html: BTreeMap<String, String>,
    /// Attributes of `<body>`.
    pub body: BTreeMap<String, String>,
    /// What is in `<body>`, as HTML: the elements that the app mounts into.
    pub markup: String,
}

/// A dependency file that the app needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NeededFile {
    /// Name below `/deps/`.
    pub file: String,
    /// Subresource integrity: `sha256-…`.
    pub integrity: String,
}

/// What the app uses of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DependencyUse {
    /// Package specifier as imported: `react-dom/client`.
    pub specifier: String,
    /// Export names used; empty when the whole namespace is used.
    pub names: Vec<String>,
}

/// Result of one build. Modules that did not change since the last build of
/// the same worker are left out of `modules`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildOutput {
    /// New or changed modules, in the order in which they may be defined.
    pub modules: Vec<Module>,
    /// Ids that no longer exist.
    pub removed: Vec<String>,
    /// Absent when the project has no entry or the entry doesn't compile.
    pub entry: Option<Entry>,
    /// CSS of the whole app: its own style sheets in import order, and what Tailwind made.
    pub css: String,
    /// Files to load before the modules, dependencies first.
    pub dependency_files: Vec<NeededFile>,
    /// Package uses of the whole app, sorted.
    pub dependencies: Vec<DependencyUse>,
    /// Findings of the whole app, errors first.
    pub diagnostics: Vec<Diagnostic>,
}

impl BuildOutput {
    /// Whether a finding is an error: such an app is neither shown nor published.
    pub fn has_errors(&self) -> bool {
        let mut diagnostics = self.diagnostics.iter();
        diagnostics.any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
