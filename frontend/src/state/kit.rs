//! The ready kit in the studio: TypeScript knows its files, and they become the app's own.

use leptos::prelude::*;
use protocol::app::Files;

use super::build::Build;
use super::compiler::{Changes, Compiler};
use super::project::Project;
use super::spawn;
use super::types::Types;

/// Gives TypeScript the files of the ready kit that the app uses. Called once.
pub(super) fn follow() {
    let (build, compiler, types) = (Build::expect(), Compiler::expect(), Types::expect());
    let used = Memo::new(move |_| build.kit().get());
    Effect::new(move |_| {
        let paths = used.get();
        spawn(async move {
            let files = if paths.is_empty() {
                Files::new()
            } else {
                compiler.kit_files(paths.clone()).await
            };
            // A later build may use others.
            if used.try_get_untracked() == Some(paths) {
                types.set_kit(files);
            }
        });
    });
}

impl Project {
    /// Makes a file of the ready kit the app's own, and shows it; a notice offers to undo it.
    pub(crate) fn copy_from_kit(self, path: &str) {
        let (id, path) = (self.id().get_untracked(), path.to_owned());
        let compiler = Compiler::expect();
        spawn(async move {
            let mut files = compiler.kit_files(vec![path.clone()]).await;
            let is_same = self.id().try_get_untracked() == Some(id);
            let Some(text) = files.remove(&path).filter(|_| is_same) else {
                return;
            };
            let changes = Changes::from([(path.clone(), Some(text))]);
            self.apply_undoably(changes, format!("{path} is the app's own now."));
            self.open_file(&path);
        });
    }
}
