//! The bundler for a Web Worker: JSON texts in, JSON texts out. The message
//! loop around it, and Tailwind's compiler, are TypeScript
//! (`runtime-deps/src/workers/bundler.ts`).

use std::collections::BTreeMap;

use protocol::manifest::Manifest;
use protocol::worker::Position;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// One project's bundler. See [`bundler_wasm::Bundler`] for what a build
/// delivers.
#[wasm_bindgen]
pub struct Bundler {
    inner: bundler_wasm::Bundler,
}

#[wasm_bindgen]
impl Bundler {
    /// A bundler without files, from the text of `manifest.json`.
    ///
    /// # Errors
    /// The text isn't a manifest.
    #[wasm_bindgen(constructor)]
    pub fn new(manifest_json: &str) -> Result<Bundler, JsError> {
        let manifest: Manifest = parse("manifest", manifest_json)?;
        Ok(Self {
            inner: bundler_wasm::Bundler::new(manifest),
        })
    }

    /// Changes files and builds. Takes `{path: text | null}`, gives
    /// `{output: BuildOutput, tailwind: {css, candidates} | null, missing: file[]}`.
    ///
    /// # Errors
    /// The text isn't a map of changes.
    pub fn build(&mut self, changes_json: &str) -> Result<String, JsError> {
        let changes: BTreeMap<String, Option<String>> = parse("changes", changes_json)?;
        print(&self.inner.build(changes))
    }

    /// Takes a file in that a build lacked: its name and its text.
    ///
    /// # Errors
    /// The text isn't what the manifest says of the file.
    pub fn supply(&mut self, file: &str, text: &str) -> Result<(), JsError> {
        let supplied = self.inner.supply(file, text);
        supplied.map_err(|error| JsError::new(&format!("{file}: {error}")))
    }

    /// Maps positions back to the sources. Takes `Position[]`, gives
    /// `(OriginalPosition | null)[]`.
    ///
    /// # Errors
    /// The text isn't a list of positions.
    #[wasm_bindgen(js_name = resolvePositions)]
    pub fn resolve_positions(&self, positions_json: &str) -> Result<String, JsError> {
        let positions: Vec<Position> = parse("positions", positions_json)?;
        print(&self.inner.resolve_positions(&positions))
    }

    /// Forgets all files and everything delivered.
    pub fn reset(&mut self) {
        self.inner.reset();
    }
}

/// Compiles one file without a project. Takes its path and text, gives
/// [`bundler_wasm::Transformed`].
///
/// # Errors
/// The result can't be printed, which is a fault of ours.
#[wasm_bindgen]
pub fn transform(path: &str, text: &str) -> Result<String, JsError> {
    print(&bundler_wasm::transform(path, text))
}

fn parse<T: DeserializeOwned>(what: &str, json: &str) -> Result<T, JsError> {
    serde_json::from_str(json).map_err(|error| JsError::new(&format!("{what}: {error}")))
}

fn print(value: &impl Serialize) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))
}
