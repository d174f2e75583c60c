//! Addresses of what the page loads, from `<meta name="cumulet-assets">`.

use serde::Deserialize;

/// Addresses by logical name. All of them are paths on the page's own origin.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Assets {
    /// Module that `wasm-bindgen` made for the bundler.
    pub(crate) bundler_js: String,
    /// The bundler's wasm.
    pub(crate) bundler_wasm: String,
    /// Module worker around both.
    pub(crate) bundler_worker: String,
    /// Module worker that holds the frame's port.
    pub(crate) bridge_worker: String,
    /// Editor glue, imported when the editor is first shown.
    pub(crate) editor: String,
    /// Module worker with TypeScript's language service, loaded when there is time.
    pub(crate) types_worker: String,
    /// List of the declarations that it loads.
    pub(crate) types: String,
    /// Tailwind compiler, loaded by the bundler worker when first needed.
    pub(crate) tailwind: String,
    /// Dependency manifest, which lies in the folder of the dependency files.
    pub(crate) manifest: String,
    /// Sandbox shell.
    pub(crate) shell: String,
}

impl Assets {
    /// The folder of the dependency files, with a slash at its end.
    pub(crate) fn deps(&self) -> String {
        let folder = self.manifest.rsplit_once('/');
        folder.map_or_else(String::new, |(folder, _)| format!("{folder}/"))
    }
}

/// Template of the origins that apps have to themselves; `None` where the server has none for them.
pub(crate) fn app_origins() -> Option<String> {
    content("cumulet-app-origins").filter(|template| !template.is_empty())
}

/// Reads the addresses.
///
/// # Errors
/// A sentence, when the page was not made by the project's own build.
pub(crate) fn load() -> Result<Assets, String> {
    let content = content("cumulet-assets").ok_or("the page has no list of assets")?;
    serde_json::from_str(&content).map_err(|error| format!("the list of assets is broken: {error}"))
}

/// What the page's meta element of this name holds.
fn content(name: &str) -> Option<String> {
    web_sys::window()?
        .document()?
        .query_selector(&format!("meta[name=\"{name}\"]"))
        .ok()??
        .get_attribute("content")
}
