//! A next step in words, with the commands in it set as code and ready to be copied.

use leptos::prelude::*;

use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::state::console::Console;

/// One sentence as a paragraph; what stands between backquotes is code, with a
/// space in it a command.
pub(super) fn cure(text: &str) -> impl IntoView + use<> {
    let console = Console::expect();
    let parts = text
        .split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            if index % 2 == 0 {
                return view! { <span>{part}</span> }.into_any();
            }
            if !part.contains(' ') {
                return view! { <code>{part}</code> }.into_any();
            }
            let label = format!("Copy {part}");
            let copied = part.clone();
            view! {
                <span class="command">
                    <code>{part}</code>
                    <IconButton
                        glyph=Glyph::Copy
                        label=label
                        small=true
                        on_press=move || console.copy(copied.clone())
                    />
                </span>
            }
            .into_any()
        })
        .collect_view();
    view! { <p class="cure">{parts}</p> }
}
