//! Repairs after a turn, without being asked: first what costs nothing, then
//! the model once.
//!
//! The limits are what others lack: one request to the model for each of the
//! person's, none for the same errors again, none for what a network or a tab
//! in the background did.

use std::collections::BTreeSet;

use leptos::prelude::*;
use protocol::app::TurnState;
use protocol::bundle::Severity;

use super::Handle;
use super::build::{Build, BuildStatus};
use super::chat::{Ask, Chat};
use super::edits::UNDECLARED;
use super::preview::{Preview, PreviewStatus};
use super::problems::Problems;
use super::project::{Phase, Project};
use super::provider::{ProviderState, ProviderStatus};
use super::spawn;
use crate::platform::clock::sleep_ms;
use crate::platform::dom::is_visible;

/// Pause between two looks at build and preview, in milliseconds.
const LOOK_MS: u32 = 50;
/// Looks until a build or an app that says nothing is left alone: longer than
/// both may take to name a cause.
const MAX_LOOKS: u32 = 240;
/// Time for what a running app throws in its first effects, in milliseconds.
const SETTLE_MS: u32 = 700;
/// Fixes of the compiler that are made in one go.
const MAX_FREE_FIXES: usize = 20;

/// Handle to the repairs.
pub(crate) type Repair = Handle<RepairStore>;

/// What stands behind [`Repair`].
pub(crate) struct RepairStore {
    note: RwSignal<Option<String>>,
    /// Whether a turn's outcome is being waited for.
    checking: RwSignal<bool>,
    /// Errors that the model was asked to repair since the person's request.
    asked: StoredValue<BTreeSet<String>>,
    /// Rises with every turn, so that a late verdict is dropped.
    watch: StoredValue<u64>,
    build: Build,
    preview: Preview,
    project: Project,
    chat: Chat,
    problems: Problems,
    provider: ProviderState,
}

/// How the app fares after a turn.
enum Verdict {
    /// It runs.
    Good,
    /// These errors are its own.
    Bad(Vec<String>),
    /// Nothing can be said: packages don't come, the tab is in the background, the turn is over.
    Unclear,
}

impl Repair {
    pub(super) fn new() -> Self {
        Handle::keep(RepairStore {
            note: RwSignal::new(None),
            checking: RwSignal::new(false),
            asked: StoredValue::new(BTreeSet::new()),
            watch: StoredValue::new(0),
            build: Build::expect(),
            preview: Preview::expect(),
            project: Project::expect(),
            chat: Chat::expect(),
            problems: Problems::expect(),
            provider: ProviderState::expect(),
        })
    }

    /// The page's repairs.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// What was repaired, or why no more is tried; one sentence.
    pub(crate) fn note(self) -> Signal<Option<String>> {
        self.note.into()
    }

    /// Whether it is being looked how the app fares after a turn.
    pub(crate) fn checking(self) -> Signal<bool> {
        self.checking.into()
    }

    pub(super) fn start(self) {
        // A turn that begins, or another app, ends the watch.
        Effect::new(move |_| {
            self.project.id().track();
            self.chat.streaming().track();
            self.watch.update_value(|watch| *watch += 1);
            self.note.set(None);
            self.checking.set(false);
        });
        Effect::watch(
            move || self.chat.ended().get(),
            move |ended, _, _| {
                let Some(ended) = ended else { return };
                if !ended.repair {
                    self.asked.update_value(BTreeSet::clear);
                }
                if ended.state == TurnState::Done {
                    spawn(self.look_after(ended.repair));
                }
            },
            false,
        );
    }

    async fn look_after(self, was_repair: bool) {
        // The effect above takes notice of the turn's end first.
        sleep_ms(LOOK_MS).await;
        let watch = self.watch.get_value();
        self.checking.set(true);
        self.repair(watch, was_repair).await;
        if self.watch.get_value() == watch {
            self.checking.set(false);
        }
    }

    async fn repair(self, watch: u64, was_repair: bool) {
        let mut fixed = Vec::new();
        if !self.built(watch).await {
            return;
        }
        while fixed.len() < MAX_FREE_FIXES {
            let Some(title) = self.fix_one() else { break };
            fixed.push(title);
            if !self.built(watch).await {
                return;
            }
        }
        if !fixed.is_empty() {
            self.note.set(Some(format!(
                "Repaired without the model: {}.",
                fixed.join(", ")
            )));
        }
        match self.verdict(watch).await {
            Verdict::Good | Verdict::Unclear => {}
            Verdict::Bad(problems) => self.ask(problems, was_repair),
        }
    }

    /// Waits until the build is done; `false` when the turn is over meanwhile or nothing comes.
    async fn built(self, watch: u64) -> bool {
        for _ in 0..MAX_LOOKS {
            sleep_ms(LOOK_MS).await;
            if self.watch.get_value() != watch
                || self.project.phase().get_untracked() != Phase::Open
            {
                return false;
            }
            match self.build.status().get_untracked() {
                BuildStatus::Building => {}
                BuildStatus::Done { .. } => return true,
                BuildStatus::Empty | BuildStatus::Lost(_) => return false,
            }
        }
        false
    }

    /// Makes the first fix that the compiler offers for what breaks the app, and tells what it did.
    fn fix_one(self) -> Option<String> {
        let (path, fix) = self.build.diagnostics().with_untracked(|list| {
            list.iter()
                .filter(|diagnostic| {
                    diagnostic.severity == Severity::Error || diagnostic.code == UNDECLARED
                })
                .find_map(|diagnostic| {
                    let fix = diagnostic.fixes.first()?.clone();
                    Some((diagnostic.file.clone(), fix))
                })
        })?;
        self.chat.remember_before(&path);
        self.project.apply_fix(&path, &fix);
        Some(fix.title)
    }

    async fn verdict(self, watch: u64) -> Verdict {
        let errors = self.problems.as_text();
        if !errors.is_empty() {
            return Verdict::Bad(errors);
        }
        for _ in 0..MAX_LOOKS {
            if self.watch.get_value() != watch || !is_visible() {
                return Verdict::Unclear;
            }
            match self.preview.status().get_untracked() {
                PreviewStatus::Ready { .. } | PreviewStatus::Crashed | PreviewStatus::Blank(_) => {
                    break;
                }
                PreviewStatus::Stopped(_) | PreviewStatus::Failed(_) => return Verdict::Unclear,
                _ => sleep_ms(LOOK_MS).await,
            }
        }
        sleep_ms(SETTLE_MS).await;
        if self.watch.get_value() != watch {
            return Verdict::Unclear;
        }
        let mut errors = self.problems.own_errors();
        if errors.is_empty()
            && let PreviewStatus::Blank(reason) = self.preview.status().get_untracked()
        {
            errors.push(format!(
                "The app ran, and nothing of it is visible: {reason}"
            ));
        }
        if errors.is_empty() {
            Verdict::Good
        } else {
            Verdict::Bad(errors)
        }
    }

    /// Asks the model once; says why not, where it isn't asked.
    fn ask(self, problems: Vec<String>, was_repair: bool) {
        let signature = signature(&problems);
        let again = self
            .asked
            .try_update_value(|asked| !asked.insert(signature))
            .unwrap_or(true);
        if again || was_repair {
            self.note.set(Some(
                if again {
                    "The model was asked to repair this, and the same error is still there."
                } else {
                    "The repair left other errors; the model isn't asked again by itself."
                }
                .to_owned(),
            ));
            return;
        }
        if matches!(
            self.provider.status().get_untracked(),
            ProviderStatus::Ready(_)
        ) {
            self.chat.send(Ask {
                problems,
                repair: true,
                ..Ask::default()
            });
        }
    }
}

/// What stays the same of errors when lines and numbers move.
fn signature(problems: &[String]) -> String {
    let mut lines: Vec<String> = problems
        .iter()
        .filter_map(|problem| problem.lines().next())
        .map(|line| line.chars().filter(|c| !c.is_ascii_digit()).collect())
        .collect();
    lines.sort();
    lines.dedup();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_error_at_another_line_is_the_same() {
        let first = ["src/App.tsx:3:5 syntax: Expected `}`\n 3 | x".to_owned()];
        let moved = ["src/App.tsx:14:1 syntax: Expected `}`\n 14 | y".to_owned()];
        let other = ["src/App.tsx:3:5 syntax: Expected `)`".to_owned()];
        assert_eq!(signature(&first), signature(&moved));
        assert_ne!(signature(&first), signature(&other));
    }
}
