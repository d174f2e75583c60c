//! The one folder outside the clone that holds tools and build output.
//! Deleting it costs time, nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

/// The cache folder and the clone that it serves.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    root: PathBuf,
    clone: PathBuf,
}

impl Cache {
    /// Opens, and if need be makes, the cache folder: `CUMULET_CACHE`, else
    /// `XDG_CACHE_HOME/cumulet`, else `~/.cache/cumulet`.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let root = environment("CUMULET_CACHE")
            .map(PathBuf::from)
            .or_else(|| environment("XDG_CACHE_HOME").map(|dir| Path::new(&dir).join("cumulet")))
            .or_else(|| std::env::home_dir().map(|home| home.join(".cache/cumulet")))
            .context("no home folder: name a folder for tools and build output in CUMULET_CACHE")?;
        fs::create_dir_all(&root).with_context(|| {
            format!(
                "can't make the folder {}: name another one in CUMULET_CACHE",
                root.display()
            )
        })?;
        // Asked at run time: clones that share a target folder share this program.
        let manifest_dir = environment("CARGO_MANIFEST_DIR")
            .context("start xtask by `cargo xtask`: cargo says which clone it is for")?;
        let clone = Path::new(&manifest_dir)
            .parent()
            .context("xtask lies in the root of the clone")?
            .to_path_buf();
        Ok(Self {
            root: root.canonicalize()?,
            clone,
        })
    }

    /// Root of the clone.
    pub(crate) fn clone_dir(&self) -> &Path {
        &self.clone
    }

    /// A path in the clone.
    pub(crate) fn source(&self, path: &str) -> PathBuf {
        self.clone.join(path)
    }

    /// A path in the cache folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        self.path("target")
    }
}

/// An environment variable, if it is set and not empty.
pub(crate) fn environment(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where xtask reads the environment"
    )]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Hexadecimal SHA-256 of `bytes`.
pub(crate) fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a String can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Digits of a [`short_hash`]: enough to tell versions of a file apart.
pub(crate) const SHORT_HASH_CHARS: usize = 10;

/// The first hexadecimal digits of the same.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    hash(bytes).chars().take(SHORT_HASH_CHARS).collect()
}
