//! What a file is, by the end of its name.

/// A language that is compiled to a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// `.js`, `.jsx`, `.mjs`: JSX is allowed in all of them.
    JavaScript,
    /// `.ts`
    TypeScript,
    /// `.tsx`
    TypeScriptJsx,
}

/// What the bundler does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Compiled.
    Code(Language),
    /// A module with the value as default export.
    Json,
    /// A module with a data URL as default export.
    Svg,
    /// Part of the app's style sheet.
    Css,
    /// Kept, but can't be imported.
    Other,
}

/// Endings that an import may leave out, in the order in which they are tried.
pub(crate) const IMPLIED_ENDINGS: [&str; 6] = [".tsx", ".ts", ".jsx", ".js", ".mjs", ".json"];

impl FileKind {
    /// Kind of the file at a path.
    pub(crate) fn of(path: &str) -> Self {
        if path.ends_with(".d.ts") {
            return Self::Other;
        }
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("tsx") => Self::Code(Language::TypeScriptJsx),
            Some("ts") => Self::Code(Language::TypeScript),
            Some("js" | "jsx" | "mjs") => Self::Code(Language::JavaScript),
            Some("json") => Self::Json,
            Some("svg") => Self::Svg,
            Some("css") => Self::Css,
            _ => Self::Other,
        }
    }
}
