//! How long the last change took on its way to the screen. Every number is
//! measured: compiling by the compiler's worker, running and painting by the
//! frame, and the way between by the page.

use leptos::prelude::*;

use super::Handle;
use crate::platform::clock::monotonic_ms;

/// One change, in milliseconds. What isn't known yet is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Timing {
    /// The build that it is about.
    pub(crate) revision: u64,
    /// Compiling; absent when the app was started again without a build.
    pub(crate) compile_ms: Option<f64>,
    /// From the page to the frame and back, packages that the frame lacked included.
    pub(crate) sent_ms: Option<f64>,
    /// From receipt to the committed change.
    pub(crate) ran_ms: Option<f64>,
    /// From there to the next frame on the screen; absent while the page is hidden.
    pub(crate) painted_ms: Option<f64>,
    /// The app was started, rather than changed in place.
    pub(crate) is_start: bool,
}

/// Handle to the times.
pub(crate) type Timings = Handle<TimingsStore>;

/// What stands behind [`Timings`].
pub(crate) struct TimingsStore {
    /// The last change that is on the screen.
    shown: RwSignal<Option<Timing>>,
    /// The one on its way.
    next: StoredValue<Timing>,
    /// When it was sent, as of [`monotonic_ms`].
    sent_at_ms: StoredValue<f64>,
}

impl Timings {
    pub(super) fn new() -> Self {
        Handle::keep(TimingsStore {
            shown: RwSignal::new(None),
            next: StoredValue::new(Timing::default()),
            sent_at_ms: StoredValue::new(0.0),
        })
    }

    /// The page's times.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Of the last change that is on the screen.
    pub(crate) fn last(self) -> Signal<Option<Timing>> {
        self.shown.into()
    }

    /// Another app.
    pub(super) fn clear(self) {
        self.shown.set(None);
    }

    /// A build is there.
    pub(super) fn compiled(self, revision: u64, compile_ms: f64) {
        self.next.set_value(Timing {
            revision,
            compile_ms: Some(compile_ms),
            ..Timing::default()
        });
    }

    /// It goes to the frame.
    pub(super) fn sent(self, revision: u64) {
        self.next.update_value(|next| {
            let compile_ms = next.compile_ms.filter(|_| next.revision == revision);
            *next = Timing {
                revision,
                compile_ms,
                ..Timing::default()
            };
        });
        self.sent_at_ms.set_value(monotonic_ms());
    }

    /// The frame committed it.
    pub(super) fn ready(self, revision: u64, ran_ms: f64, is_start: bool) {
        let next = self.next.get_value();
        // The next change may be on its way already.
        if next.revision != revision {
            return;
        }
        let since_ms = monotonic_ms() - self.sent_at_ms.get_value();
        self.shown.set(Some(Timing {
            sent_ms: Some((since_ms - ran_ms).max(0.0)),
            ran_ms: Some(ran_ms),
            is_start,
            ..next
        }));
        // A start later on is without a build.
        self.next.update_value(|next| next.compile_ms = None);
    }

    /// And it was painted.
    pub(super) fn painted(self, revision: u64, paint_ms: f64) {
        self.shown.update(|shown| {
            if let Some(shown) = shown.as_mut().filter(|shown| shown.revision == revision) {
                shown.painted_ms = Some(paint_ms);
            }
        });
    }
}
