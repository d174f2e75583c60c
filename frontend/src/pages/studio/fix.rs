//! What can be done about one problem with the model's help: have it repaired,
//! or ask about it with words of one's own.

use leptos::prelude::*;

use super::layout::{Layout, Pane};
use crate::components::button::{Button, IconButton};
use crate::components::icon::Glyph;
use crate::state::attached::{Attached, Note};
use crate::state::chat::Chat;
use crate::state::provider::{ProviderState, ProviderStatus};

/// Whether the model can be asked to repair something now.
pub(super) fn can_fix() -> Memo<bool> {
    let chat = Chat::expect();
    let provider = ProviderState::expect().status();
    Memo::new(move |_| {
        matches!(provider.get(), ProviderStatus::Ready(_)) && !chat.streaming().get()
    })
}

/// Has the model repair one problem; nothing while it can't be asked.
#[component]
pub(super) fn FixButton(
    /// The problem as the model is told.
    problem: Callback<(), String>,
    /// Drawn as an icon, in a row.
    #[prop(optional)]
    in_row: bool,
) -> impl IntoView {
    let chat = Chat::expect();
    let layout = Layout::expect();
    let shown = can_fix();
    let fix = Callback::new(move |()| {
        if chat.ask_to_fix(vec![problem.run(())]) {
            layout.show(Pane::Chat);
        }
    });
    view! {
        <Show when=move || shown.get()>
            {if in_row {
                view! { <IconButton glyph=Glyph::Wrench label="Fix" small=true on_press=fix/> }
                    .into_any()
            } else {
                view! { <Button glyph=Glyph::Model small=true on_press=fix>"Fix"</Button> }
                    .into_any()
            }}
        </Show>
    }
}

/// Attaches a thing of the app to the next request.
#[component]
pub(super) fn AskAbout(
    /// The thing.
    note: Callback<(), Note>,
    /// Drawn as an icon, in a row.
    #[prop(optional)]
    in_row: bool,
) -> impl IntoView {
    let attached = Attached::expect();
    let layout = Layout::expect();
    let ask = Callback::new(move |()| {
        attached.add_note(note.run(()));
        layout.ask();
    });
    if in_row {
        view! { <IconButton glyph=Glyph::Chat label="Ask about this" small=true on_press=ask/> }
            .into_any()
    } else {
        view! { <Button glyph=Glyph::Chat small=true on_press=ask>"Ask about this"</Button> }
            .into_any()
    }
}
