//! What the tests of the publish build share too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bundler_wasm::STACK_BYTES;

/// Runs a test where deeply nested code has the stack that it needs.
pub(crate) fn with_stack<T: Send + 'static>(test: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(test)
        .unwrap()
        .join()
        .unwrap()
}

/// Texts of all files below a folder, by path.
pub(crate) fn read_folder(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                files.insert(name.into_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}
