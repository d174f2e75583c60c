//! Buttons: with words, or with an icon and a name for those who don't see it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonVariant {
    /// The one main action of a view.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// An action in a bar or a row, drawn only when pointed at.
    Ghost,
}

impl ButtonVariant {
    /// Class of the style sheet.
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button secondary",
            Self::Ghost => "button ghost",
        }
    }
}

/// A button with words. While `busy` or `disabled` it keeps the focus and does nothing.
#[component]
pub(crate) fn Button(
    /// How much it stands out.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Icon before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Less high, for rows and notices.
    #[prop(optional)]
    small: bool,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Its action runs.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It can't be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called when pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let blocked = move || busy.get() || disabled.get();
    view! {
        <button
            class=variant.class()
            class:small=small
            type=if submit { "submit" } else { "button" }
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || blocked().then_some("true")
            on:click=move |event| {
                if blocked() {
                    event.prevent_default();
                } else if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph/> })}
            <span>{children()}</span>
        </button>
    }
}

/// A square button with an icon; `label` is its name and its tooltip.
#[component]
pub(crate) fn IconButton(
    /// Icon.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// How much it stands out.
    #[prop(default = ButtonVariant::Ghost)]
    variant: ButtonVariant,
    /// Less large.
    #[prop(optional)]
    small: bool,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Held down: for a switch.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// It can't be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called when pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <button
            class=variant.class()
            class:icon-only=true
            class:small=small
            type=if submit { "submit" } else { "button" }
            title=move || label.get()
            aria-label=move || label.get()
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |event| {
                if disabled.get() {
                    event.prevent_default();
                } else if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            <Icon glyph=glyph/>
        </button>
    }
}
