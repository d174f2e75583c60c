//! What the generated app threw, with positions in the sources.

use leptos::prelude::*;
use protocol::preview::{ErrorKind, StackFrame};

use super::Handle;
use super::compiler::Compiler;
use super::console::{Place, place, position};
use super::spawn;

/// Different errors that are kept of one run; later ones are mostly consequences.
const MAX_FAULTS: usize = 20;

/// One error that the app threw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Unique on the page.
    pub(crate) id: u64,
    /// Where it came from.
    pub(crate) kind: ErrorKind,
    /// Name and message.
    pub(crate) message: String,
    /// Innermost place in the sources.
    pub(crate) place: Option<Place>,
    /// Lines around it with a marker, plain text.
    pub(crate) frame: String,
    /// Functions and places, innermost first.
    pub(crate) stack: Vec<(String, Place)>,
    /// React's components, innermost first.
    pub(crate) components: Vec<String>,
    /// Revision that was running.
    pub(crate) revision: u64,
    /// How often it was thrown.
    pub(crate) count: u32,
}

impl Fault {
    /// What failed, in a sentence, and what to do next.
    pub(crate) const fn cause(&self) -> (&'static str, &'static str) {
        match self.kind {
            ErrorKind::Load => (
                "A file of the app threw while it was loaded.",
                "Repair it there; the app then starts by itself.",
            ),
            ErrorKind::Render => (
                "A component threw while it rendered.",
                "Repair it there, or show something else while a value is missing.",
            ),
            ErrorKind::Event => (
                "An event handler threw. The app goes on.",
                "Repair the handler, then do the same in the app again.",
            ),
            ErrorKind::Uncaught => (
                "A timer or a callback threw. The app goes on.",
                "Repair it there, or catch the error and show what is wrong.",
            ),
            ErrorKind::Promise => (
                "A promise was rejected, and nothing caught it.",
                "Await it in try and catch, and show what is wrong.",
            ),
            ErrorKind::Worker => (
                "A worker of the app threw.",
                "Repair the code that the worker is made of; the page around it goes on.",
            ),
            ErrorKind::Storage => (
                "The app wanted to store more than it may.",
                "Delete old entries in the app, or clear what it keeps under Data.",
            ),
        }
    }
}

/// Handle to the errors.
pub(crate) type Faults = Handle<FaultsStore>;

/// What stands behind [`Faults`].
pub(crate) struct FaultsStore {
    list: RwSignal<Vec<Fault>>,
    next_id: StoredValue<u64>,
    compiler: Compiler,
}

impl Faults {
    pub(super) fn new() -> Self {
        Handle::keep(FaultsStore {
            list: RwSignal::new(Vec::new()),
            next_id: StoredValue::new(1),
            compiler: Compiler::expect(),
        })
    }

    /// The page's errors of the app.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Errors of the present run, oldest first.
    pub(crate) fn list(self) -> Signal<Vec<Fault>> {
        self.list.into()
    }

    pub(super) fn clear(self) {
        if !self.list.with_untracked(Vec::is_empty) {
            self.list.set(Vec::new());
        }
    }

    /// Drops what older revisions threw.
    pub(super) fn keep_from(self, revision: u64) {
        if self
            .list
            .with_untracked(|list| list.iter().any(|fault| fault.revision < revision))
        {
            self.list
                .update(|list| list.retain(|fault| fault.revision >= revision));
        }
    }

    pub(super) fn push(
        self,
        kind: ErrorKind,
        message: String,
        stack: Vec<StackFrame>,
        components: Vec<String>,
        revision: u64,
    ) {
        let known = self
            .list
            .try_update(|list| {
                let known = list.iter_mut().find(|fault| fault.message == message);
                if let Some(fault) = known {
                    fault.count += 1;
                    return true;
                }
                list.len() >= MAX_FAULTS
            })
            .unwrap_or(true);
        if known {
            return;
        }
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.list.update(|list| {
            list.push(Fault {
                id,
                kind,
                message,
                place: None,
                frame: String::new(),
                stack: Vec::new(),
                components,
                revision,
                count: 1,
            });
        });
        if stack.is_empty() {
            return;
        }
        spawn(async move {
            let positions = stack.iter().map(position).collect();
            let originals = self.compiler.resolve(positions).await;
            self.list.update(|list| {
                let Some(fault) = list.iter_mut().find(|fault| fault.id == id) else {
                    return;
                };
                if let Some(first) = originals.iter().flatten().next() {
                    fault.place = Some(place(first));
                    fault.frame.clone_from(&first.frame);
                }
                fault.stack = stack
                    .into_iter()
                    .zip(&originals)
                    .filter_map(|(frame, original)| {
                        Some((frame.function, place(original.as_ref()?)))
                    })
                    .collect();
            });
        });
    }
}
