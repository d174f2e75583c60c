//! The editor of the shown file. The store holds the text; the editor is told
//! of changes that it didn't make itself. While its module is on its way, or
//! when it can't be had, a plain text area does the same.

use leptos::html;
use leptos::prelude::*;

use super::layout::Layout;
use super::viewer::{Shown, Viewer};
use crate::platform::assets;
use crate::platform::editor::{Editor, Options};
use crate::state::build::{Build, BuildStatus};
use crate::state::chat::Chat;
use crate::state::preview::{Preview, PreviewStatus};
use crate::state::problems::Problems;
use crate::state::project::Project;
use crate::state::session::Session;
use crate::state::spawn;
use crate::state::types::Types;

/// The editor.
#[component]
pub(super) fn CodeEditor(
    /// What it shows.
    viewer: Viewer,
) -> impl IntoView {
    let project = Project::expect();
    let layout = Layout::expect();
    let streaming = Chat::expect().streaming();
    let dark = Session::expect().dark();
    let diagnostics = Problems::expect().diagnostics();
    let host = NodeRef::<html::Div>::new();
    let Viewer { shown, loaded, .. } = viewer;
    let edit = move |text: String| {
        let shown = shown.get_untracked();
        if let Some(shown) = shown.filter(|shown| !shown.read_only) {
            project.edit(&shown.path, text);
        }
    };
    let follow = move |at_end| {
        if streaming.get_untracked() {
            layout.follow(at_end);
        }
    };

    Effect::new(move |_| {
        if let Some(host) = host.get() {
            spawn(start(host.into(), viewer, dark, edit, follow, project));
        }
    });
    Effect::new(move |known: Option<Option<Shown>>| {
        let now = loaded.get().then(|| shown.get()).flatten()?;
        let before = viewer.before.get().filter(|_| viewer.comparing.get());
        viewer.with_editor(|editor| {
            let known = known.flatten();
            match known.as_ref().and_then(|known| now.added_to(known)) {
                Some(added) => editor.append(added),
                // What the person typed meanwhile is only in the editor and in the store.
                None if known.as_ref() == Some(&now) => {}
                None => {
                    editor.set_read_only(now.read_only);
                    editor.set_doc(&now.path, &now.text);
                }
            }
            let counts = editor.compare(before.as_deref());
            if viewer.counts.get_untracked() != counts {
                viewer.counts.set(counts);
            }
        });
        Some(now)
    });
    Effect::new(move |_| {
        let is_written = shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.read_only));
        let on = layout.following().get() && streaming.get() && is_written;
        if loaded.get() {
            viewer.with_editor(|editor| editor.set_follow(on));
        }
    });
    Effect::new(move |_| {
        let path = project.active().get().unwrap_or_default();
        if loaded.get() {
            diagnostics.with(|list| {
                let own = list.iter().filter(|diagnostic| diagnostic.file == path);
                viewer.with_editor(|editor| editor.set_diagnostics(own));
            });
        }
    });
    Effect::new(move |_| {
        let dark = dark.get();
        if loaded.get() {
            viewer.with_editor(|editor| editor.set_dark(dark));
        }
    });
    Effect::new(move |_| {
        if let (true, Some(place)) = (loaded.get(), project.reveal().get()) {
            // After the effect above has shown the file.
            request_animation_frame(move || {
                viewer.with_editor(|editor| editor.reveal(place.line, place.column));
            });
        }
    });
    let (build, preview) = (Build::expect().status(), Preview::expect().status());
    let types = Types::expect();
    // TypeScript takes seconds of a processor: who only looks at the app is spared them.
    let is_used = RwSignal::new(false);
    Effect::new(move |_| {
        // The app comes first: neither its build nor its start waits for TypeScript.
        let is_calm = build.with(|status| matches!(status, BuildStatus::Done { .. }))
            && preview.with(|status| {
                !matches!(
                    status,
                    PreviewStatus::Starting | PreviewStatus::Fetching { .. }
                )
            });
        if loaded.get() && is_used.get() && is_calm {
            types.start_when_idle();
        }
    });
    on_cleanup(move || viewer.drop_editor());

    view! {
        <div
            class="code-editor"
            class:loading=move || !loaded.get()
            node_ref=host
            on:pointerenter=move |_| is_used.set(true)
            on:focusin=move |_| is_used.set(true)
        ></div>
        <Show when=move || !loaded.get()>
            <textarea
                class="code-fallback"
                aria-label=move || {
                    shown.with(|shown| {
                        let path = shown.as_ref().map_or("", |shown| &shown.path);
                        format!("Code of {path}")
                    })
                }
                spellcheck="false"
                autocapitalize="off"
                readonly=move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.read_only))
                prop:value=move || shown.get().map(|shown| shown.text).unwrap_or_default()
                on:input:target=move |event| edit(event.target().value())
            ></textarea>
        </Show>
    }
}

/// Imports the editor and puts it in place of the text area.
async fn start(
    host: web_sys::HtmlElement,
    viewer: Viewer,
    dark: Signal<bool>,
    edit: impl Fn(String) + 'static,
    follow: impl Fn(bool) + 'static,
    project: Project,
) {
    let Ok(address) = assets::load().map(|assets| assets.editor) else {
        return;
    };
    let (Some(Some(first)), Some(dark)) =
        (viewer.shown.try_get_untracked(), dark.try_get_untracked())
    else {
        return;
    };
    let types = project.types().await.ok();
    let options = Options {
        doc: &first.text,
        path: &first.path,
        dark,
        read_only: first.read_only,
        types: types.as_ref(),
    };
    let made = Editor::create(
        &address,
        &host,
        options,
        edit,
        move || project.save_now(),
        follow,
    )
    .await;
    match made {
        Ok(made) => viewer.take(made, &host),
        // The text area stays, so nothing is lost but comfort.
        Err(reason) => leptos::logging::warn!("{reason}"),
    }
}
