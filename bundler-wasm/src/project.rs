//! The files of a project as the bundler holds them, and what was refused at
//! the door.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use protocol::asset::media_type;
use protocol::bundle::{Diagnostic, Entry};
use protocol::limits::{MAX_APP_BYTES, MAX_FILE_BYTES, MAX_FILES};
use protocol::manifest::{self, KitFiles};
use protocol::path::check_path;

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::gather::gathered;
use crate::language::FileKind;
use crate::resolve::Files;
use crate::source::Source;

/// Names an app can start with, in the order in which they are looked for.
const ENTRY_NAMES: [&str; 3] = ["main", "index", "App"];
/// Endings of an entry, in the same sense.
const ENTRY_ENDINGS: [&str; 4] = ["tsx", "ts", "jsx", "js"];

/// Folder whose files are served as they are, at the root of the site.
pub(crate) const PUBLIC_FOLDER: &str = "public/";

/// All files, by path.
#[derive(Debug, Default)]
pub(crate) struct Project {
    files: BTreeMap<String, Rc<Source>>,
    /// Files that are too large to be looked at, with their size in bytes.
    oversized: BTreeMap<String, usize>,
    /// Changes whose path isn't one, with the reason.
    misnamed: BTreeMap<String, String>,
    kit: Kit,
}

/// The ready kit, whose files stand in for those that the project lacks.
#[derive(Debug, Default)]
struct Kit {
    paths: BTreeSet<String>,
    /// Empty until the kit is there.
    sources: BTreeMap<String, Rc<Source>>,
    theme: String,
}

impl Files for Project {
    fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn has_ready(&self, path: &str) -> bool {
        self.kit.paths.contains(path)
    }
}

impl Project {
    /// A project without files, beside which there is a kit with these.
    pub(crate) fn new(kit: Option<&manifest::Kit>) -> Self {
        let paths = kit.into_iter().flat_map(|kit| kit.paths.iter().cloned());
        Self {
            kit: Kit {
                paths: gathered(paths),
                ..Kit::default()
            },
            ..Self::default()
        }
    }

    /// Forgets all files but the kit's.
    pub(crate) fn clear(&mut self) {
        *self = Self {
            kit: std::mem::take(&mut self.kit),
            ..Self::default()
        };
    }

    /// Takes the kit's texts in.
    pub(crate) fn fill_kit(&mut self, kit: KitFiles) {
        let files = kit.files.into_iter();
        self.kit.sources = gathered(files.map(|(path, text)| (path, Rc::new(Source::new(&text)))));
        self.kit.theme = kit.theme;
    }

    /// Whether the kit has a file at the path, and the project none.
    pub(crate) fn is_ready(&self, path: &str) -> bool {
        !self.has(path) && self.has_ready(path)
    }

    /// The kit's style sheet; nothing until the kit is there.
    pub(crate) fn kit_theme(&self) -> &str {
        &self.kit.theme
    }

    /// Paths of the kit's files, sorted.
    pub(crate) fn kit_paths(&self) -> impl Iterator<Item = &str> {
        self.kit.paths.iter().map(String::as_str)
    }

    /// Takes changes in: new text, or `None` to delete. Whether files came or
    /// went: then specifiers may mean something else.
    pub(crate) fn apply(&mut self, changes: BTreeMap<String, Option<String>>) -> bool {
        let mut moves = false;
        for (path, text) in changes {
            let had = self.files.remove(&path).is_some();
            let had_refused =
                self.oversized.remove(&path).is_some() || self.misnamed.remove(&path).is_some();
            let is_given = text.is_some();
            let taken = self.take(path, text);
            moves |= had != taken || had_refused || (is_given && !taken);
        }
        moves
    }

    /// Whether a text was kept as a file.
    fn take(&mut self, path: String, text: Option<String>) -> bool {
        let Some(text) = text else { return false };
        if let Err(error) = check_path(&path) {
            self.misnamed.insert(path, error.reason());
            return false;
        }
        if text.len() > MAX_FILE_BYTES {
            self.oversized.insert(path, text.len());
            return false;
        }
        self.files.insert(path, Rc::new(Source::new(&text)));
        true
    }

    /// Text of a file, or of the kit's.
    pub(crate) fn source(&self, path: &str) -> Option<&Rc<Source>> {
        self.files.get(path).or_else(|| self.kit.sources.get(path))
    }

    /// Paths of all files, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Files below `public/` that an app shows or plays by their address.
    pub(crate) fn public_assets(&self) -> impl Iterator<Item = &str> {
        self.files
            .range(PUBLIC_FOLDER.to_owned()..)
            .map(|(path, _)| path.as_str())
            .take_while(|path| path.starts_with(PUBLIC_FOLDER))
            .filter(|path| matches!(FileKind::of(path), FileKind::Asset(_) | FileKind::Svg))
    }

    /// Whether a file was refused for its size: an import of it isn't missing.
    pub(crate) fn is_oversized(&self, path: &str) -> bool {
        self.oversized.contains_key(path)
    }

    /// How the app starts by the names of its files.
    pub(crate) fn conventional_entry(&self) -> Option<Entry> {
        for folder in ["src/", ""] {
            for name in ENTRY_NAMES {
                for ending in ENTRY_ENDINGS {
                    let id = format!("{folder}{name}.{ending}");
                    if self.files.contains_key(&id) {
                        return Some(Entry {
                            id,
                            mount: name == "App",
                            page: None,
                            env: BTreeMap::new(),
                        });
                    }
                }
            }
        }
        None
    }

    /// What was refused, and limits of the whole.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (path, reason) in &self.misnamed {
            let message = format!("`{}` isn't a path in a project: {reason}.", clipped(path));
            found.push(
                diagnostic::whole(codes::INVALID_PATH, &clipped(path), message)
                    .help("Rename the file, for example to src/components/Name.tsx."),
            );
        }
        for (path, bytes) in &self.oversized {
            let message = format!(
                "`{path}` has {}; a file may have at most {}.",
                size(*bytes),
                size(MAX_FILE_BYTES)
            );
            let help = match media_type(path) {
                Some(_) => "Make it smaller: lower its size on the screen or its quality.",
                None => "Split it, or keep its data in fewer rows.",
            };
            found.push(diagnostic::whole(codes::FILE_TOO_LARGE, path, message).help(help));
        }
        let bytes: usize = self.files.values().map(|source| source.text().len()).sum();
        if bytes > MAX_APP_BYTES {
            let message = format!(
                "The app has {}; an app may have at most {}.",
                size(bytes),
                size(MAX_APP_BYTES)
            );
            found.push(
                diagnostic::whole(codes::APP_TOO_LARGE, "", message)
                    .help("Remove files that aren't needed, largest first."),
            );
        }
        if self.files.len() > MAX_FILES {
            let message = format!(
                "The app has {} files; an app may have at most {MAX_FILES}.",
                self.files.len()
            );
            found.push(
                diagnostic::whole(codes::APP_TOO_LARGE, "", message)
                    .help("Remove files that aren't needed, or join small ones."),
            );
        }
        found
    }
}

/// A path as far as a message needs it.
fn clipped(path: &str) -> String {
    path.chars()
        .take(80)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Bytes as a person reads them.
fn size(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    if bytes >= MIB {
        format!("{}.{} MB", bytes / MIB, bytes % MIB * 10 / MIB)
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}
