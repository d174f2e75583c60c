//! The code editor: a JavaScript module of our own, imported when first shown.

use js_sys::{Object, Promise, Reflect};
use protocol::bundle::{Diagnostic, Severity};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::types::TypesClient;

#[wasm_bindgen]
extern "C" {
    // `import` is called like a function: the browser's own dynamic import.
    #[wasm_bindgen(js_name = "import")]
    fn import_module(address: &str) -> Promise;

    type EditorModule;
    #[wasm_bindgen(method, catch, js_name = "createEditor")]
    fn create_editor(
        this: &EditorModule,
        parent: &HtmlElement,
        options: &Object,
    ) -> Result<Handle, JsValue>;

    type Handle;
    #[wasm_bindgen(method, catch, js_name = "setDoc")]
    fn set_doc(this: &Handle, path: &str, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn append(this: &Handle, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "setFollow")]
    fn set_follow(this: &Handle, on: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn compare(this: &Handle, before: Option<&str>) -> Result<Option<JsLineCounts>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = "goToChange")]
    fn go_to_change(this: &Handle, step: i32) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "setDiagnostics")]
    fn set_diagnostics(this: &Handle, list: &js_sys::Array) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "revealPosition")]
    fn reveal_position(this: &Handle, line: u32, column: u32) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "setDark")]
    fn set_dark(this: &Handle, dark: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = "setReadOnly")]
    fn set_read_only(this: &Handle, read_only: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn focus(this: &Handle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn destroy(this: &Handle) -> Result<(), JsValue>;

    type JsLineCounts;
    #[wasm_bindgen(method, getter)]
    fn added(this: &JsLineCounts) -> u32;
    #[wasm_bindgen(method, getter)]
    fn removed(this: &JsLineCounts) -> u32;
}

/// How many lines a change adds and removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineCounts {
    pub(crate) added: u32,
    pub(crate) removed: u32,
}

/// What an editor begins with.
pub(crate) struct Options<'a> {
    /// Text.
    pub(crate) doc: &'a str,
    /// Project path, which decides the language.
    pub(crate) path: &'a str,
    /// Dark colours.
    pub(crate) dark: bool,
    /// Shown but not changed.
    pub(crate) read_only: bool,
    /// TypeScript; without it the editor knows no types.
    pub(crate) types: Option<&'a TypesClient>,
}

/// An editor in the page; dropping it removes it.
pub(crate) struct Editor {
    handle: Handle,
    _on_change: Closure<dyn FnMut(String)>,
    _on_save: Closure<dyn FnMut()>,
    _on_follow: Closure<dyn FnMut(bool)>,
}

impl Editor {
    /// Imports the module and puts an editor into `parent`. `on_follow` hears when the
    /// person scrolls away from the end of a text that can't be changed, or back to it.
    ///
    /// # Errors
    /// A sentence, when the module can't be loaded or doesn't work here.
    pub(crate) async fn create(
        address: &str,
        parent: &HtmlElement,
        options: Options<'_>,
        on_change: impl FnMut(String) + 'static,
        on_save: impl FnMut() + 'static,
        on_follow: impl FnMut(bool) + 'static,
    ) -> Result<Self, String> {
        let module: EditorModule = load(address).await?.unchecked_into();
        let on_change = Closure::<dyn FnMut(String)>::new(on_change);
        let on_save = Closure::<dyn FnMut()>::new(on_save);
        let on_follow = Closure::<dyn FnMut(bool)>::new(on_follow);
        let values = object(&[
            ("doc", options.doc.into()),
            ("path", options.path.into()),
            ("dark", options.dark.into()),
            ("readOnly", options.read_only.into()),
            (
                "types",
                options.types.map_or(JsValue::UNDEFINED, TypesClient::to_js),
            ),
            ("onChange", on_change.as_ref().clone()),
            ("onSave", on_save.as_ref().clone()),
            ("onFollow", on_follow.as_ref().clone()),
        ]);
        let handle = module
            .create_editor(parent, &values)
            .map_err(|_| "the editor couldn't be started".to_owned())?;
        Ok(Self {
            handle,
            _on_change: on_change,
            _on_save: on_save,
            _on_follow: on_follow,
        })
    }

    /// Shows another file, or another text of the same file.
    pub(crate) fn set_doc(&self, path: &str, text: &str) {
        ignore(self.handle.set_doc(path, text));
    }

    /// Adds text at the end of the file shown.
    pub(crate) fn append(&self, text: &str) {
        ignore(self.handle.append(text));
    }

    /// While on, the end stays in view when the text grows.
    pub(crate) fn set_follow(&self, on: bool) {
        ignore(self.handle.set_follow(on));
    }

    /// Marks what changed since an earlier text, which then can't be changed; `None` ends that.
    pub(crate) fn compare(&self, before: Option<&str>) -> Option<LineCounts> {
        let counts = self.handle.compare(before);
        let counts = counts.unwrap_or_else(|error| {
            ignore(Err(error));
            None
        })?;
        Some(LineCounts {
            added: counts.added(),
            removed: counts.removed(),
        })
    }

    /// Goes to the next marked change.
    pub(crate) fn next_change(&self) {
        ignore(self.handle.go_to_change(1));
    }

    /// Goes to the marked change before.
    pub(crate) fn previous_change(&self) {
        ignore(self.handle.go_to_change(-1));
    }

    /// Underlines findings.
    pub(crate) fn set_diagnostics<'a>(&self, list: impl Iterator<Item = &'a Diagnostic>) {
        let array = js_sys::Array::new();
        for diagnostic in list {
            let Some(span) = diagnostic.span else {
                continue;
            };
            let severity = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            array.push(&object(&[
                ("line", span.line.into()),
                ("column", span.column.into()),
                ("endLine", span.end_line.into()),
                ("endColumn", span.end_column.into()),
                ("severity", severity.into()),
                ("message", diagnostic.message.as_str().into()),
            ]));
        }
        ignore(self.handle.set_diagnostics(&array));
    }

    /// Scrolls to a place, counted from 1, and puts the cursor there.
    pub(crate) fn reveal(&self, line: u32, column: u32) {
        ignore(self.handle.reveal_position(line, column));
        ignore(self.handle.focus());
    }

    /// Changes the colours.
    pub(crate) fn set_dark(&self, dark: bool) {
        ignore(self.handle.set_dark(dark));
    }

    /// Allows or refuses changes.
    pub(crate) fn set_read_only(&self, read_only: bool) {
        ignore(self.handle.set_read_only(read_only));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        ignore(self.handle.destroy());
    }
}

/// Imports the editor's module, which the browser loads once.
///
/// # Errors
/// A sentence, when it can't be loaded.
pub(super) async fn load(address: &str) -> Result<JsValue, String> {
    JsFuture::from(import_module(address))
        .await
        .map_err(|_| "the editor couldn't be loaded".to_owned())
}

/// An editor that throws shows it in the browser's console; the text is in the store.
pub(super) fn ignore(result: Result<(), JsValue>) {
    if let Err(error) = result {
        leptos::logging::warn!("the editor threw {error:?}");
    }
}

/// An object with these properties.
pub(super) fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh object can't fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
