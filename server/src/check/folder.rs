//! A folder on the disk as a project: which of its files are the app's, and
//! why the others aren't.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use protocol::asset::{data_url, media_type};
use protocol::limits::{MAX_APP_BYTES, MAX_ASSET_BYTES, MAX_FILE_BYTES, MAX_FILES};
use serde::Serialize;

/// Files and folders after which a folder can't be one app's: pictures and
/// tool output count here, so this is far above what the bundler accepts.
const MAX_ENTRIES: usize = 40 * MAX_FILES;
/// Bytes of text after which it can't be one app's: what is kept in memory.
const MAX_TEXT_BYTES: usize = 10 * MAX_APP_BYTES;

/// In a folder with this file lies a site that was built here: none of the
/// app's sources, even where it lies among them.
pub(crate) const BUILD_MARK: &str = ".cumulet-build";

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Texts by project path.
    pub(crate) files: BTreeMap<String, String>,
    /// Files that are left out.
    pub(crate) skipped: Vec<Skipped>,
}

/// A file that isn't given to the bundler.
#[derive(Debug, Serialize)]
pub(crate) struct Skipped {
    /// Project path; what isn't Unicode in it is replaced.
    pub(super) file: String,
    /// Why, as the end of the sentence "`x` was left out: …".
    pub(super) reason: String,
    /// Whether a person wants to know even when nothing imports it.
    #[serde(skip)]
    pub(super) is_notable: bool,
}

impl Folder {
    /// Reads a folder with everything below it. Links to its own files are
    /// followed, others aren't: those to folders can lead in circles, and what
    /// lies elsewhere may be private and would be published.
    ///
    /// # Errors
    /// A sentence for a person: what can't be read, or that this is no app.
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let real_root = root
            .canonicalize()
            .map_err(|error| unreadable(root, &error))?;
        let mut found = Self::default();
        let mut entries = 0;
        let mut bytes = 0;
        let mut waiting = vec![(root.to_owned(), String::new())];
        while let Some((folder, prefix)) = waiting.pop() {
            for entry in list(&folder)? {
                entries += 1;
                let file_name = entry.file_name();
                let name = file_name.to_string_lossy();
                let path = format!("{prefix}{name}");
                let kind = entry
                    .file_type()
                    .map_err(|error| unreadable(&entry.path(), &error))?;
                if kind.is_dir()
                    && (is_left_out(&name, prefix.is_empty())
                        || entry.path().join(BUILD_MARK).exists())
                {
                    continue;
                }
                if file_name.to_str().is_none() {
                    found.skip(path, "its name isn't Unicode", true);
                } else if kind.is_dir() {
                    waiting.push((entry.path(), format!("{path}/")));
                } else {
                    bytes += found.take(&entry.path(), path, &real_root)?;
                }
                if entries > MAX_ENTRIES || bytes > MAX_TEXT_BYTES {
                    return Err(format!(
                        "`{}` holds too much for one app: name the app's own folder, the one with `src` in it",
                        root.display()
                    ));
                }
            }
        }
        Ok(found)
    }

    /// Takes a file in, or says why not. Gives the bytes that are kept.
    fn take(&mut self, place: &Path, path: String, root: &Path) -> Result<usize, String> {
        let metadata = match fs::metadata(place) {
            Ok(metadata) => metadata,
            // Links to nothing and links in circles; editors leave such behind.
            Err(error) if place.is_symlink() => {
                self.skip(path, &format!("its link leads nowhere ({error})"), true);
                return Ok(0);
            }
            Err(error) => return Err(unreadable(place, &error)),
        };
        if metadata.is_dir() {
            self.skip(path, "links to folders aren't followed", true);
            return Ok(0);
        }
        // Opening a pipe would wait for its writer.
        if !metadata.is_file() {
            self.skip(path, "it isn't an ordinary file", true);
            return Ok(0);
        }
        if place.is_symlink() {
            let target = place.canonicalize();
            let target = target.map_err(|error| unreadable(place, &error))?;
            if !target.starts_with(root) {
                self.skip(path, "its link leads out of the folder", true);
                return Ok(0);
            }
        }
        let mut content = Vec::new();
        File::open(place)
            .and_then(|file| {
                file.take(MAX_FILE_BYTES as u64 + 1)
                    .read_to_end(&mut content)
            })
            .map_err(|error| unreadable(place, &error))?;
        let media_type = media_type(&path);
        let (limit, kind) = match media_type {
            Some(_) => (MAX_ASSET_BYTES, "a picture or another binary file"),
            None => (MAX_FILE_BYTES, "a file"),
        };
        if content.len() > limit {
            let (limit, size) = (limit / 1024, metadata.len().div_ceil(1024));
            let reason = format!("it has {size} KB, {kind} may have at most {limit} KB");
            self.skip(path, &reason, true);
            return Ok(0);
        }
        let text = match media_type {
            Some(media_type) => Ok(data_url(media_type, &content)),
            None => String::from_utf8(content),
        };
        let Ok(text) = text else {
            let is_notable = is_source(&path) || path.starts_with("public/");
            self.skip(path, "it isn't text in UTF-8", is_notable);
            return Ok(0);
        };
        let bytes = text.len();
        self.files.insert(path, text);
        Ok(bytes)
    }

    fn skip(&mut self, file: String, reason: &str, is_notable: bool) {
        self.skipped.push(Skipped {
            file,
            reason: reason.to_owned(),
            is_notable,
        });
    }
}

/// Entries of a folder by name, so that every run says the same.
fn list(folder: &Path) -> Result<Vec<fs::DirEntry>, String> {
    let mut entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<io::Result<Vec<_>>>)
        .map_err(|error| unreadable(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    Ok(entries)
}

/// Whether a folder holds what tools made: `node_modules` and those with a dot
/// (`.git`, `.vite`) wherever they lie, `dist` in the project's root. Sites say
/// things about themselves in `.well-known`.
fn is_left_out(name: &str, is_in_root: bool) -> bool {
    (name.starts_with('.') && name != ".well-known")
        || name == "node_modules"
        || (is_in_root && name == "dist")
}

/// Whether a file by its name should be text that is compiled.
fn is_source(path: &str) -> bool {
    let ending = Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str());
    matches!(
        ending,
        Some("ts" | "tsx" | "js" | "jsx" | "mjs" | "json" | "css" | "svg")
    )
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("`{}` can't be read: {error}", path.display())
}
