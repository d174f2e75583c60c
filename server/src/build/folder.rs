//! The folder that a site is written to. It is replaced as a whole, or not
//! touched at all; and only if nobody else's files are in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Made;

/// Says who made a folder, and so that it may be replaced.
const MARK: &str = ".cumulet-build";
const MARK_TEXT: &str = "Made by `cumulet-server build`, which replaces this folder as a whole.\n";

/// Whether a site may be written there, before any work is done.
///
/// # Errors
/// A sentence for a person.
pub(super) fn check(out: &Path, app: &Path, force: bool) -> Result<(), String> {
    if !out.exists() {
        return Ok(());
    }
    let same = |path: &Path| path.canonicalize().map_err(|error| failed(path, &error));
    if same(app)?.starts_with(same(out)?) {
        return Err(format!(
            "`{}` holds the app itself: name another folder with `--out`",
            out.display()
        ));
    }
    if !out.is_dir() {
        return Err(format!("`{}` is no folder", out.display()));
    }
    let is_empty = fs::read_dir(out)
        .map_err(|error| failed(out, &error))?
        .next()
        .is_none();
    if is_empty || force || out.join(MARK).is_file() {
        return Ok(());
    }
    Err(format!(
        "`{}` isn't empty, and wasn't made by this command: name another folder, or replace it with `--force`",
        out.display()
    ))
}

/// Writes everything beside the folder, and then puts it into its place.
///
/// # Errors
/// A sentence for a person; the folder is as it was then.
pub(super) fn write(
    out: &Path,
    files: &[Made],
    maps: &BTreeMap<String, String>,
) -> Result<(), String> {
    let draft = beside(out, "new")?;
    let written = write_draft(&draft, files, maps).and_then(|()| replace(out, &draft));
    if written.is_err() {
        // What went wrong is said already.
        let _ = fs::remove_dir_all(&draft);
    }
    written
}

fn write_draft(
    draft: &Path,
    files: &[Made],
    maps: &BTreeMap<String, String>,
) -> Result<(), String> {
    let texts = maps
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    let mark = [(MARK, MARK_TEXT.as_bytes())];
    let all = files
        .iter()
        .map(|(path, content)| (path.as_str(), content.as_slice()));
    for (path, content) in all.chain(texts).chain(mark) {
        let place = draft.join(path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        }
        fs::write(&place, content).map_err(|error| failed(&place, &error))?;
    }
    Ok(())
}

fn replace(out: &Path, draft: &Path) -> Result<(), String> {
    if !out.exists() {
        return fs::rename(draft, out).map_err(|error| failed(out, &error));
    }
    let old = beside(out, "old")?;
    fs::rename(out, &old).map_err(|error| failed(out, &error))?;
    if let Err(error) = fs::rename(draft, out) {
        let reason = failed(out, &error);
        return match fs::rename(&old, out) {
            Ok(()) => Err(reason),
            Err(error) => Err(format!(
                "{reason}; the old one is in {}",
                failed(&old, &error)
            )),
        };
    }
    fs::remove_dir_all(&old).map_err(|error| failed(&old, &error))
}

/// A folder next to another one, on the same disk, that isn't there yet.
fn beside(out: &Path, what: &str) -> Result<PathBuf, String> {
    let name = out
        .file_name()
        .ok_or_else(|| format!("`{}` names no folder of its own", out.display()))?;
    let name = format!(".{}.{what}-{}", name.to_string_lossy(), std::process::id());
    let place = out.with_file_name(name);
    match fs::remove_dir_all(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&place, &error)),
        _ => Ok(place),
    }
}

fn failed(path: &Path, error: &io::Error) -> String {
    format!("`{}` can't be written: {error}", path.display())
}
