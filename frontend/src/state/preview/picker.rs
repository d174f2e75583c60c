//! Picking an element of the app, and where it is written.

use leptos::prelude::*;
use protocol::preview::{StackFrame, ToBridge};

use super::Preview;
use crate::state::console::{Place, place, position};
use crate::state::spawn;

/// What the person picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    /// Names of the components that it is in, innermost first.
    pub(crate) components: Vec<String>,
    /// Where it and the elements around it are written, innermost first. What the app says: the
    /// files may be none of the project's.
    pub(crate) places: Vec<Place>,
}

impl Preview {
    /// Whether the next click in the app picks an element.
    pub(crate) fn picking(self) -> Signal<bool> {
        self.picking.into()
    }

    /// What was picked last in this frame.
    pub(crate) fn picked(self) -> Signal<Option<Picked>> {
        self.picked.into()
    }

    /// Lets the person pick an element. `files` are the project's.
    pub(crate) fn pick(self, files: Vec<String>) {
        self.picking.set(true);
        self.tell_picking(true, files);
    }

    /// Ends the picking, if there is one.
    pub(crate) fn stop_picking(self) {
        if self.picking.get_untracked() {
            self.end_picking();
            self.tell_picking(false, Vec::new());
        }
    }

    pub(super) fn end_picking(self) {
        if self.picking.get_untracked() {
            self.picking.set(false);
        }
    }

    /// An app that tells it unasked is not heard.
    pub(super) fn hear_picked(self, components: Vec<String>, places: Vec<StackFrame>) {
        if !self.picking.get_untracked() {
            return;
        }
        self.end_picking();
        let session = self.session.get_value();
        spawn(async move {
            let positions = places.iter().map(position).collect();
            let originals = self.compiler.resolve(positions).await;
            if self.session.get_value() != session {
                return;
            }
            self.picked.set(Some(Picked {
                components,
                places: originals.iter().flatten().map(place).collect(),
            }));
        });
    }

    fn tell_picking(self, active: bool, files: Vec<String>) {
        let session = self.session.get_value();
        self.steer(&ToBridge::Pick {
            session,
            active,
            files,
        });
    }
}
