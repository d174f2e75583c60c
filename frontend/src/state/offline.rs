//! Which apps would run without a network: those whose files this browser has,
//! when it has the studio and every file of the packages that their last good
//! build needed.

use std::collections::BTreeSet;

use leptos::prelude::*;
use protocol::bundle::NeededFile;

use super::Handle;
use super::library::Library;
use super::spawn;
use crate::platform::clock::sleep_ms;
use crate::platform::offline::{has_studio, kept_packages, studio_kept};

/// After an app is on the screen its files are still being written, in milliseconds.
const WRITTEN_MS: u32 = 1_500;

/// Whether an app would run without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// This browser keeps no copy of the studio, or none yet.
    NoStudio,
    /// Something of the app is missing.
    Incomplete,
    /// It would.
    Ready,
}

/// Handle to what is here for the time without a network.
pub(crate) type Offline = Handle<OfflineStore>;

/// What stands behind [`Offline`].
pub(crate) struct OfflineStore {
    studio: RwSignal<bool>,
    packages: RwSignal<BTreeSet<String>>,
    /// A look is on its way: apps are on the screen anew with every edit.
    looking: StoredValue<bool>,
    library: Library,
}

impl Offline {
    pub(super) fn new() -> Self {
        Handle::keep(OfflineStore {
            studio: RwSignal::new(false),
            packages: RwSignal::new(BTreeSet::new()),
            looking: StoredValue::new(false),
            library: Library::expect(),
        })
    }

    /// The page's knowledge of it.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// How it is with an app, tracked.
    pub(crate) fn readiness(self, app_id: &str) -> Readiness {
        if !self.studio.get() {
            return Readiness::NoStudio;
        }
        let packages = self.library.packages(app_id);
        let complete = packages.is_some_and(|needed| {
            self.packages
                .with(|kept| needed.iter().all(|file| kept.contains(file)))
        });
        if complete {
            Readiness::Ready
        } else {
            Readiness::Incomplete
        }
    }

    pub(super) fn start(self) {
        spawn(self.look());
        spawn(async move {
            studio_kept().await;
            self.look().await;
        });
    }

    /// Keeps what a good build of an app needs.
    pub(super) fn needs(self, app_id: &str, files: &[NeededFile]) {
        let files: BTreeSet<String> = files.iter().map(|needed| needed.file.clone()).collect();
        let known = self.library.peek(app_id);
        if known.is_some_and(|record| record.packages.as_ref() != Some(&files)) {
            self.library
                .change(app_id, |record| record.packages = Some(files));
        }
    }

    /// An app is on the screen: looks what it brought along.
    pub(super) fn look_again(self) {
        if self.looking.get_value() {
            return;
        }
        self.looking.set_value(true);
        spawn(async move {
            sleep_ms(WRITTEN_MS).await;
            self.looking.set_value(false);
            self.look().await;
        });
    }

    async fn look(self) {
        let (packages, studio) = (kept_packages().await, has_studio().await);
        if self.packages.with_untracked(|known| *known != packages) {
            self.packages.set(packages);
        }
        self.studio.set(studio);
    }
}
