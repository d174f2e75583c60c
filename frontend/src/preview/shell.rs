//! Where the shell of an app is: on the studio's own origin, or on one that is
//! the app's alone, so that the browser gives it a process of its own.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

/// Stands for the app in the template of origins.
const APP: &str = "{app}";
/// Bytes of the hash that name an app: 32 letters and digits.
const LABEL_BYTES: usize = 20;

/// The shell's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shell {
    /// What the frame loads.
    pub(crate) address: String,
    /// Its origin; `None` on the studio's own, where its policies make it opaque.
    pub(crate) origin: Option<String>,
}

impl Shell {
    /// The shell at this path of the studio's own origin.
    pub(crate) fn shared(path: &str) -> Self {
        Self {
            address: path.to_owned(),
            origin: None,
        }
    }

    /// The shell on an app's own origin, by a template such as `https://{app}.apps.example.org`.
    ///
    /// # Errors
    /// A sentence, when the browser doesn't make hashes.
    pub(crate) async fn apart(template: &str, path: &str, app_id: &str) -> Result<Self, String> {
        let label = label(app_id).await?;
        let origin = template.replace(APP, &label);
        Ok(Self {
            address: format!("{origin}{path}"),
            origin: Some(origin),
        })
    }
}

/// An app's name as a part of a host name: from its hash, since name servers see it.
async fn label(app_id: &str) -> Result<String, String> {
    let failed = |_| "the browser makes no hashes here; open the studio by https".to_owned();
    let window = web_sys::window().ok_or("there is no window")?;
    let text = format!("cumulet app {app_id}");
    let digest = window
        .crypto()
        .and_then(|crypto| {
            // Missing without https, whatever the declarations say.
            let subtle = js_sys::Reflect::get(&crypto, &"subtle".into())?;
            if subtle.is_undefined() {
                return Err(subtle);
            }
            crypto
                .subtle()
                .digest_with_str_and_u8_array("SHA-256", text.as_bytes())
        })
        .map_err(failed)?;
    let digest = JsFuture::from(digest).await.map_err(failed)?;
    Ok(base32(
        Uint8Array::new(&digest)
            .to_vec()
            .get(..LABEL_BYTES)
            .unwrap_or_default(),
    ))
}

/// Lower-case letters and digits, five bits each.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let bits = chunk
                .iter()
                .chain(std::iter::repeat(&0))
                .take(5)
                .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            (0..8).rev().map(move |place| bits >> (place * 5) & 31)
        })
        .filter_map(|value| LETTERS.get(usize::try_from(value).ok()?))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_bits_are_a_letter() {
        assert_eq!(base32(b"fooba"), "mzxw6ytb");
        assert_eq!(base32(&[0; 20]).len(), 32);
    }
}
