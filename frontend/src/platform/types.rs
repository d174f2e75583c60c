//! TypeScript's language service: a worker behind an object of the editor's
//! module, which answers the editor's questions by itself.

use js_sys::{Object, Promise};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::editor::{ignore, load, object};

#[wasm_bindgen]
extern "C" {
    type TypesModule;
    #[wasm_bindgen(method, catch, js_name = "createTypes")]
    fn create_types(this: &TypesModule, options: &Object) -> Result<TypesHandle, JsValue>;

    #[derive(Clone)]
    type TypesHandle;
    #[wasm_bindgen(method, catch)]
    fn open(this: &TypesHandle, files: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn change(this: &TypesHandle, changes: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "setExtra")]
    fn set_extra(this: &TypesHandle, files: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "startWhenIdle")]
    fn start_when_idle(this: &TypesHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "checkAll")]
    fn check_all(this: &TypesHandle) -> Result<Promise, JsValue>;
}

/// A type error; lines and columns count from 1, columns in UTF-16 code units,
/// the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TypeFinding {
    /// Project path.
    pub(crate) path: String,
    /// TypeScript's number.
    pub(crate) code: u32,
    /// What is wrong; several lines when it has a longer story.
    pub(crate) message: String,
    /// First line.
    pub(crate) line: u32,
    /// First column.
    pub(crate) column: u32,
    /// Last line.
    pub(crate) end_line: u32,
    /// Column behind the last one.
    pub(crate) end_column: u32,
}

/// The language service; all copies are one.
#[derive(Clone)]
pub(crate) struct TypesClient(TypesHandle);

impl TypesClient {
    /// Makes the page's end of the worker, which isn't started yet. `on_status`
    /// hears `loading`, `ready` and `failed` with the reason, for the rest of
    /// the page's life.
    ///
    /// # Errors
    /// A sentence, when the editor's module can't be loaded.
    pub(crate) async fn create(
        editor: &str,
        worker: &str,
        index: &str,
        on_status: impl FnMut(String, String) + 'static,
    ) -> Result<Self, String> {
        let module: TypesModule = load(editor).await?.unchecked_into();
        let on_status = Closure::<dyn FnMut(String, String)>::new(on_status);
        let options = object(&[
            ("workerUrl", worker.into()),
            ("indexUrl", index.into()),
            ("onStatus", on_status.into_js_value()),
        ]);
        let handle = module
            .create_types(&options)
            .map_err(|_| "TypeScript couldn't be started".to_owned())?;
        Ok(Self(handle))
    }

    /// For the editor.
    pub(super) fn to_js(&self) -> JsValue {
        self.0.clone().into()
    }

    /// Takes another project's files: JSON, text by path.
    pub(crate) fn open(&self, files: &str) {
        ignore(self.0.open(files));
    }

    /// Takes changes: JSON, text by path, null deletes.
    pub(crate) fn change(&self, changes: &str) {
        ignore(self.0.change(changes));
    }

    /// Takes files that stand in for those which the project lacks, in place of
    /// earlier ones: JSON, text by path.
    pub(crate) fn set_extra(&self, files: &str) {
        ignore(self.0.set_extra(files));
    }

    /// Loads TypeScript when the browser has nothing else to do.
    pub(crate) fn start_when_idle(&self) {
        ignore(self.0.start_when_idle());
    }

    /// Type errors of all files; loads TypeScript if need be. `None` when a
    /// newer check took this one's place, or when TypeScript failed.
    pub(crate) async fn check_all(&self) -> Option<Vec<TypeFinding>> {
        let answer = JsFuture::from(self.0.check_all().ok()?).await.ok()?;
        serde_json::from_str(&answer.as_string()?).ok()
    }
}
