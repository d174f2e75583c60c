//! Base64 as the wire has it.

/// Bytes that a Base64 text stands for: four characters for three.
pub(crate) fn byte_count(base64: &str) -> usize {
    base64.trim_end_matches('=').len() * 3 / 4
}

/// The first bytes as text; what is no UTF-8 is a replacement character. `None` when it isn't Base64.
pub(crate) fn text(base64: &str, max_bytes: usize) -> Option<String> {
    // Whole groups of four.
    let part = base64.get(..max_bytes.div_ceil(3) * 4).unwrap_or(base64);
    // A character for each byte.
    let binary = web_sys::window()?.atob(part).ok()?;
    let bytes: Vec<u8> = binary
        .chars()
        .filter_map(|byte| u8::try_from(byte).ok())
        .collect();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
