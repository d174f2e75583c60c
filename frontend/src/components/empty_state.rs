//! What a view shows when it has nothing to show: why, and one action.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An icon, a sentence, and one action.
#[component]
pub(crate) fn EmptyState(
    /// Icon.
    glyph: Glyph,
    /// What is (not) here.
    #[prop(into)]
    title: Signal<String>,
    /// How it comes to be.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
    /// The action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <Icon glyph=glyph size=20/>
            <p class="empty-title">{move || title.get()}</p>
            {move || detail.get().map(|detail| view! { <p class="empty-detail">{detail}</p> })}
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
