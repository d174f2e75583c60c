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

/// The text of a binary file: the data URL of its bytes.
pub fn data_url(media_type: &str, bytes: &[u8]) -> String {
    let mut url = format!("data:{media_type};base64,");
    url.reserve(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let sign = bits >> (18 - 6 * index) & 63;
            let is_there = index <= group.len();
            url.push(if is_there { base64_sign(sign) } else { '=' });
        }
    }
    url
}

/// RFC 4648, section 4.
fn base64_sign(value: u32) -> char {
    let sign = match u8::try_from(value).unwrap_or_default() {
        value @ 0..=25 => b'A' + value,
        value @ 26..=51 => b'a' + value - 26,
        value @ 52..=61 => b'0' + value - 52,
        62 => b'+',
        _ => b'/',
    };
    char::from(sign)
}

/// Number of bytes that a Base64 text stands for.
pub fn byte_count(base64: &str) -> usize {
    base64.trim_end_matches('=').len() * 3 / 4
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
    fn bytes_are_written_as_base64() {
        for (bytes, base64) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (&[0xfb, 0xff, 0xbf, 0x00], "+/+/AA=="),
        ] {
            let url = data_url("image/png", bytes);
            assert_eq!(url, format!("data:image/png;base64,{base64}"));
            assert_eq!(base64_of(&url).map(byte_count), Some(bytes.len()));
        }
        let largest = vec![0; crate::limits::MAX_ASSET_BYTES];
        let text = data_url("application/vnd.ms-fontobject", &largest);
        assert!(text.len() <= crate::limits::MAX_FILE_BYTES);
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
