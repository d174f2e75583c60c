//! What is wrong with the app, as a person should see it now. Derived from
//! the build, the running app and the conversation; nothing is stored here.

use std::fmt::Write;

use leptos::prelude::*;
use protocol::bundle::{Diagnostic, Severity};
use protocol::preview::ErrorKind;

use super::Handle;
use super::build::Build;
use super::chat::Chat;
use super::faults::{Fault, Faults};
use super::types::Types;
use crate::platform::types::TypeFinding;

/// Findings that only say that the model isn't done yet.
const UNFINISHED: [&str; 2] = ["missing-file", "no-entry"];

/// Handle to the derived problems.
pub(crate) type Problems = Handle<ProblemsStore>;

/// What stands behind [`Problems`].
pub(crate) struct ProblemsStore {
    diagnostics: Memo<Vec<Diagnostic>>,
    calm: Memo<bool>,
    faults: Signal<Vec<Fault>>,
    types: Memo<Vec<TypeFinding>>,
}

impl Problems {
    pub(super) fn new() -> Self {
        let all = Build::expect().diagnostics();
        let streaming = Chat::expect().streaming();
        let diagnostics = Memo::new(move |_| {
            let mut shown = all.get();
            if streaming.get() {
                shown.retain(|diagnostic| !is_unfinished(diagnostic));
            }
            shown
        });
        let calm =
            Memo::new(move |_| streaming.get() && all.with(|all| all.iter().any(is_unfinished)));
        let found = Types::expect().findings();
        let types = Memo::new(move |_| {
            let mut shown = found.get();
            // Where the compiler found something, its words count.
            diagnostics.with(|list| {
                shown.retain(|finding| !list.iter().any(|other| is_same_place(finding, other)));
            });
            shown
        });
        Handle::keep(ProblemsStore {
            types,
            diagnostics,
            calm,
            faults: Faults::expect().list(),
        })
    }

    /// The page's problems.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The compiler's findings, without those that only say that the model isn't done yet.
    pub(crate) fn diagnostics(self) -> Signal<Vec<Diagnostic>> {
        self.diagnostics.into()
    }

    /// Whether findings are held back because the model still writes.
    pub(crate) fn is_calm(self) -> Signal<bool> {
        self.calm.into()
    }

    /// What the app threw.
    pub(crate) fn faults(self) -> Signal<Vec<Fault>> {
        self.faults
    }

    /// What TypeScript found, where the compiler found nothing. Counted apart:
    /// the app is built and runs all the same.
    pub(crate) fn types(self) -> Signal<Vec<TypeFinding>> {
        self.types.into()
    }

    /// How many errors there are.
    pub(crate) fn error_count(self) -> Signal<usize> {
        Signal::derive(move || {
            let errors = self.diagnostics.with(|list| {
                list.iter()
                    .filter(|diagnostic| diagnostic.severity == Severity::Error)
                    .count()
            });
            errors + self.faults.with(Vec::len)
        })
    }

    /// How many warnings there are.
    pub(crate) fn warning_count(self) -> Signal<usize> {
        Signal::derive(move || {
            self.diagnostics.with(|list| {
                list.iter()
                    .filter(|diagnostic| diagnostic.severity == Severity::Warning)
                    .count()
            })
        })
    }

    /// All errors as text for the model, untracked.
    pub(crate) fn as_text(self) -> Vec<String> {
        let mut texts: Vec<String> = self.diagnostics.with_untracked(|list| {
            list.iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .map(describe_diagnostic)
                .collect()
        });
        self.faults
            .with_untracked(|list| texts.extend(list.iter().map(describe_fault)));
        texts
    }

    /// The errors that better code would not have, as text for the model, untracked.
    pub(super) fn own_errors(self) -> Vec<String> {
        let refused = self
            .faults
            .with_untracked(|list| list.iter().any(|fault| !is_own(fault)));
        if refused {
            // What else it threw may follow from that.
            return Vec::new();
        }
        self.as_text()
    }
}

/// Whether an error is the code's own. What the network, the person or a full
/// store refused is none, and neither is what the app does when it is used.
fn is_own(fault: &Fault) -> bool {
    const REFUSALS: [&str; 4] = [
        "SandboxError",
        "NetworkError",
        "Failed to fetch",
        "QuotaExceededError",
    ];
    fault.kind != ErrorKind::Storage && !REFUSALS.iter().any(|words| fault.message.contains(words))
}

/// Whether a type error lies where the compiler found something.
fn is_same_place(finding: &TypeFinding, diagnostic: &Diagnostic) -> bool {
    let own = (finding.line, finding.column)..=(finding.end_line, finding.end_column);
    finding.path == diagnostic.file
        && diagnostic.span.is_some_and(|span| {
            (span.line, span.column) <= *own.end()
                && *own.start() <= (span.end_line, span.end_column)
        })
}

fn is_unfinished(diagnostic: &Diagnostic) -> bool {
    UNFINISHED.contains(&diagnostic.code.as_str())
}

/// Place of a finding: `src/App.tsx:3:5`.
pub(crate) fn describe_place(diagnostic: &Diagnostic) -> String {
    match diagnostic.span {
        Some(span) => format!("{}:{}:{}", diagnostic.file, span.line, span.column),
        None => diagnostic.file.clone(),
    }
}

/// A finding as text for the model.
pub(crate) fn describe_diagnostic(diagnostic: &Diagnostic) -> String {
    let mut text = format!(
        "{} {}: {}",
        describe_place(diagnostic),
        diagnostic.code,
        diagnostic.message
    );
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    if !diagnostic.frame.is_empty() {
        let _ = write!(text, "\n{}", diagnostic.frame);
    }
    text
}

/// What the app threw, as text for the model.
pub(crate) fn describe_fault(fault: &Fault) -> String {
    let mut text = format!("While running: {}", fault.message);
    for (function, place) in fault.stack.iter().take(5) {
        let _ = write!(
            text,
            "\n  at {function} ({}:{}:{})",
            place.file, place.line, place.column
        );
    }
    if !fault.components.is_empty() {
        let _ = write!(text, "\ncomponents: {}", fault.components.join(" < "));
    }
    if !fault.frame.is_empty() {
        let _ = write!(text, "\n{}", fault.frame);
    }
    text
}
