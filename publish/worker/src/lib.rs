//! The publish build for a Web Worker: JSON texts in, JSON texts out. A program
//! of its own, because only those who publish need a minifier.

use std::collections::BTreeMap;

use publish::{Options, Runtime};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Publishes projects. See [`publish::Publisher`].
#[wasm_bindgen]
pub struct Publisher {
    inner: publish::Publisher,
}

#[wasm_bindgen]
impl Publisher {
    /// A publisher that knows these packages, from the text of
    /// `manifest.production.json`.
    ///
    /// # Errors
    /// The text isn't a manifest.
    #[wasm_bindgen(constructor)]
    pub fn new(manifest_json: &str) -> Result<Publisher, JsError> {
        Ok(Self {
            inner: publish::Publisher::new(parse("manifest", manifest_json)?),
        })
    }

    /// Builds a project. Takes `{path: text}`, gives
    /// `{output: BuildOutput, tailwind: {css, candidates} | null, missing: file[]}`.
    ///
    /// # Errors
    /// The text isn't a map of files.
    pub fn build(&mut self, files_json: &str) -> Result<String, JsError> {
        let files: BTreeMap<String, String> = parse("files", files_json)?;
        print(&self.inner.build(files))
    }

    /// Takes a file in that a build lacked: its name and its text.
    ///
    /// # Errors
    /// The text isn't what the manifest says of the file.
    pub fn supply(&mut self, file: &str, text: &str) -> Result<(), JsError> {
        let supplied = self.inner.supply(file, text);
        supplied.map_err(|error| JsError::new(&format!("{file}: {error}")))
    }

    /// The site of the project that was built last. Takes its style sheet, the
    /// runtime's two scripts and [`publish::Options`], gives [`publish::Site`].
    ///
    /// # Errors
    /// There was no build without errors, or the options are wrong.
    pub fn site(
        &self,
        css: &str,
        runtime: &str,
        decorators: &str,
        options_json: &str,
    ) -> Result<String, JsError> {
        let runtime = Runtime {
            base: runtime,
            decorators,
        };
        let options: Options = parse("options", options_json)?;
        let site = self.inner.site(css, runtime, &options);
        print(&site.map_err(|error| JsError::new(&error.to_string()))?)
    }
}

fn parse<T: DeserializeOwned>(what: &str, json: &str) -> Result<T, JsError> {
    serde_json::from_str(json).map_err(|error| JsError::new(&format!("{what}: {error}")))
}

fn print(value: &impl Serialize) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))
}
