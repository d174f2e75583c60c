//! The folder of the built site: the files that the server itself reads from
//! it, read again when they change, so that a rebuild needs no restart.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::http::{HeaderName, HeaderValue};
use bundler_wasm::Bundler;
use protocol::manifest::Manifest;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A header as it goes on responses.
pub type Header = (HeaderName, HeaderValue);

/// What to do about a folder that is no site.
const BUILD: &str =
    "build the site with `cargo xtask run`, or name another folder with `--site DIR`";

/// Contents of `headers.json`.
#[derive(Debug, Default)]
pub struct PolicyHeaders {
    /// For `/sandbox/shell.html`.
    pub shell: Vec<Header>,
    /// For the shell where each app has an origin of its own.
    pub subdomain: Vec<Header>,
    /// For everything else.
    pub host: Vec<Header>,
    /// For pages of the studio that ask language models themselves.
    pub direct: Vec<Header>,
}

/// The site's folder.
#[derive(Debug)]
pub struct Site {
    folder: PathBuf,
    headers: Watched<PolicyHeaders>,
    manifest: Watched<Manifest>,
}

impl Site {
    /// Checks that the folder holds a site.
    ///
    /// # Errors
    /// A sentence for a person: what is missing, and how to get it.
    pub fn open(folder: &Path) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err(format!(
                "there is no site folder at `{}`: {BUILD}",
                folder.display()
            ));
        }
        for file in ["index.html", "headers.json"] {
            if !folder.join(file).is_file() {
                return Err(format!(
                    "the site folder `{}` lacks `{file}`: {BUILD}",
                    folder.display()
                ));
            }
        }
        let site = Self {
            folder: folder.to_owned(),
            headers: Watched::new(folder.join("headers.json"), parse_headers),
            manifest: Watched::new(manifest_path(folder), parse_manifest),
        };
        site.headers
            .get()
            .map_err(|reason| format!("{reason}: {BUILD}"))?;
        Ok(site)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Policy headers.
    ///
    /// # Errors
    /// A sentence that says why `headers.json` can't be used.
    pub fn headers(&self) -> Result<Arc<PolicyHeaders>, String> {
        self.headers.get()
    }

    /// The dependency manifest.
    ///
    /// # Errors
    /// A sentence that says why it can't be used.
    pub fn manifest(&self) -> Result<Arc<Manifest>, String> {
        self.manifest.get()
    }
}

/// The dependency manifest of the site in `folder`, of which nothing else need be there.
///
/// # Errors
/// A sentence for a person: what is missing, and how to get it.
pub fn read_manifest(folder: &Path) -> Result<Manifest, String> {
    read_json(&manifest_path(folder))
}

/// The same packages as published apps load them.
///
/// # Errors
/// A sentence for a person: what is missing, and how to get it.
pub fn read_production_manifest(folder: &Path) -> Result<Manifest, String> {
    read_json(&folder.join("deps").join("manifest.production.json"))
}

/// Gives a bundler a file that it lacks, from the site in `folder`.
///
/// # Errors
/// A sentence for a person: what is missing, and how to get it.
pub fn supply(folder: &Path, bundler: &mut Bundler, file: &str) -> Result<(), String> {
    let path = folder.join("deps").join(file);
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("`{}` can't be read: {error}: {BUILD}", path.display()))?;
    bundler
        .supply(file, &text)
        .map_err(|reason| format!("`{}` can't be used: {reason}: {BUILD}", path.display()))
}

/// Addresses of the site's scripts, by logical name.
#[derive(Debug, Deserialize)]
pub struct Assets(BTreeMap<String, String>);

impl Assets {
    /// Where the file of a logical name is.
    ///
    /// # Errors
    /// A sentence for a person: there is none of this name.
    pub fn place(&self, folder: &Path, name: &str) -> Result<PathBuf, String> {
        let address = self.0.get(name);
        let address = address.ok_or_else(|| {
            format!(
                "`{}` lacks `{name}` in its assets.json: {BUILD}",
                folder.display()
            )
        })?;
        Ok(folder.join(address.trim_start_matches('/')))
    }
}

/// The addresses of the site in `folder`.
///
/// # Errors
/// A sentence for a person: what is missing, and how to get it.
pub fn read_assets(folder: &Path) -> Result<Assets, String> {
    read_json(&folder.join("assets.json"))
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    fs::read(path)
        .map_err(|error| format!("`{}` can't be read: {error}: {BUILD}", path.display()))
        .and_then(|bytes| {
            serde_json::from_slice(&bytes)
                .map_err(|reason| format!("`{}` can't be used: {reason}: {BUILD}", path.display()))
        })
}

fn manifest_path(folder: &Path) -> PathBuf {
    folder.join("deps").join("manifest.json")
}

/// A parsed file, parsed again when its time or size changes.
#[derive(Debug)]
struct Watched<T> {
    path: PathBuf,
    parse: fn(&[u8]) -> Result<T, String>,
    parsed: Mutex<Option<(Stamp, Arc<T>)>>,
}

/// Time of the last change, and size in bytes.
type Stamp = (Option<SystemTime>, u64);

impl<T> Watched<T> {
    fn new(path: PathBuf, parse: fn(&[u8]) -> Result<T, String>) -> Self {
        Self {
            path,
            parse,
            parsed: Mutex::new(None),
        }
    }

    fn get(&self) -> Result<Arc<T>, String> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        match (
            self.read(parsed.as_ref().map(|(stamp, _)| *stamp)),
            parsed.as_ref(),
        ) {
            (Ok(Some((stamp, value))), _) => {
                let value = Arc::new(value);
                *parsed = Some((stamp, Arc::clone(&value)));
                Ok(value)
            }
            // Unchanged; or missing or half written in the middle of a rebuild,
            // where what was there before is better than nothing.
            (Ok(None) | Err(_), Some((_, value))) => Ok(Arc::clone(value)),
            (Err(reason), None) => Err(reason),
            (Ok(None), None) => Err(format!("`{}` is empty", self.path.display())),
        }
    }

    /// The parsed file with its stamp, or `None` when the stamp is the known one.
    fn read(&self, known: Option<Stamp>) -> Result<Option<(Stamp, T)>, String> {
        let unreadable =
            |error: io::Error| format!("`{}` can't be read: {error}", self.path.display());
        let metadata = fs::metadata(&self.path).map_err(unreadable)?;
        let stamp = (metadata.modified().ok(), metadata.len());
        if known == Some(stamp) {
            return Ok(None);
        }
        let bytes = fs::read(&self.path).map_err(unreadable)?;
        let value = (self.parse)(&bytes)
            .map_err(|reason| format!("`{}` can't be used: {reason}", self.path.display()))?;
        Ok(Some((stamp, value)))
    }
}

fn parse_manifest(bytes: &[u8]) -> Result<Manifest, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

fn parse_headers(bytes: &[u8]) -> Result<PolicyHeaders, String> {
    type Group = std::collections::BTreeMap<String, String>;
    #[derive(serde::Deserialize)]
    struct File {
        shell: Group,
        subdomain: Group,
        host: Group,
        direct: Group,
    }
    fn convert(group: Group) -> Result<Vec<Header>, String> {
        group
            .into_iter()
            .map(|(name, value)| {
                let parsed_name = name
                    .parse()
                    .map_err(|_| format!("`{name}` is no header name"))?;
                let parsed_value = value
                    .parse()
                    .map_err(|_| format!("the value of `{name}` is no header value"))?;
                Ok((parsed_name, parsed_value))
            })
            .collect()
    }
    let file: File = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let headers = PolicyHeaders {
        shell: convert(file.shell)?,
        subdomain: convert(file.subdomain)?,
        host: convert(file.host)?,
        direct: convert(file.direct)?,
    };
    let has_policy = |group: &[Header]| {
        group
            .iter()
            .any(|(name, _)| name == "content-security-policy")
    };
    let groups = [
        &headers.shell,
        &headers.subdomain,
        &headers.host,
        &headers.direct,
    ];
    if !groups.into_iter().all(|group| has_policy(group)) {
        return Err("it lacks a Content-Security-Policy".to_owned());
    }
    Ok(headers)
}
