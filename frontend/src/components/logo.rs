//! The mark: a small cumulus of three overlapping circles on a flat base.

use leptos::prelude::*;

/// The mark in the text's colour; decorative, so name what stands beside it.
#[component]
pub(crate) fn Logo(
    /// Side in pixels.
    #[prop(default = 20)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg
            class="logo"
            width=size
            height=size
            viewBox="0 0 16 16"
            fill="currentColor"
            aria-hidden="true"
        >
            <circle cx="4.4" cy="9.8" r="3.4"></circle>
            <circle cx="8.1" cy="6.8" r="4.4"></circle>
            <circle cx="11.8" cy="9.9" r="3.3"></circle>
            <path d="M4.4 9h7.4v4.2H4.4z"></path>
        </svg>
    }
}
