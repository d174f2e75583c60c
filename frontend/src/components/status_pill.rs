//! One state in a word, with a sign that doesn't depend on colour.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// What a pill says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PillKind {
    /// Nothing to report.
    Neutral,
    /// Something runs.
    Busy,
    /// All is well.
    Positive,
    /// Something needs attention.
    Warning,
    /// Something failed.
    Danger,
    /// Not connected.
    Offline,
}

impl PillKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "pill neutral",
            Self::Busy => "pill busy",
            Self::Positive => "pill positive",
            Self::Warning => "pill warning",
            Self::Danger => "pill danger",
            Self::Offline => "pill offline",
        }
    }

    /// `None` where the style sheet draws the sign.
    const fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Neutral | Self::Busy => None,
            Self::Positive => Some(Glyph::Check),
            Self::Warning => Some(Glyph::Warning),
            Self::Danger => Some(Glyph::Error),
            Self::Offline => Some(Glyph::Offline),
        }
    }
}

/// The pill; a live region, so changes are read out.
#[component]
pub(crate) fn StatusPill(
    /// What it says, for the eye.
    #[prop(into)]
    kind: Signal<PillKind>,
    /// What it says, in words.
    #[prop(into)]
    text: Signal<String>,
    /// Makes it a button, for instance to show the problems.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let sign = move || match kind.get().glyph() {
        Some(glyph) => view! { <Icon glyph=glyph size=14/> }.into_any(),
        None => view! { <span class="pill-dot"></span> }.into_any(),
    };
    let content = view! {
        {sign}
        <span class="pill-text">{move || text.get()}</span>
    };
    let body = match on_press {
        Some(on_press) => view! {
            <button
                class=move || kind.get().class()
                type="button"
                on:click=move |_| on_press.run(())
            >
                {content}
            </button>
        }
        .into_any(),
        None => view! { <span class=move || kind.get().class()>{content}</span> }.into_any(),
    };
    view! {
        <div class="pill-region" role="status">
            {body}
        </div>
    }
}
