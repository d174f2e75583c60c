//! What the generated app wrote to its console: bounded, repeats counted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use leptos::prelude::*;
use protocol::limits::CONSOLE_MAX_ENTRIES;
use protocol::preview::{ConsoleForm, ConsoleLevel, ConsoleValue, StackFrame};
use protocol::worker::{OriginalPosition, Position};

use super::Handle;
use super::compiler::Compiler;
use super::spawn;
use super::toasts::Toasts;
use crate::platform::clock::sleep_ms;
use crate::platform::outside::write_clipboard;

/// Calls are shown together, so that a chatty app doesn't repaint the studio for each, in milliseconds.
const BATCH_MS: u32 = 100;

/// A place that a person can jump to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Project path.
    pub(crate) file: String,
    /// Line, from 1.
    pub(crate) line: u32,
    /// Column, from 1.
    pub(crate) column: u32,
}

/// A console call as the app made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsoleCall {
    /// Severity.
    pub(crate) level: ConsoleLevel,
    /// How it is drawn.
    pub(crate) form: ConsoleForm,
    /// Groups that it stands in.
    pub(crate) indent: u32,
    /// Its values; shared, since lists of entries are copied as they are filtered.
    pub(crate) args: Arc<[ConsoleValue]>,
}

/// One console call, or several equal ones in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsoleEntry {
    /// Unique on the page.
    pub(crate) id: u64,
    /// The call.
    pub(crate) call: ConsoleCall,
    /// Its values in short, for the filter.
    pub(crate) text: Arc<str>,
    /// How often in a row.
    pub(crate) count: u32,
}

struct Arrival {
    call: ConsoleCall,
    location: Option<StackFrame>,
}

/// Handle to the console.
pub(crate) type Console = Handle<ConsoleStore>;

/// What stands behind [`Console`].
pub(crate) struct ConsoleStore {
    entries: RwSignal<VecDeque<ConsoleEntry>>,
    /// Where entries were called, in the sources, by their id. Apart from them,
    /// since they come later and change nothing else of an entry.
    places: RwSignal<BTreeMap<u64, Place>>,
    arrivals: StoredValue<Vec<Arrival>>,
    next_id: StoredValue<u64>,
    compiler: Compiler,
    toasts: Toasts,
}

impl Console {
    pub(super) fn new() -> Self {
        Handle::keep(ConsoleStore {
            entries: RwSignal::new(VecDeque::new()),
            places: RwSignal::new(BTreeMap::new()),
            arrivals: StoredValue::new(Vec::new()),
            next_id: StoredValue::new(1),
            compiler: Compiler::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// The page's console.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The newest entries, oldest first.
    pub(crate) fn entries(self) -> Signal<VecDeque<ConsoleEntry>> {
        self.entries.into()
    }

    /// Where an entry was called, in the sources; `None` while unknown.
    pub(crate) fn place(self, id: u64) -> Option<Place> {
        self.places.with(|places| places.get(&id).cloned())
    }

    /// Forgets all entries.
    pub(crate) fn clear(self) {
        self.arrivals.update_value(Vec::clear);
        self.entries.update(VecDeque::clear);
    }

    /// Puts what an entry shows into the clipboard.
    pub(crate) fn copy(self, text: String) {
        spawn(async move {
            if write_clipboard(&text).await {
                self.toasts.info("Copied.");
            } else {
                self.toasts
                    .warning("The browser doesn't let this page write to the clipboard. Select the text instead.");
            }
        });
    }

    pub(super) fn push(self, call: ConsoleCall, location: Option<StackFrame>) {
        let first = self
            .arrivals
            .try_update_value(|arrivals| {
                // What would be pushed out again at once isn't kept.
                if arrivals.len() < CONSOLE_MAX_ENTRIES {
                    arrivals.push(Arrival { call, location });
                }
                arrivals.len() == 1
            })
            .unwrap_or_default();
        if first {
            spawn(async move {
                sleep_ms(BATCH_MS).await;
                self.take_in().await;
            });
        }
    }

    async fn take_in(self) {
        let arrivals = self
            .arrivals
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let mut asked = Vec::new();
        self.entries.update(|entries| {
            for arrival in arrivals {
                if arrival.call.form == ConsoleForm::Clear {
                    entries.clear();
                }
                if let Some(last) = entries.back_mut()
                    && last.call == arrival.call
                {
                    last.count += 1;
                    continue;
                }
                let id = self.next_id.get_value();
                self.next_id.set_value(id + 1);
                if let Some(location) = arrival.location {
                    asked.push((id, position(&location)));
                }
                entries.push_back(ConsoleEntry {
                    id,
                    text: in_short(&arrival.call),
                    call: arrival.call,
                    count: 1,
                });
            }
            while entries.len() > CONSOLE_MAX_ENTRIES {
                entries.pop_front();
            }
        });
        if asked.is_empty() {
            return;
        }
        let (ids, positions): (Vec<u64>, Vec<Position>) = asked.into_iter().unzip();
        let places = self.compiler.resolve(positions).await;
        let oldest = self
            .entries
            .with_untracked(|entries| entries.front().map_or(u64::MAX, |entry| entry.id));
        self.places.update(|known| {
            let found = ids.into_iter().zip(places);
            known.extend(found.filter_map(|(id, original)| Some((id, place(original.as_ref()?)))));
            *known = known.split_off(&oldest);
        });
    }
}

/// What the filter looks through.
fn in_short(call: &ConsoleCall) -> Arc<str> {
    if call.form == ConsoleForm::Clear {
        return "The app cleared the console.".into();
    }
    let values: Vec<&str> = call
        .args
        .iter()
        .map(|value| match value {
            ConsoleValue::Text(text) => text.as_str(),
            ConsoleValue::Node(node) => node.text.as_str(),
        })
        .collect();
    values.join(" ").into()
}

/// A frame of a stack as the compiler is asked about it.
pub(in crate::state) fn position(frame: &StackFrame) -> Position {
    Position {
        file: frame.file.clone(),
        line: frame.line,
        column: frame.column,
    }
}

/// An original position as a place to jump to.
pub(in crate::state) fn place(original: &OriginalPosition) -> Place {
    Place {
        file: original.position.file.clone(),
        line: original.position.line,
        column: original.position.column,
    }
}
