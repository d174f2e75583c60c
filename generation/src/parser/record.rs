//! What the stream has brought so far: files, deletions, notes, and the limits
//! they have to keep.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::app::Files;
use protocol::limits::MAX_FILES;
use protocol::path::check_path;

use super::ParseEvent;
use super::file::OpenFile;
use super::path::{base_name, clean};
use crate::patch;

/// Notes kept of one stream; a broken one could make any number.
const MAX_NOTES: usize = 50;
/// Most bytes of files and patches that patches of one stream are worked out
/// for; some twenty files of the largest size.
pub(super) const MAX_PATCHED_BYTES: usize = 32 * 1024 * 1024;

/// Books of one stream.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    /// Events that the caller hasn't taken yet.
    pub(super) events: Vec<ParseEvent>,
    /// Paths that the app has already.
    pub(super) known: BTreeSet<String>,
    /// Their texts.
    pub(super) base: Arc<Files>,
    /// Complete files, in order of their first completion.
    pub(super) written: Vec<String>,
    /// Deleted files, in order.
    pub(super) deleted: Vec<String>,
    /// One sentence each.
    pub(super) notes: Vec<String>,
    /// The file in whose middle the stream ended.
    pub(super) cut: Option<String>,
    /// See [`super::Summary::unmatched`].
    pub(super) unmatched: BTreeSet<String>,
    /// See [`super::Summary::elided`].
    pub(super) elided: BTreeSet<String>,
    /// Local imports of complete files: base paths that some file has to fill.
    pub(super) imports: BTreeSet<String>,
    /// Text of each complete file.
    pub(super) texts: BTreeMap<String, String>,
    /// What patches have cost, see [`MAX_PATCHED_BYTES`].
    pub(super) patched_bytes: usize,
}

/// How a block came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Its own closing fence or tag.
    Closed,
    /// Another file began.
    Replaced,
    /// The stream ended.
    StreamEnd,
}

impl Record {
    /// Adds a note, once.
    pub(super) fn note(&mut self, text: String) {
        if self.notes.len() < MAX_NOTES && !self.notes.contains(&text) {
            self.notes.push(text.clone());
            self.events.push(ParseEvent::Note { text });
        }
    }

    /// Whether the app has this file now.
    pub(super) fn exists(&self, path: &str) -> bool {
        self.written.iter().any(|written| written == path)
            || (self.known.contains(path) && !self.deleted.iter().any(|deleted| deleted == path))
    }

    /// Turns a path of the stream into the file that is meant. `None` when it
    /// can't be used; the note says why.
    pub(super) fn open(&mut self, raw: &str, guessed: bool) -> Option<OpenFile> {
        let path = self.resolve(&clean(raw), guessed);
        if let Err(error) = check_path(&path) {
            let shown: String = raw.chars().take(80).collect();
            self.note(format!("`{shown}` was left out: {}.", error.reason()));
            return None;
        }
        if !self.texts.contains_key(&path) && self.texts.len() >= MAX_FILES {
            self.note(format!(
                "`{path}` was left out: an app has at most {MAX_FILES} files."
            ));
            return None;
        }
        Some(OpenFile::new(path))
    }

    /// A file of the app that goes by a shorter name in the answer.
    fn resolve(&self, path: &str, guessed: bool) -> String {
        if self.exists(path) {
            return path.to_owned();
        }
        let in_source = format!("src/{path}");
        if self.exists(&in_source) {
            return in_source;
        }
        // A header or comment often names the file without its folder.
        if guessed && !path.contains('/') {
            let mut same_name = self.known.iter().filter(|known| base_name(known) == path);
            if let (Some(only), None) = (same_name.next(), same_name.next()) {
                return only.clone();
            }
            if matches!(
                path,
                "App.tsx" | "App.jsx" | "main.tsx" | "index.css" | "App.css"
            ) {
                return in_source;
            }
        }
        path.to_owned()
    }

    /// Deletes a file. `false` when there is none of that name.
    pub(super) fn delete(&mut self, raw: &str) -> bool {
        let path = self.resolve(&clean(raw), true);
        if !self.exists(&path) {
            return false;
        }
        self.written.retain(|written| *written != path);
        self.texts.remove(&path);
        self.deleted.push(path.clone());
        self.events.push(ParseEvent::Delete { path });
        true
    }

    /// Like [`Self::delete`], for a tag, which can't be anything else.
    pub(super) fn delete_or_note(&mut self, raw: &str) {
        if !self.delete(raw) {
            self.note(format!(
                "`{}` couldn't be deleted: the app has no such file.",
                clean(raw)
            ));
        }
    }

    /// Takes a whole file at once.
    pub(super) fn whole(&mut self, raw: &str, text: &str, ending: Ending) {
        if let Some(mut file) = self.open(raw, false) {
            file.write(text, self);
            file.end(ending, self);
        }
    }

    /// Takes a patch of a file at once.
    pub(super) fn patch(&mut self, raw: &str, text: &str, ending: Ending) {
        if let Some(mut file) = self.open(raw, true) {
            file.is_patch = true;
            file.write(text, self);
            file.end(ending, self);
        }
    }

    /// The text that a file has now.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.texts
            .get(path)
            .or_else(|| self.base.get(path).filter(|_| self.exists(path)))
            .cloned()
    }

    /// The only file of the app that a patch fits.
    pub(super) fn only_match(&mut self, patch: &str) -> Option<String> {
        let mut found = None;
        let paths = self.known.iter().chain(&self.written);
        for path in paths.collect::<BTreeSet<_>>() {
            let base = self.text(path).filter(|base| !base.is_empty());
            let Some(base) = base else { continue };
            self.patched_bytes += base.len() + patch.len();
            if self.patched_bytes > MAX_PATCHED_BYTES {
                return None;
            }
            if patch::apply(&base, patch).is_ok() && found.replace(path).is_some() {
                return None;
            }
        }
        found.cloned()
    }

    pub(super) fn total_bytes(&self) -> usize {
        self.texts.values().map(String::len).sum()
    }
}
