//! The editor of the shown file. The store holds the text; the editor is told
//! of changes that it didn't make itself. While its module is on its way, or
//! when it can't be had, a plain text area does the same.

use leptos::html;
use leptos::prelude::*;

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

/// What the editor shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    path: String,
    text: String,
    read_only: bool,
}

/// The editor.
#[component]
pub(super) fn CodeEditor() -> impl IntoView {
    let project = Project::expect();
    let chat = Chat::expect();
    let dark = Session::expect().dark();
    let diagnostics = Problems::expect().diagnostics();
    let host = NodeRef::<html::Div>::new();
    let editor = StoredValue::new_local(None::<Editor>);
    let loaded = RwSignal::new(false);
    // Changes when another file is shown, or the shown one changed other than by typing.
    let shown = Memo::new(move |_| {
        let path = project.active().get()?;
        project.outside().track();
        let streamed = if chat.streaming().get() {
            chat.partial().with(|partial| partial.get(&path).cloned())
        } else {
            None
        };
        Some(match streamed {
            Some(text) => Shown {
                path,
                text,
                read_only: true,
            },
            None => Shown {
                text: project.text(&path).unwrap_or_default(),
                path,
                read_only: false,
            },
        })
    });
    let edit = move |text: String| {
        let shown = shown.get_untracked();
        if let Some(shown) = shown.filter(|shown| !shown.read_only) {
            project.edit(&shown.path, text);
        }
    };

    Effect::new(move |_| {
        if let Some(host) = host.get() {
            spawn(start(
                host.into(),
                editor,
                loaded,
                shown,
                dark,
                edit,
                project,
            ));
        }
    });
    Effect::new(move |_| {
        if let (true, Some(shown)) = (loaded.get(), shown.get()) {
            editor.with_value(|editor| {
                if let Some(editor) = editor {
                    editor.set_read_only(shown.read_only);
                    editor.set_doc(&shown.path, &shown.text);
                }
            });
        }
    });
    Effect::new(move |_| {
        let path = project.active().get().unwrap_or_default();
        if loaded.get() {
            diagnostics.with(|list| {
                let own = list.iter().filter(|diagnostic| diagnostic.file == path);
                editor.with_value(|editor| {
                    if let Some(editor) = editor {
                        editor.set_diagnostics(own);
                    }
                });
            });
        }
    });
    Effect::new(move |_| {
        let dark = dark.get();
        if loaded.get() {
            editor.with_value(|editor| {
                if let Some(editor) = editor {
                    editor.set_dark(dark);
                }
            });
        }
    });
    Effect::new(move |_| {
        if let (true, Some(place)) = (loaded.get(), project.reveal().get()) {
            // After the effect above has shown the file.
            request_animation_frame(move || {
                let _ = editor.try_with_value(|editor| {
                    if let Some(editor) = editor {
                        editor.reveal(place.line, place.column);
                    }
                });
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
    on_cleanup(move || editor.set_value(None));

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
    editor: StoredValue<Option<Editor>, LocalStorage>,
    loaded: RwSignal<bool>,
    shown: Memo<Option<Shown>>,
    dark: Signal<bool>,
    edit: impl Fn(String) + 'static,
    project: Project,
) {
    let Ok(address) = assets::load().map(|assets| assets.editor) else {
        return;
    };
    let (Some(Some(first)), Some(dark)) = (shown.try_get_untracked(), dark.try_get_untracked())
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
    let made = Editor::create(&address, &host, options, edit, move || project.save_now()).await;
    match made {
        Ok(made) => {
            // The panel may be gone by now; the editor goes with it.
            if editor
                .try_update_value(|editor| *editor = Some(made))
                .is_some()
            {
                let _ = loaded.try_set(true);
            }
        }
        // The text area stays, so nothing is lost but comfort.
        Err(reason) => leptos::logging::warn!("{reason}"),
    }
}
