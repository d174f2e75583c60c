//! Names of files: what they are, and a hash of what is in them, so that hosts
//! may let browsers keep them for ever.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Folder of everything that is named by its content.
pub(crate) const FOLDER: &str = "assets/";

/// Characters of a hash: 48 bits, enough for some hundred files.
const HASH_CHARS: usize = 12;

/// Hexadecimal SHA-256 of a text or file.
pub(crate) fn hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// `src/pages/About us.tsx` with the ending `js` → `about-us-0123456789ab.js`.
pub(crate) fn file_name(path: &str, ending: &str, content: &[u8]) -> String {
    let hash: String = hash(content).chars().take(HASH_CHARS).collect();
    format!("{}-{hash}.{ending}", stem(path))
}

/// The name of a file without folder and ending, as far as it may stand in
/// any address.
fn stem(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or(path);
    let mut stem = file.split('.').next().unwrap_or(file);
    // `pages/about/index.tsx` is about, not index.
    if stem == "index" {
        stem = parts.next().unwrap_or(stem);
    }
    let mut name = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    match name.trim_end_matches('-') {
        "" => "file".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_into_addresses() {
        let named = |path| file_name(path, "js", b"x");
        assert_eq!(named("src/pages/About us.tsx"), "about-us-2d711642b726.js");
        assert_eq!(named("src/about/index.tsx"), "about-2d711642b726.js");
        assert_eq!(named("index.html"), "index-2d711642b726.js");
        assert_eq!(named("src/日本.ts"), "file-2d711642b726.js");
        assert_ne!(file_name("a.js", "js", b"x"), file_name("a.js", "js", b"y"));
    }
}
