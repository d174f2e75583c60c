//! Encryption of what the database must not hold in the clear: the providers'
//! keys. XChaCha20-Poly1305, whose nonces are long enough to be random, with a
//! key that HKDF-SHA256 makes of the server's secret.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::provider::Secret;

/// Beside the database: the secret where `CUMULET_SECRET` gives none.
const KEY_FILE: &str = "secret.key";
/// Bytes of randomness in it.
const SECRET_BYTES: usize = 32;
/// First byte of what is sealed: a later way of sealing takes another number.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Seals and opens texts with the server's secret.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    /// A vault whose key derives from a text of any length.
    pub fn new(secret: &str) -> Self {
        let mut key = Key::default();
        // Fails for more than 255 hashes' length alone.
        let _ = Hkdf::<Sha256>::new(Some(b"cumulet"), secret.as_bytes())
            .expand(b"keys of providers", &mut key);
        Self(XChaCha20Poly1305::new(&key))
    }

    /// A vault with the given secret, or else with that of the key file in the
    /// data folder, which is made if it isn't there.
    ///
    /// # Errors
    /// When the file can't be read or made, or holds less than a key.
    pub fn open(folder: &Path, secret: Option<&Secret>) -> io::Result<Self> {
        if let Some(secret) = secret {
            return Ok(Self::new(secret.expose()));
        }
        let file = folder.join(KEY_FILE);
        let text = match fs::read_to_string(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => make_key_file(&file)?,
            read => read?,
        };
        if text.trim().len() < SECRET_BYTES {
            return Err(io::Error::other("it is too short for a key"));
        }
        Ok(Self::new(text.trim()))
    }

    /// Encrypts a text for this context: it opens in no other one.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn seal(&self, text: &str, context: &str) -> io::Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        let payload = Payload {
            msg: text.as_bytes(),
            aad: context.as_bytes(),
        };
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| io::Error::other("the key could not be encrypted"))?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Vault::seal`] made; `None` when secret or context differ.
    pub fn unseal(&self, sealed: &[u8], context: &str) -> Option<String> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload {
            msg: text,
            aad: context.as_bytes(),
        };
        let opened = (*version == VERSION)
            .then(|| self.0.decrypt(&XNonce::from(*nonce), payload).ok())
            .flatten()?;
        String::from_utf8(opened).ok()
    }
}

/// Writes it beside its place first: a file that is there is whole.
fn make_key_file(file: &Path) -> io::Result<String> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let text = STANDARD.encode(bytes);
    let new = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(&new)?;
    opened.write_all(text.as_bytes())?;
    opened.sync_all()?;
    fs::rename(&new, file)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_secret_and_context_alone() {
        let vault = Vault::new("one");
        let sealed = vault.seal("sk-1", "a").unwrap();
        assert_eq!(vault.unseal(&sealed, "a").as_deref(), Some("sk-1"));
        assert_eq!(vault.unseal(&sealed, "b"), None);
        assert_eq!(Vault::new("two").unseal(&sealed, "a"), None);
        assert_ne!(vault.seal("sk-1", "a").unwrap(), sealed, "nonces differ");
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert_eq!(vault.unseal(&other, "a"), None, "byte {at}");
            assert_eq!(vault.unseal(&sealed[..at], "a"), None, "cut at {at}");
        }
    }

    #[test]
    fn the_key_file_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let sealed = Vault::open(folder.path(), None)
            .unwrap()
            .seal("sk-1", "")
            .unwrap();
        let again = Vault::open(folder.path(), None).unwrap();
        assert_eq!(again.unseal(&sealed, "").as_deref(), Some("sk-1"));
        let given = Vault::open(folder.path(), Secret::new("mine").as_ref()).unwrap();
        assert_eq!(given.unseal(&sealed, ""), None);
        let file = folder.path().join(KEY_FILE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&file, "short").unwrap();
        assert!(Vault::open(folder.path(), None).is_err());
    }
}
