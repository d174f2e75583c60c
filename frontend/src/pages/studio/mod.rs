//! The studio of one app.

use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn StudioPage() -> impl IntoView {
    view! { <main></main> }
}
