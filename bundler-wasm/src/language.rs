//! What a file is, by the end of its name, and what an import asks of it.

use protocol::asset::media_type;

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
    /// A binary file: a module with its data URL as default export.
    Asset(&'static str),
    /// Part of the app's style sheet.
    Css,
    /// Part of the app's style sheet, and a module with its class names.
    CssModule,
    /// Kept, but can be imported as text or address only.
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
        if let Some(media_type) = media_type(path) {
            return Self::Asset(media_type);
        }
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("tsx") => Self::Code(Language::TypeScriptJsx),
            Some("ts" | "mts") => Self::Code(Language::TypeScript),
            Some("js" | "jsx" | "mjs") => Self::Code(Language::JavaScript),
            Some("json") => Self::Json,
            Some("svg") => Self::Svg,
            Some("css") if path.ends_with(".module.css") => Self::CssModule,
            Some("css") => Self::Css,
            _ => Self::Other,
        }
    }

    /// Media type under which the file stands in a data URL.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Code(_) => "text/javascript",
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Asset(media_type) => media_type,
            Self::Css | Self::CssModule => "text/css;charset=utf-8",
            Self::Other => "text/plain;charset=utf-8",
        }
    }
}

/// What the end of a specifier asks for, other than the file's usual module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Query {
    /// `?raw`: the text.
    Raw,
    /// `?url`: an address, which is a data URL.
    Url,
    /// `?inline`: a style sheet's text; of other files the data URL, also where
    /// large ones become files.
    Inline,
    /// `?react`: an SVG as a component.
    React,
    /// What only a bundler with workers or streaming has: `?worker`, `?init`.
    Unsupported,
}

impl Query {
    fn of(text: &str) -> Option<Self> {
        match text {
            "raw" => Some(Self::Raw),
            "url" | "no-inline" => Some(Self::Url),
            "inline" => Some(Self::Inline),
            "react" => Some(Self::React),
            "worker" | "sharedworker" | "init" => Some(Self::Unsupported),
            // `?v=2`, `?t=…`: against caches, and without meaning here.
            _ => None,
        }
    }
}

/// A specifier or module id without its query, and the query if it has a meaning.
pub(crate) fn split_query(text: &str) -> (&str, Option<Query>) {
    match text.split_once('?') {
        Some((path, query)) => (path, query.split('&').find_map(Query::of)),
        None => (text, None),
    }
}

/// Id of the module that a file becomes under a query. What says the same as
/// the file's usual module has no id of its own.
pub(crate) fn module_id(path: &str, query: Option<Query>) -> String {
    match (query, FileKind::of(path)) {
        (None | Some(Query::Unsupported), _)
        | (Some(Query::Url), FileKind::Svg | FileKind::Asset(_)) => path.to_owned(),
        (Some(Query::Raw), _) => format!("{path}?raw"),
        (Some(Query::React), _) => format!("{path}?react"),
        (
            Some(Query::Inline),
            FileKind::Svg | FileKind::Asset(_) | FileKind::Css | FileKind::CssModule,
        ) => format!("{path}?inline"),
        (Some(Query::Url | Query::Inline), _) => format!("{path}?url"),
    }
}
