//! Copies the file shown.

use leptos::prelude::*;

use super::viewer::Viewer;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::platform::clock::sleep_ms;
use crate::platform::outside::write_clipboard;
use crate::state::project::Project;
use crate::state::spawn;
use crate::state::toasts::Toasts;

/// How long the button says that it did, in milliseconds.
const SAID_MS: u32 = 2_000;

/// The button.
#[component]
pub(super) fn CopyFile(
    /// What is shown.
    viewer: Viewer,
) -> impl IntoView {
    let project = Project::expect();
    let toasts = Toasts::expect();
    let copied = RwSignal::new(false);
    let copy = move |()| {
        let Some(shown) = viewer.shown.get_untracked() else {
            return;
        };
        // What was typed since is in the store alone.
        let typed = (!shown.read_only)
            .then(|| project.text(&shown.path))
            .flatten();
        let text = typed.unwrap_or(shown.text);
        spawn(async move {
            if !write_clipboard(&text).await {
                toasts.warning("The browser doesn't let this page write to the clipboard. Select the text instead.");
                return;
            }
            let _ = copied.try_set(true);
            sleep_ms(SAID_MS).await;
            let _ = copied.try_set(false);
        });
    };
    view! {
        <IconButton
            glyph=Signal::derive(move || if copied.get() { Glyph::Check } else { Glyph::Copy })
            label=Signal::derive(move || if copied.get() { "Copied" } else { "Copy this file" }.to_owned())
            small=true
            on_press=Callback::new(copy)
        />
        <span class="visually-hidden" role="status">{move || copied.get().then_some("Copied")}</span>
    }
}
