//! Pictures, fonts and sounds. The bundler puts them into the code as data
//! URLs; large ones become files here, which load beside the code and only
//! where they are shown.

use std::collections::BTreeMap;

use bundler_wasm::App;
use data_encoding::BASE64_NOPAD;
use protocol::asset::{base64_of, media_type};

use crate::names::{FOLDER, file_name};

/// Data URLs up to this many bytes of content stay where they are: a request
/// of its own costs more. The same limit as Vite's.
const MAX_INLINE_BYTES: usize = 4 * 1024;

/// Where an asset's file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// From the page: with the site's base in front.
    pub(crate) from_page: String,
    /// From a style sheet, which lies in the same folder.
    pub(crate) from_styles: String,
}

/// The large assets of an app: addresses by data URL, and files by path on the site.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    pub(crate) addresses: BTreeMap<String, Address>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Assets {
    /// Finds the assets that are too large to stay in the code.
    pub(crate) fn of(app: &App<'_>, base: &str) -> Self {
        let mut assets = Self::default();
        for (path, url) in app.assets() {
            let Some(content) = content(&url).filter(|content| content.len() > MAX_INLINE_BYTES)
            else {
                continue;
            };
            let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
            let name = file_name(path, &ending.to_ascii_lowercase(), &content);
            let place = format!("{FOLDER}{name}");
            assets.addresses.insert(
                url,
                Address {
                    from_page: format!("{base}{place}"),
                    from_styles: name,
                },
            );
            assets.files.insert(place, content);
        }
        assets
    }

    /// A style sheet with addresses in place of large data URLs.
    pub(crate) fn in_styles(&self, css: &str) -> String {
        self.replaced(css, |address| &address.from_styles)
    }

    /// The same for HTML.
    pub(crate) fn in_page(&self, html: &str) -> String {
        self.replaced(html, |address| &address.from_page)
    }

    fn replaced(&self, text: &str, choose: impl Fn(&Address) -> &String) -> String {
        let mut text = text.to_owned();
        // From the last: a URL stands in this order before those that begin with it.
        for (url, address) in self.addresses.iter().rev() {
            // The bundler escapes this one where quotes stand around the URL.
            for url in [url.clone(), url.replace('\'', "%27")] {
                if text.contains(&url) {
                    text = text.replace(&url, choose(address));
                }
            }
        }
        text
    }

    /// The files whose address occurs in one of these texts.
    pub(crate) fn used_in(self, texts: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let is_used = |place: &String| {
            let name = place.strip_prefix(FOLDER).unwrap_or(place);
            texts.iter().any(|text| text.contains(name))
        };
        let files = self.files.into_iter();
        files.filter(|(place, _)| is_used(place)).collect()
    }
}

/// What a data URL holds.
fn content(url: &str) -> Option<Vec<u8>> {
    if let Some(base64) = base64_of(url) {
        return decoded(base64);
    }
    let (_, text) = url.split_once(',')?;
    let mut content = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        content.push(match byte {
            b'%' => (hexadecimal(bytes.next()?)? << 4) | hexadecimal(bytes.next()?)?,
            byte => byte,
        });
    }
    Some(content)
}

/// The bytes of Base64, which browsers read without the `=` at its end too.
fn decoded(base64: &str) -> Option<Vec<u8>> {
    let digits = base64.trim_end_matches('=');
    BASE64_NOPAD.decode(digits.as_bytes()).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// The bytes of a project's file, whose text is a data URL if it is a binary one.
pub(crate) fn bytes_of(path: &str, text: &str) -> Vec<u8> {
    let decoded = media_type(path)
        .and_then(|_| base64_of(text))
        .and_then(decoded);
    decoded.unwrap_or_else(|| text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_urls_are_read() {
        assert_eq!(content("data:image/png;base64,AAEC"), Some(vec![0, 1, 2]));
        assert_eq!(
            content("data:image/svg+xml,%3Csvg a='1'"),
            Some(b"<svg a='1'".to_vec())
        );
        for broken in ["data:image/png;base64,A", "data:a,%4", "data:a,%zz", ""] {
            assert_eq!(content(broken), None, "{broken}");
        }
    }

    #[test]
    fn binary_files_become_bytes_and_texts_stay() {
        for (base64, bytes) in [
            ("AAEC", vec![0, 1, 2]),
            ("AAE=", vec![0, 1]),
            ("AA", vec![0]),
        ] {
            let url = format!("data:image/png;base64,{base64}");
            assert_eq!(bytes_of("a.png", &url), bytes);
            assert_eq!(content(&url), Some(bytes));
        }
        assert_eq!(
            bytes_of("robots.txt", "data:;base64,AAEC"),
            b"data:;base64,AAEC"
        );
    }

    #[test]
    fn a_url_that_begins_another_one_leaves_it_whole() {
        let address = |name: &str| Address {
            from_page: format!("/assets/{name}"),
            from_styles: name.to_owned(),
        };
        let assets = Assets {
            addresses: [("data:,A", "a.svg"), ("data:,A%0A", "b.svg")]
                .map(|(url, name)| (url.to_owned(), address(name)))
                .into(),
            ..Assets::default()
        };
        let css = assets.in_styles("url(data:,A%0A) url(data:,A)");
        assert_eq!(css, "url(b.svg) url(a.svg)");
    }
}
