//! Files, tabs and editor.

use leptos::prelude::*;
use protocol::asset::media_type;

use super::asset_view::AssetView;
use super::changes::Changes;
use super::copy::CopyFile;
use super::editor::CodeEditor;
use super::file_tabs::FileTabs;
use super::file_tree::FileTree;
use super::layout::Layout;
use super::progress::Progress;
use super::toggle::Toggle;
use super::viewer::Viewer;
use crate::components::button::{Button, IconButton};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::state::chat::Chat;
use crate::state::project::Project;

/// The panel.
#[component]
pub(super) fn CodePanel() -> impl IntoView {
    let project = Project::expect();
    let viewer = Viewer::new();
    let streaming = Chat::expect().streaming();
    let layout = Layout::expect();
    let tree_open = layout.tree_open();
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
                    pressed=tree_open
                    on_press=Callback::new(move |()| layout.toggle_tree())
                />
                <FileTabs/>
                <Show when=move || viewer.loaded.get() && viewer.before.with(Option::is_some)>
                    <Toggle
                        pressed=viewer.comparing
                        on_press=Callback::new(move |()| viewer.comparing.update(|on| *on = !*on))
                    >
                        "Changes"
                    </Toggle>
                </Show>
                <Show when=move || is_text.get()>
                    <CopyFile viewer=viewer/>
                </Show>
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
                            <CodeEditor viewer=viewer/>
                        </Show>
                    </Show>
                </div>
            </div>
            <div class="code-foot">
                <Show when=move || viewer.counts.with(Option::is_some)>
                    <Changes viewer=viewer/>
                </Show>
                <Show when=move || streaming.get()>
                    <Progress/>
                </Show>
            </div>
        </section>
    }
}
