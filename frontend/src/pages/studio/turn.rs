//! The turn that is being streamed.

use leptos::prelude::*;
use protocol::bundle::Severity;

use super::layout::{Layout, Pane};
use super::markdown::Markdown;
use crate::components::icon::{Glyph, Icon};
use crate::state::build::{Build, BuildStatus};
use crate::state::chat::{Chat, StreamedFile};
use crate::state::problems::Problems;

/// How a file of the running turn fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileState {
    Writing,
    Compiling,
    Compiled,
    Failed,
    Deleted,
}

impl FileState {
    fn word(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Compiling => "compiling",
            Self::Compiled => "compiled",
            Self::Failed => "failed",
            Self::Deleted => "deleted",
        }
    }

    fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Writing | Self::Compiling => None,
            Self::Compiled => Some(Glyph::Check),
            Self::Failed => Some(Glyph::Error),
            Self::Deleted => Some(Glyph::Trash),
        }
    }
}

/// Prose, files and what is going on.
#[component]
pub(super) fn RunningTurn() -> impl IntoView {
    let chat = Chat::expect();
    let layout = Layout::expect();
    view! {
        <article class="message assistant running" aria-label="Model" aria-busy="true">
            <Markdown text=chat.prose()/>
            <ul class="turn-files" aria-label="Files being written">
                <For
                    each=move || chat.files().get()
                    key=|file| file.path.clone()
                    children=move |file| {
                        let path = file.path;
                        let opened = path.clone();
                        let state = file_state(path.clone());
                        view! {
                            <li class="turn-file" data-state=move || state.get().word()>
                                <FileChip
                                    path=path
                                    on_press=Callback::new(move |()| {
                                        layout.show(Pane::Code);
                                        layout.open_file(&opened);
                                    })
                                />
                                <span class="turn-file-state">
                                    {move || match state.get().glyph() {
                                        Some(glyph) => view! { <Icon glyph=glyph size=14/> }.into_any(),
                                        None => view! { <span class="pill-dot"></span> }.into_any(),
                                    }}
                                    {move || state.get().word()}
                                </span>
                            </li>
                        }
                    }
                />
            </ul>
            <p class="turn-status" role="status" aria-live="polite">
                <span class="pill-dot"></span>
                {move || chat.status().get()}
            </p>
        </article>
    }
}

/// A file's name as a button that opens it.
#[component]
pub(super) fn FileChip(
    /// Project path.
    path: String,
    /// Called when pressed.
    on_press: Callback<()>,
) -> impl IntoView {
    let title = format!("Show {path}");
    view! {
        <button class="file-chip" type="button" title=title on:click=move |_| on_press.run(())>
            <Icon glyph=Glyph::File size=14/>
            <span>{path}</span>
        </button>
    }
}

fn file_state(path: String) -> Memo<FileState> {
    let files = Chat::expect().files();
    let build = Build::expect().status();
    let diagnostics = Problems::expect().diagnostics();
    Memo::new(move |_| {
        let file: Option<StreamedFile> =
            files.with(|files| files.iter().find(|file| file.path == path).cloned());
        match file {
            Some(file) if file.deleted => FileState::Deleted,
            Some(file) if !file.complete => FileState::Writing,
            _ => {
                let failed = diagnostics.with(|list| {
                    list.iter().any(|diagnostic| {
                        diagnostic.file == path && diagnostic.severity == Severity::Error
                    })
                });
                if failed {
                    FileState::Failed
                } else if build.get() == BuildStatus::Building {
                    FileState::Compiling
                } else {
                    FileState::Compiled
                }
            }
        }
    })
}
