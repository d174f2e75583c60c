//! The shape of what is on its way.

use leptos::prelude::*;

/// Grey lines in place of text; appears after 300 ms, so that quick answers don't flicker.
#[component]
pub(crate) fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
    /// What is on its way, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=move || label.get()>
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
}
