//! Files that a person brings from the device: which of them the app can have,
//! where they go, and what is asked before one takes another's place.

use leptos::prelude::*;
use protocol::app::Author;
use protocol::asset::{data_url, media_type};
use protocol::limits::{MAX_APP_BYTES, MAX_ASSET_BYTES, MAX_FILE_BYTES, MAX_FILES};
use protocol::path::check_path;

use super::Handle;
use super::compiler::Changes;
use super::project::Project;
use super::spawn;
use super::toasts::Toasts;
use crate::platform::files::{Dropped, Picked};

/// Endings of texts that stand beside the code rather than in `src/assets`.
const CODE_ENDINGS: [&str; 9] = ["ts", "tsx", "js", "jsx", "mjs", "css", "json", "html", "md"];

/// What couldn't be done without a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// A sentence or two for each file that the app can't have.
    pub(crate) refused: Vec<String>,
    /// Files whose place is taken.
    pub(crate) clashes: Vec<Clash>,
}

/// A file whose path another one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) path: String,
    text: String,
}

/// Handle to what comes in.
pub(crate) type Intake = Handle<IntakeStore>;

/// What stands behind [`Intake`].
pub(crate) struct IntakeStore {
    report: RwSignal<Option<Report>>,
    project: Project,
    toasts: Toasts,
}

impl Intake {
    pub(super) fn new() -> Self {
        Handle::keep(IntakeStore {
            report: RwSignal::new(None),
            project: Project::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// What comes into the open app.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// What is to be said or asked now.
    pub(crate) fn report(self) -> Signal<Option<Report>> {
        self.report.into()
    }

    /// Takes files into a folder of the app; without one, each goes where its
    /// kind belongs.
    pub(crate) fn add(self, picked: Vec<Picked>, folder: Option<String>) {
        spawn(self.take(picked, folder));
    }

    /// The same for what was dropped.
    pub(crate) fn add_dropped(self, dropped: Dropped, folder: Option<String>) {
        spawn(async move {
            let picked = dropped.files(|name| !is_left_out(name)).await;
            self.take(picked, folder).await;
        });
    }

    /// Puts a file of the same kind in the place of one.
    pub(crate) fn replace(self, path: &str, picked: Vec<Picked>) {
        let path = path.to_owned();
        let id = self.project.id().get_untracked();
        spawn(async move {
            let Some(one) = picked.into_iter().next() else {
                return;
            };
            let refused = if media_type(&one.path) == media_type(&path) {
                match text_of(&one).await {
                    Ok(text) if self.project.id().get_untracked() == id => {
                        let done = format!("Replaced {path}.");
                        return self.write(Changes::from([(path, Some(text))]), done);
                    }
                    Ok(_) => return,
                    Err(reason) => reason,
                }
            } else {
                format!(
                    "{} isn't of the same kind as {path}. Add it beside that, and change the code that names it.",
                    one.path
                )
            };
            self.tell(vec![refused], Vec::new());
        });
    }

    /// Puts the files in question in the place of those that are there.
    pub(crate) fn replace_clashing(self) {
        let clashes = self.end();
        let done = summary("Replaced", clashes.iter().map(|clash| clash.path.as_str()));
        let changes = clashes.into_iter().map(|one| (one.path, Some(one.text)));
        self.write(changes.collect(), done);
    }

    /// Gives the files in question other names.
    pub(crate) fn keep_both(self) {
        let taken = self.project.paths().get_untracked();
        let mut changes = Changes::new();
        for clash in self.end() {
            let is_free = |path: &String| !taken.contains(path) && !changes.contains_key(path);
            let free = (2..=MAX_FILES + 2)
                .map(|n| numbered(&clash.path, n))
                .find(is_free);
            if let Some(path) = free {
                changes.insert(path, Some(clash.text));
            }
        }
        let done = summary("Added", changes.keys().map(String::as_str));
        self.write(changes, done);
    }

    /// Leaves the files in question out.
    pub(crate) fn dismiss(self) {
        self.end();
    }

    fn end(self) -> Vec<Clash> {
        let report = self.report.get_untracked();
        self.report.set(None);
        report.map(|report| report.clashes).unwrap_or_default()
    }

    async fn take(self, picked: Vec<Picked>, folder: Option<String>) {
        let id = self.project.id().get_untracked();
        let mut changes = Changes::new();
        let (mut refused, mut clashes) = (Vec::new(), Vec::new());
        let kept = picked
            .into_iter()
            .filter(|one| !one.path.split('/').any(is_left_out));
        for one in kept {
            let path = place(&one.path, folder.as_deref());
            if let Err(error) = check_path(&path) {
                refused.push(format!(
                    "{} can't be added: {}. Rename it.",
                    one.path,
                    error.reason()
                ));
                continue;
            }
            let text = match text_of(&one).await {
                Ok(text) => text,
                Err(reason) => {
                    refused.push(reason);
                    continue;
                }
            };
            match self.project.text(&path) {
                Some(known) if known == text => {}
                Some(_) => clashes.push(Clash { path, text }),
                None => {
                    changes.insert(path, Some(text));
                }
            }
        }
        // Reading takes a while: another app may be open by now.
        if self.project.id().get_untracked() != id {
            return;
        }
        if let Err(reason) = self.fits(&changes) {
            refused.push(reason);
            changes.clear();
        }
        let done = summary("Added", changes.keys().map(String::as_str));
        self.write(changes, done);
        self.tell(refused, clashes);
    }

    /// Whether the app has room for new files.
    fn fits(self, changes: &Changes) -> Result<(), String> {
        let paths = self.project.paths().get_untracked();
        if paths.len() + changes.len() > MAX_FILES {
            return Err(format!(
                "An app has at most {MAX_FILES} files, and these would be {} more. Choose those that it needs.",
                changes.len()
            ));
        }
        let there: usize = paths
            .iter()
            .filter_map(|path| self.project.text(path))
            .map(|text| text.len())
            .sum();
        let new: usize = changes.values().flatten().map(String::len).sum();
        if there + new > MAX_APP_BYTES {
            return Err(format!(
                "An app has at most {}, and with these files it would have {}. Make pictures smaller, or delete what isn't needed.",
                size(MAX_APP_BYTES),
                size(there + new)
            ));
        }
        Ok(())
    }

    fn write(self, changes: Changes, done: String) {
        let Some(first) = changes.keys().next().cloned() else {
            return;
        };
        self.project.apply(changes, Author::Person);
        self.project.open_file(&first);
        self.toasts.info(done);
    }

    fn tell(self, refused: Vec<String>, clashes: Vec<Clash>) {
        if !refused.is_empty() || !clashes.is_empty() {
            self.report.set(Some(Report { refused, clashes }));
        }
    }
}

/// Folders and files that tools made, and hidden ones; the project's own
/// settings begin with a dot too.
fn is_left_out(name: &str) -> bool {
    let is_setting = name.starts_with(".env");
    name == "node_modules" || (name.starts_with('.') && !is_setting)
}

/// Where a file goes. Folders that came along keep their names.
fn place(path: &str, folder: Option<&str>) -> String {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let is_code = CODE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
    match folder {
        Some("") => path.to_owned(),
        Some(folder) => format!("{folder}/{path}"),
        None if path.starts_with("src/") || path.starts_with("public/") => path.to_owned(),
        None if path.contains('/') || is_code => format!("src/{path}"),
        None => format!("src/assets/{path}"),
    }
}

/// The text that stands for a file in the app, or why it can't be a part of it.
async fn text_of(one: &Picked) -> Result<String, String> {
    let name = &one.path;
    let kind = media_type(name);
    let limit = kind.map_or(MAX_FILE_BYTES, |_| MAX_ASSET_BYTES);
    if one.size() > limit {
        let next = match kind {
            Some(kind) if kind.starts_with("image/") => {
                "Make it smaller: lower its width and height, or its quality."
            }
            Some(_) => "Make it shorter, or lower its quality.",
            None => "Split it, or keep what the app needs of it.",
        };
        return Err(format!(
            "{name} has {}; a file of this kind may have at most {}. {next}",
            size(one.size()),
            size(limit)
        ));
    }
    let bytes = one
        .read()
        .await
        .ok_or_else(|| format!("{name} can't be read. Look whether it is still there."))?;
    match kind {
        Some(kind) => Ok(data_url(kind, &bytes)),
        None => String::from_utf8(bytes).map_err(|_| {
            format!(
                "{name} is neither text nor a picture, sound, video or font that an app can show. Save it in another format, for example .png, .mp3 or .csv."
            )
        }),
    }
}

/// `a/logo.png` → `a/logo-2.png`
fn numbered(path: &str, number: usize) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => {
            format!("{folder}{slash}{stem}-{number}.{ending}")
        }
        _ => format!("{folder}{slash}{name}-{number}"),
    }
}

/// "Added src/a.png." or "Added 3 files."
fn summary<'a>(verb: &str, mut paths: impl Iterator<Item = &'a str>) -> String {
    match (paths.next(), paths.count()) {
        (Some(path), 0) => format!("{verb} {path}."),
        (_, others) => format!("{verb} {} files.", others + 1),
    }
}

/// Bytes as a person reads them.
pub(crate) fn size(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..MIB => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / MIB, bytes % MIB * 10 / MIB),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_where_their_kind_belongs() {
        for (path, folder, expected) in [
            ("logo.png", None, "src/assets/logo.png"),
            ("Card.tsx", None, "src/Card.tsx"),
            ("rows.csv", None, "src/assets/rows.csv"),
            ("icons/a.svg", None, "src/icons/a.svg"),
            ("public/a.svg", None, "public/a.svg"),
            ("logo.png", Some(""), "logo.png"),
            ("img/logo.png", Some("public"), "public/img/logo.png"),
        ] {
            assert_eq!(place(path, folder), expected);
        }
    }

    #[test]
    fn tools_and_hidden_files_stay_outside() {
        for name in ["node_modules", ".git", ".DS_Store"] {
            assert!(is_left_out(name), "{name}");
        }
        assert!(!is_left_out(".env.local"));
        assert!(!is_left_out("a.png"));
    }

    #[test]
    fn numbers_go_before_the_ending() {
        assert_eq!(numbered("a/logo.png", 2), "a/logo-2.png");
        assert_eq!(numbered(".env", 3), ".env-3");
        assert_eq!(numbered("LICENSE", 2), "LICENSE-2");
    }

    #[test]
    fn sizes_and_sums_are_words() {
        assert_eq!(size(900), "900 bytes");
        assert_eq!(size(1025), "2 KB");
        assert_eq!(size(3 * 1024 * 1024 + 300_000), "3.2 MB");
        assert_eq!(summary("Added", ["a"].into_iter()), "Added a.");
        assert_eq!(summary("Added", ["a", "b"].into_iter()), "Added 2 files.");
    }
}
