//! What an unknown address shows.

use leptos::prelude::*;
use leptos_router::components::A;

use super::top_bar::TopBar;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::routes;

/// The page.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! {
        <TopBar title="Page not found · Cumulet"/>
        <main class="page-middle" id="main">
            <h1 class="visually-hidden">"Page not found"</h1>
            <EmptyState
                glyph=Glyph::Search
                title="There is no page at this address"
                detail="The link may be old, or the app was deleted."
            >
                <A href=routes::HOME attr:class="button primary">
                    "Go to your apps"
                </A>
            </EmptyState>
        </main>
    }
}
