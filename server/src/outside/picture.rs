//! What counts as a picture: the other side says so, and its first bytes do.

/// Media type by the first bytes, for an answer that names an `image/` type itself.
pub(super) fn media_type(named: Option<&str>, body: &[u8]) -> Option<&'static str> {
    if !named?
        .trim_start()
        .to_ascii_lowercase()
        .starts_with("image/")
    {
        return None;
    }
    let is_at = |start: usize, magic: &[u8]| {
        body.get(start..)
            .is_some_and(|rest| rest.starts_with(magic))
    };
    if is_at(0, b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if is_at(0, b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if is_at(0, b"GIF87a") || is_at(0, b"GIF89a") {
        Some("image/gif")
    } else if is_at(0, b"RIFF") && is_at(8, b"WEBP") {
        Some("image/webp")
    } else if is_at(4, b"ftypavif") || is_at(4, b"ftypavis") {
        Some("image/avif")
    } else if is_at(0, b"BM") {
        Some("image/bmp")
    } else if is_at(0, b"\0\0\x01\0") {
        Some("image/x-icon")
    } else if is_svg(body) {
        Some("image/svg+xml")
    } else {
        None
    }
}

/// As `<img>` shows one, its scripts don't run.
fn is_svg(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(body.get(..1024).unwrap_or(body)).into_owned();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<svg")
        || (head.starts_with("<?xml") || head.starts_with("<!")) && head.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn believes_only_pictures_that_are_some() {
        let png = b"\x89PNG\r\n\x1a\nrest";
        let check = |named, body: &[u8], expected| assert_eq!(media_type(named, body), expected);
        check(Some("image/png"), png, Some("image/png"));
        check(Some("Image/JPEG; q=1"), png, Some("image/png"));
        check(Some("text/html"), png, None);
        check(None, png, None);
        check(Some("image/png"), b"<html><script>", None);
        check(Some("image/png"), b"", None);
        check(
            Some("image/webp"),
            b"RIFF\0\0\0\0WEBPVP8 ",
            Some("image/webp"),
        );
        check(
            Some("image/avif"),
            b"\0\0\0\x20ftypavif",
            Some("image/avif"),
        );
        check(
            Some("image/svg+xml"),
            b"\xef\xbb\xbf <svg/>",
            Some("image/svg+xml"),
        );
        check(
            Some("image/svg+xml"),
            b"<?xml version='1.0'?><!-- x --><svg/>",
            Some("image/svg+xml"),
        );
        check(Some("image/svg+xml"), b"<!doctype html><p>", None);
    }
}
