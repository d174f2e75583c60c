//! Files, tabs and editor.

use leptos::html;
use leptos::prelude::*;
use protocol::asset::media_type;
use protocol::bundle::Severity;

use super::asset_view::AssetView;
use super::editor::CodeEditor;
use super::file_tree::FileTree;
use super::layout::Layout;
use crate::components::button::{Button, IconButton};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::platform::dom;
use crate::state::chat::Chat;
use crate::state::problems::Problems;
use crate::state::project::Project;

/// Width from which the list of files leaves the editor enough room, in pixels.
const WIDE: f64 = 900.0;

/// The panel.
#[component]
pub(super) fn CodePanel() -> impl IntoView {
    let project = Project::expect();
    let tree_open = RwSignal::new(dom::window_width() >= WIDE);
    let shown = Memo::new(move |_| project.active().get().is_some());
    let is_text = Memo::new(move |_| {
        let active = project.active();
        active.with(|path| path.as_ref().is_some_and(|path| media_type(path).is_none()))
    });
    view! {
        <section class="code-panel" aria-label="Code" id="studio-pane-code">
            <div class="code-tabs-bar">
                <IconButton
                    glyph=Glyph::Folder
                    label="Files"
                    small=true
                    pressed=Signal::from(tree_open)
                    on_press=Callback::new(move |()| tree_open.update(|open| *open = !*open))
                />
                <FileTabs/>
            </div>
            <div class="code-main" data-tree=move || if tree_open.get() { "open" } else { "closed" }>
                <Show when=move || tree_open.get()>
                    <FileTree/>
                </Show>
                <div class="code-editor-area">
                    <Show
                        when=move || shown.get()
                        fallback=move || view! {
                            <EmptyState glyph=Glyph::File title="No file is open">
                                <Button on_press=Callback::new(move |()| project.ensure_main())>
                                    "Write code"
                                </Button>
                            </EmptyState>
                        }
                    >
                        <Show when=move || is_text.get() fallback=AssetView>
                            <CodeEditor/>
                        </Show>
                    </Show>
                </div>
            </div>
        </section>
    }
}

/// One tab for each open file.
#[component]
fn FileTabs() -> impl IntoView {
    let project = Project::expect();
    let layout = Layout::expect();
    let partial = Chat::expect().partial();
    let streaming = Chat::expect().streaming();
    let diagnostics = Problems::expect().diagnostics();
    view! {
        <div class="file-tabs" role="group" aria-label="Open files">
            <For
                each=move || project.tabs().get()
                key=Clone::clone
                children=move |path| {
                    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
                    let (own, opened, closed, listed) =
                        (path.clone(), path.clone(), path.clone(), path.clone());
                    let active = Memo::new(move |_| {
                        project.active().with(|active| active.as_ref() == Some(&own))
                    });
                    let writing = {
                        let path = path.clone();
                        Memo::new(move |_| {
                            streaming.get() && partial.with(|partial| partial.contains_key(&path))
                        })
                    };
                    let failed = Memo::new(move |_| {
                        diagnostics.with(|list| {
                            list.iter().any(|diagnostic| {
                                diagnostic.file == listed
                                    && diagnostic.severity == Severity::Error
                            })
                        })
                    });
                    let tab = NodeRef::<html::Div>::new();
                    Effect::new(move |_| {
                        if let (true, Some(tab)) = (active.get(), tab.get()) {
                            dom::reveal(&tab);
                        }
                    });
                    let close_name = format!("Close {name}");
                    view! {
                        <div
                            node_ref=tab
                            class="file-tab"
                            class:active=move || active.get()
                            class:writing=move || writing.get()
                            class:failed=move || failed.get()
                        >
                            <button
                                class="file-tab-name"
                                type="button"
                                title=path.clone()
                                aria-current=move || active.get().then_some("true")
                                on:click=move |_| layout.open_file(&opened)
                            >
                                {name}
                                <Show when=move || failed.get()>
                                    <span class="visually-hidden">" (has errors)"</span>
                                </Show>
                            </button>
                            <IconButton
                                glyph=Glyph::Close
                                label=close_name
                                small=true
                                on_press=Callback::new(move |()| project.close_tab(&closed))
                            />
                        </div>
                    }
                }
            />
        </div>
    }
}
