//! Builds of the open project: what the compiler found, and which modules the
//! frame gets.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use protocol::app::Files;
use protocol::bundle::{BuildOutput, Diagnostic, Severity};
use protocol::preview::Script;

use super::Handle;
use super::compiler::{Built, Changes, Compiler, Report};
use super::preview::{GoodBuild, Preview};
use crate::message::Sentence;

/// How the newest build is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BuildStatus {
    /// No file yet.
    Empty,
    /// Under way.
    Building,
    /// Done, with or without findings.
    Done {
        /// Time that it took, in microseconds.
        elapsed_us: u64,
    },
    /// Given up, for the reason given.
    Lost(Sentence),
}

/// Handle to the builds.
pub(crate) type Build = Handle<BuildStore>;

/// What stands behind [`Build`].
pub(crate) struct BuildStore {
    status: RwSignal<BuildStatus>,
    diagnostics: RwSignal<Vec<Diagnostic>>,
    kit: RwSignal<Vec<String>>,
    /// Every module that compiles.
    modules: StoredValue<BTreeMap<String, Script>>,
    /// What changed since the last build that the frame got.
    changed: StoredValue<BTreeSet<String>>,
    removed: StoredValue<BTreeSet<String>>,
    compiler: Compiler,
    preview: Preview,
}

impl Build {
    pub(super) fn new() -> Self {
        let build = Handle::keep(BuildStore {
            status: RwSignal::new(BuildStatus::Empty),
            diagnostics: RwSignal::new(Vec::new()),
            kit: RwSignal::new(Vec::new()),
            modules: StoredValue::new(BTreeMap::new()),
            changed: StoredValue::new(BTreeSet::new()),
            removed: StoredValue::new(BTreeSet::new()),
            compiler: Compiler::expect(),
            preview: Preview::expect(),
        });
        build.compiler.on_report(move |report| match report {
            Report::Built(done) => build.built(*done),
            Report::Lost(sentence) => build.status.set(BuildStatus::Lost(sentence)),
            Report::Replaced => {}
        });
        build
    }

    /// The page's builds.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// How the newest build is.
    pub(crate) fn status(self) -> Signal<BuildStatus> {
        self.status.into()
    }

    /// Findings of the newest build, errors first.
    pub(crate) fn diagnostics(self) -> Signal<Vec<Diagnostic>> {
        self.diagnostics.into()
    }

    /// Files of the ready kit that the app uses, sorted.
    pub(crate) fn kit(self) -> Signal<Vec<String>> {
        self.kit.into()
    }

    /// Another project: forgets the last, builds this one.
    pub(super) fn open(self, files: &Files) {
        self.close();
        if !files.is_empty() {
            let changes = files
                .iter()
                .map(|(path, text)| (path.clone(), Some(text.clone())));
            self.change(changes.collect());
        }
    }

    /// No project is open any more.
    pub(super) fn close(self) {
        self.compiler.reset();
        self.modules.update_value(BTreeMap::clear);
        self.changed.update_value(BTreeSet::clear);
        self.removed.update_value(BTreeSet::clear);
        self.diagnostics.set(Vec::new());
        self.kit.set(Vec::new());
        self.status.set(BuildStatus::Empty);
    }

    /// Files changed.
    pub(super) fn change(self, changes: Changes) {
        if self.status.get_untracked() != BuildStatus::Building {
            self.status.set(BuildStatus::Building);
        }
        self.compiler.submit(changes);
    }

    fn built(self, built: Built) {
        let Built {
            revision,
            elapsed_us,
            output,
        } = built;
        self.merge(&output);
        let failed = output
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        let BuildOutput {
            entry,
            css,
            dependency_files,
            diagnostics,
            kit,
            ..
        } = output;
        self.diagnostics.set(diagnostics);
        self.kit.set(kit);
        // Of files that changed meanwhile, this build knows nothing.
        if !self.compiler.is_behind() {
            self.status.set(BuildStatus::Done { elapsed_us });
        }
        // The last good app stays when this build has errors.
        let Some(entry) = entry.filter(|_| !failed) else {
            return;
        };
        let changed = self
            .changed
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let removed = self
            .removed
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let modules = self.modules.with_value(|modules| {
            changed
                .into_iter()
                .filter_map(|id| modules.get(&id).cloned())
                .collect()
        });
        #[expect(
            clippy::cast_precision_loss,
            reason = "a build takes far less than 2^53 µs"
        )]
        let compile_ms = elapsed_us as f64 / 1000.0;
        self.preview.show(GoodBuild {
            revision,
            modules,
            removed: removed.into_iter().collect(),
            entry,
            css,
            dependency_files,
            compile_ms,
        });
    }

    /// Builds with errors change modules too; the frame gets them with the next good build.
    fn merge(self, output: &BuildOutput) {
        for module in &output.modules {
            self.modules.update_value(|modules| {
                modules.insert(module.id.clone(), Script::from(module));
            });
            self.changed.update_value(|changed| {
                changed.insert(module.id.clone());
            });
            self.removed.update_value(|removed| {
                removed.remove(&module.id);
            });
        }
        for id in &output.removed {
            self.modules.update_value(|modules| {
                modules.remove(id);
            });
            self.changed.update_value(|changed| {
                changed.remove(id);
            });
            self.removed.update_value(|removed| {
                removed.insert(id.clone());
            });
        }
    }
}
