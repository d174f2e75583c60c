//! Binary files of a project. A project's files are texts everywhere: on the
//! wire, in the stores, in the bundler. A file whose path has one of the
//! endings below is binary, and its text is the data URL of its bytes:
//! `data:<media type>;base64,<bytes>`. SVG is a text and stands as it is.

/// Endings of binary files, lower case, and the media type of each.
const MEDIA_TYPES: [(&str, &str); 21] = [
    ("aac", "audio/aac"),
    ("avif", "image/avif"),
    ("eot", "application/vnd.ms-fontobject"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ttf", "font/ttf"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
];

/// Media type of the binary file at a path; `None` for a text.
pub fn media_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    MEDIA_TYPES
        .iter()
        .find(|(known, _)| ending.eq_ignore_ascii_case(known))
        .map(|(_, media_type)| *media_type)
}

/// The bytes of a binary file, as the Base64 in its text; `None` when the text
/// isn't a data URL with Base64.
pub fn base64_of(text: &str) -> Option<&str> {
    let (head, bytes) = text.trim().split_once(',')?;
    let is_head = head.starts_with("data:") && head.ends_with(";base64");
    let is_base64 = bytes
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    (is_head && is_base64).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_files_are_told_by_their_ending() {
        assert_eq!(media_type("src/a.PNG"), Some("image/png"));
        assert_eq!(media_type("public/f.woff2"), Some("font/woff2"));
        for text in ["src/a.svg", "src/png", "a.ts", ""] {
            assert_eq!(media_type(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_come_from_data_urls_only() {
        assert_eq!(base64_of("data:image/png;base64,AAEC\n"), Some("AAEC"));
        assert_eq!(base64_of("data:;base64,"), Some(""));
        for text in ["", "AAEC", "data:image/png,x", "data:a;base64,<svg>"] {
            assert_eq!(base64_of(text), None, "{text}");
        }
    }
}
