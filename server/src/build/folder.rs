//! The folder that a site is written to. It is replaced as a whole, when all
//! files are written; somebody else's only if that is asked for, and never the
//! app's own.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Made;
use crate::check::BUILD_MARK;

/// Says who made a folder, and so that it may be replaced.
const MARK_TEXT: &str = "Made by `cumulet-server build`, which replaces this folder as a whole.\n";

/// Whether a site may be written there, before any work is done. `site` is
/// Cumulet's own, from which the app's is made.
///
/// # Errors
/// A sentence for a person.
pub(super) fn check(out: &Path, app: &Path, site: &Path, force: bool) -> Result<(), String> {
    name_of(out)?;
    if !out.exists() {
        return Ok(());
    }
    let real = |path: &Path| path.canonicalize().map_err(|error| failed(path, &error));
    let place = real(out)?;
    let mut may_force = force;
    for (folder, what) in [(app, "the app itself"), (site, "the folder of `--site`")] {
        let folder = real(folder)?;
        if folder.starts_with(&place) {
            return Err(format!(
                "`{}` holds {what}: name another folder with `--out`",
                out.display()
            ));
        }
        may_force &= !place.starts_with(folder);
    }
    if !out.is_dir() {
        return Err(format!("`{}` is no folder", out.display()));
    }
    let is_empty = fs::read_dir(out)
        .map_err(|error| failed(out, &error))?
        .next()
        .is_none();
    if is_empty || may_force || out.join(BUILD_MARK).is_file() {
        return Ok(());
    }
    let advice = if force {
        "`--force` replaces nothing inside the app or the folder of `--site`"
    } else {
        "name another folder, or replace it with `--force`"
    };
    Err(format!(
        "`{}` isn't empty, and wasn't made by this command: {advice}",
        out.display()
    ))
}

/// Writes everything beside the folder, and then puts it into its place.
///
/// # Errors
/// A sentence for a person. Unless it says otherwise, the folder is as it was.
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
    let mark = [(BUILD_MARK, MARK_TEXT.as_bytes())];
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
                "{reason}; what was there is in `{}` now and can't be put back: {error}",
                old.display()
            )),
        };
    }
    fs::remove_dir_all(&old).map_err(|error| {
        format!(
            "the site is in `{}`, but what was there before is in `{}` and can't be removed: {error}",
            out.display(),
            old.display()
        )
    })
}

/// A folder next to another one, on the same disk, that isn't there yet.
fn beside(out: &Path, what: &str) -> Result<PathBuf, String> {
    let name = name_of(out)?.to_string_lossy();
    let name = format!(".{name}.{what}-{}", std::process::id());
    let place = out.with_file_name(name);
    match fs::remove_dir_all(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&place, &error)),
        _ => Ok(place),
    }
}

/// The folder's own name, which `.` and `..` aren't.
fn name_of(out: &Path) -> Result<&OsStr, String> {
    out.file_name().ok_or_else(|| {
        format!(
            "`{}` names no folder: write out its name in `--out`",
            out.display()
        )
    })
}

fn failed(path: &Path, error: &io::Error) -> String {
    format!("`{}` can't be written: {error}", path.display())
}
