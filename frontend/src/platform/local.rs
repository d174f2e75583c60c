//! `localStorage` for small preferences. Fails silently: a browser that
//! refuses storage only forgets a preference.

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Reads a preference.
pub(crate) fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Writes a preference.
pub(crate) fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or refused storage only loses a preference.
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a preference.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = storage() {
        // What a refused storage doesn't hold is gone already.
        let _ = storage.remove_item(key);
    }
}
