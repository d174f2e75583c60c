//! A remark in the flow of a page, with actions.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How urgent a notice is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// Something worked.
    Positive,
    /// Something needs attention.
    Warning,
    /// Something failed.
    Danger,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice info",
            Self::Positive => "notice positive",
            Self::Warning => "notice warning",
            Self::Danger => "notice danger",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Positive => Glyph::Check,
            Self::Warning => Glyph::Warning,
            Self::Danger => Glyph::Error,
        }
    }
}

/// What happened, what to do next, and buttons to do it.
#[component]
pub(crate) fn Notice(
    /// How urgent it is.
    #[prop(optional)]
    kind: NoticeKind,
    /// What happened, one sentence.
    #[prop(into)]
    title: Signal<String>,
    /// The next step, one sentence.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if kind == NoticeKind::Danger {
        "alert"
    } else {
        "status"
    };
    view! {
        <div class=kind.class() role=role>
            <Icon glyph=kind.glyph()/>
            <div class="notice-text">
                <p class="notice-title">{move || title.get()}</p>
                {move || detail.get().map(|detail| view! { <p class="notice-detail">{detail}</p> })}
            </div>
            {children.map(|children| view! { <div class="notice-actions">{children()}</div> })}
        </div>
    }
}
