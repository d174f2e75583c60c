//! What the generated app wrote to its console: bounded, repeats counted.

use std::collections::VecDeque;

use leptos::prelude::*;
use protocol::limits::CONSOLE_MAX_ENTRIES;
use protocol::preview::{ConsoleLevel, StackFrame};
use protocol::worker::{OriginalPosition, Position};

use super::Handle;
use super::compiler::Compiler;
use super::spawn;
use crate::platform::clock::sleep_ms;

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

/// One console call, or several equal ones in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsoleEntry {
    /// Unique on the page.
    pub(crate) id: u64,
    /// Severity.
    pub(crate) level: ConsoleLevel,
    /// Arguments as text.
    pub(crate) text: String,
    /// Where it was called, in the sources; absent while unknown.
    pub(crate) place: Option<Place>,
    /// How often in a row.
    pub(crate) count: u32,
}

struct Arrival {
    level: ConsoleLevel,
    text: String,
    location: Option<StackFrame>,
}

/// Handle to the console.
pub(crate) type Console = Handle<ConsoleStore>;

/// What stands behind [`Console`].
pub(crate) struct ConsoleStore {
    entries: RwSignal<VecDeque<ConsoleEntry>>,
    arrivals: StoredValue<Vec<Arrival>>,
    next_id: StoredValue<u64>,
    compiler: Compiler,
}

impl Console {
    pub(super) fn new() -> Self {
        Handle::keep(ConsoleStore {
            entries: RwSignal::new(VecDeque::new()),
            arrivals: StoredValue::new(Vec::new()),
            next_id: StoredValue::new(1),
            compiler: Compiler::expect(),
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

    /// Forgets all entries.
    pub(crate) fn clear(self) {
        self.arrivals.update_value(Vec::clear);
        self.entries.update(VecDeque::clear);
    }

    pub(super) fn push(self, level: ConsoleLevel, args: &[String], location: Option<StackFrame>) {
        let first = self
            .arrivals
            .try_update_value(|arrivals| {
                // What would be pushed out again at once isn't kept.
                if arrivals.len() < CONSOLE_MAX_ENTRIES {
                    arrivals.push(Arrival {
                        level,
                        text: args.join(" "),
                        location,
                    });
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
                if let Some(last) = entries.back_mut()
                    && last.level == arrival.level
                    && last.text == arrival.text
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
                    level: arrival.level,
                    text: arrival.text,
                    place: None,
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
        self.entries.update(|entries| {
            for (id, original) in ids.into_iter().zip(places) {
                if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
                    entry.place = original.as_ref().map(place);
                }
            }
        });
    }
}

/// A frame of a stack as the compiler is asked about it.
pub(super) fn position(frame: &StackFrame) -> Position {
    Position {
        file: frame.file.clone(),
        line: frame.line,
        column: frame.column,
    }
}

/// An original position as a place to jump to.
pub(super) fn place(original: &OriginalPosition) -> Place {
    Place {
        file: original.position.file.clone(),
        line: original.position.line,
        column: original.position.column,
    }
}
