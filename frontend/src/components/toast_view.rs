//! The layer of toasts: short notices at the edge of the page.

use leptos::prelude::*;

use super::button::{Button, IconButton};
use super::icon::{Glyph, Icon};
use crate::state::toasts::{ToastKind, Toasts};

/// Shows [`Toasts`]. Stays in the page when empty, so that screen readers hear the first one.
#[component]
pub(crate) fn ToastView() -> impl IntoView {
    let toasts = Toasts::expect();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.list().get()
                key=|toast| toast.id
                children=move |toast| {
                    let id = toast.id;
                    let (class, glyph) = look(toast.kind);
                    view! {
                        <div class=class>
                            <Icon glyph=glyph/>
                            <p>{toast.text}</p>
                            {toast
                                .action
                                .map(|action| {
                                    view! {
                                        <Button small=true on_press=move || toasts.act(id)>
                                            {action.label}
                                        </Button>
                                    }
                                })}
                            <IconButton
                                glyph=Glyph::Close
                                label="Dismiss"
                                small=true
                                on_press=move || toasts.dismiss(id)
                            />
                        </div>
                    }
                }
            />
        </div>
    }
}

/// Class and sign of a kind.
const fn look(kind: ToastKind) -> (&'static str, Glyph) {
    match kind {
        ToastKind::Info => ("toast", Glyph::Check),
        ToastKind::Warning => ("toast warning", Glyph::Warning),
        ToastKind::Danger => ("toast danger", Glyph::Error),
    }
}
