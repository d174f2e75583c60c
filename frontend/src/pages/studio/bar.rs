//! The slim bar at the top: way home, name, saved state, status, switches.

use leptos::html;
use leptos::prelude::*;

use super::layout::{DockPanel, Layout};
use crate::components::button::IconButton;
use crate::components::icon::{Glyph, Icon};
use crate::components::logo::Logo;
use crate::components::status_pill::{PillKind, StatusPill};
use crate::routes;
use crate::state::build::{Build, BuildStatus};
use crate::state::chat::Chat;
use crate::state::compiler::{Compiler, CompilerStatus};
use crate::state::offline::{Offline, Readiness};
use crate::state::preview::{Preview, PreviewStatus};
use crate::state::problems::Problems;
use crate::state::project::{Phase, Project, Saved};
use crate::state::session::Session;

/// The bar.
#[component]
pub(super) fn StudioBar() -> impl IntoView {
    let layout = Layout::expect();
    let project = Project::expect();
    let open = Memo::new(move |_| project.phase().get() == Phase::Open);
    view! {
        <header class="studio-bar">
            <a class="studio-home" href=routes::HOME aria-label="Your apps" title="Your apps">
                <Logo/>
            </a>
            <Show when=move || open.get()>
                <AppName/>
                <SavedState/>
                <OfflineState/>
            </Show>
            <div class="studio-bar-end">
                <Show when=move || open.get()>
                    <Status/>
                    <div class="studio-switches" role="group" aria-label="Panels shown">
                        <IconButton
                            glyph=Glyph::Sidebar
                            label="Conversation"
                            pressed=layout.chat_open()
                            on_press=Callback::new(move |()| layout.toggle_chat())
                        />
                        <IconButton
                            glyph=Glyph::Code
                            label="Code"
                            pressed=layout.code_open()
                            on_press=Callback::new(move |()| layout.toggle_code())
                        />
                    </div>
                </Show>
                <a class="studio-settings" href=routes::SETTINGS aria-label="Settings" title="Settings">
                    <Icon glyph=Glyph::Settings/>
                </a>
            </div>
        </header>
    }
}

/// The app's name; Enter keeps a new one, Escape the old.
#[component]
fn AppName() -> impl IntoView {
    let project = Project::expect();
    let name = project.name();
    let input = NodeRef::<html::Input>::new();
    let reset = move || {
        if let Some(input) = input.get_untracked() {
            input.set_value(&name.get_untracked());
        }
    };
    view! {
        <h1 class="visually-hidden">{move || name.get()}</h1>
        <input
            class="app-name"
            node_ref=input
            type="text"
            aria-label="App name"
            maxlength=protocol::limits::MAX_APP_NAME_CHARS
            spellcheck="false"
            autocomplete="off"
            style:--length=move || name.with(|name| name.chars().count().clamp(4, 32).to_string())
            prop:value=move || name.get()
            on:blur=move |_| {
                if let Some(input) = input.get_untracked() {
                    project.rename(&input.value());
                    reset();
                }
            }
            on:keydown=move |event| match event.key().as_str() {
                "Enter" => blur(input),
                "Escape" => {
                    event.prevent_default();
                    reset();
                    blur(input);
                }
                _ => {}
            }
        />
    }
}

fn blur(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        // An element that has no focus stays as it is.
        let _ = input.blur();
    }
}

/// Where changes are kept so far.
#[component]
fn SavedState() -> impl IntoView {
    let saved = Project::expect().saved();
    let saved = Memo::new(move |_| saved.get());
    let text = move || match saved.get() {
        Saved::Saving => "Saving…",
        Saved::Everywhere => "Saved",
        Saved::Browser => "Saved in this browser",
        Saved::Nowhere => "Not saved: this browser refuses storage",
        Saved::TooLarge => "Not saved: the file is over 1 MB",
    };
    view! {
        <span class="saved-state" class:failed=move || matches!(saved.get(), Saved::Nowhere | Saved::TooLarge) role="status">
            {text}
        </span>
    }
}

/// Says when the app would run without a network.
#[component]
fn OfflineState() -> impl IntoView {
    let (offline, project) = (Offline::expect(), Project::expect());
    let ready = Memo::new(move |_| {
        let id = project.id().get();
        offline.readiness(&id) == Readiness::Ready
    });
    view! {
        <Show when=move || ready.get()>
            <span
                class="offline-state"
                title="This browser has the studio and every package that the app needs"
            >
                "Ready offline"
            </span>
        </Show>
    }
}

/// One state in a word; pressed, it shows the problems.
#[component]
fn Status() -> impl IntoView {
    let layout = Layout::expect();
    let chat = Chat::expect();
    let online = Session::expect().online();
    let build = Build::expect().status();
    let preview = Preview::expect().status();
    let compiler = Compiler::expect().status();
    let problems = Problems::expect();
    let errors = problems.error_count();
    let state = Memo::new(move |_| {
        if matches!(compiler.get(), CompilerStatus::Failed(_)) {
            return (PillKind::Danger, "Compiler failed".to_owned());
        }
        if let BuildStatus::Lost(_) = build.get() {
            return (PillKind::Danger, "Failed".to_owned());
        }
        match errors.get() {
            0 => {}
            1 => return (PillKind::Danger, "Failed, 1 problem".to_owned()),
            count => return (PillKind::Danger, format!("Failed, {count} problems")),
        }
        if problems.is_calm().get() {
            return (PillKind::Busy, "Writing…".to_owned());
        }
        if matches!(compiler.get(), CompilerStatus::Loading) && build.get() != BuildStatus::Empty {
            return (PillKind::Busy, "Loading the compiler".to_owned());
        }
        match preview.get() {
            PreviewStatus::Empty if chat.streaming().get() => {
                (PillKind::Busy, "Writing…".to_owned())
            }
            PreviewStatus::Empty if build.get() == BuildStatus::Empty => {
                (PillKind::Neutral, "Empty".to_owned())
            }
            PreviewStatus::Empty | PreviewStatus::Starting => {
                (PillKind::Busy, "Building".to_owned())
            }
            PreviewStatus::Fetching { loaded, total } => {
                (PillKind::Busy, format!("Packages {loaded} of {total}"))
            }
            PreviewStatus::Ready { elapsed_ms, .. } => {
                (PillKind::Positive, ready_text(&build.get(), elapsed_ms))
            }
            PreviewStatus::Blank(_) => (PillKind::Warning, "Nothing shown".to_owned()),
            PreviewStatus::Silent(_) => (PillKind::Warning, "Not responding".to_owned()),
            PreviewStatus::Stopped(_) => (PillKind::Neutral, "Stopped".to_owned()),
            PreviewStatus::Failed(_) | PreviewStatus::Crashed => {
                (PillKind::Danger, "Failed".to_owned())
            }
        }
    });
    let shown = Memo::new(move |_| {
        let (kind, text) = state.get();
        if !online.get() && kind == PillKind::Positive {
            return (PillKind::Offline, format!("Offline · {text}"));
        }
        (kind, text)
    });
    view! {
        <StatusPill
            kind=Signal::derive(move || shown.get().0)
            text=Signal::derive(move || shown.get().1)
            on_press=Callback::new(move |()| layout.toggle_dock(DockPanel::Problems))
        />
    }
}

/// Time from the edit to the painted change: the compile and the frame's part.
fn ready_text(build: &BuildStatus, frame_ms: f64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a build takes far less than 2^53 µs"
    )]
    let build_ms = match build {
        BuildStatus::Done { elapsed_us } => *elapsed_us as f64 / 1000.0,
        _ => 0.0,
    };
    format!("Ready {:.0} ms", (build_ms + frame_ms).max(1.0))
}
