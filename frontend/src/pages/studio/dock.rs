//! The panel below code and preview: problems, console, data or permissions.

use leptos::prelude::*;

use super::console::ConsolePanel;
use super::data::DataPanel;
use super::layout::{DockPanel, Layout};
use super::permissions::PermissionsPanel;
use super::problems::ProblemsPanel;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::state::console::Console;
use crate::state::permissions::Permissions;
use crate::state::problems::Problems;

/// Three switches, and the panel that is chosen.
#[component]
pub(super) fn Dock() -> impl IntoView {
    let layout = Layout::expect();
    let dock = layout.dock();
    let problems = Problems::expect();
    let count = problems.error_count();
    let warnings = problems.warning_count();
    let entries = Console::expect().entries();
    let types = problems.types();
    let requests = Permissions::expect().log();
    let has_errors = move || count.get() > 0;
    let is_open = move |panel| dock.get() == Some(panel);
    view! {
        <section class="dock" aria-label="Problems, console, data and permissions" data-open=move || dock.get().is_some().to_string()>
            <div class="dock-bar">
                <button
                    class="dock-switch"
                    type="button"
                    aria-expanded=move || is_open(DockPanel::Problems).to_string()
                    on:click=move |_| layout.toggle_dock(DockPanel::Problems)
                >
                    "Problems"
                    <span class="dock-count" class:danger=has_errors>
                        {move || count.get() + warnings.get()}
                    </span>
                    <Show when=move || !types.with(Vec::is_empty)>
                        <span class="dock-count types">
                            {move || types.with(Vec::len)}
                            <span class="visually-hidden">" type errors"</span>
                        </span>
                    </Show>
                </button>
                <button
                    class="dock-switch"
                    type="button"
                    aria-expanded=move || is_open(DockPanel::Console).to_string()
                    on:click=move |_| layout.toggle_dock(DockPanel::Console)
                >
                    "Console"
                    <span class="dock-count">
                        {move || entries.with(std::collections::VecDeque::len)}
                    </span>
                </button>
                <button
                    class="dock-switch"
                    type="button"
                    aria-expanded=move || is_open(DockPanel::Data).to_string()
                    on:click=move |_| layout.toggle_dock(DockPanel::Data)
                >
                    "Data"
                </button>
                <button
                    class="dock-switch"
                    type="button"
                    aria-expanded=move || is_open(DockPanel::Permissions).to_string()
                    on:click=move |_| layout.toggle_dock(DockPanel::Permissions)
                >
                    "Permissions"
                    <Show when=move || !requests.with(std::collections::VecDeque::is_empty)>
                        <span class="dock-count">
                            {move || requests.with(std::collections::VecDeque::len)}
                            <span class="visually-hidden">" requests to the outside"</span>
                        </span>
                    </Show>
                </button>
                <Show when=move || dock.get().is_some()>
                    <IconButton
                        glyph=Glyph::Close
                        label="Close panel"
                        small=true
                        on_press=Callback::new(move |()| layout.close_dock())
                    />
                </Show>
            </div>
            {move || match dock.get() {
                Some(DockPanel::Problems) => view! { <ProblemsPanel/> }.into_any(),
                Some(DockPanel::Console) => view! { <ConsolePanel/> }.into_any(),
                Some(DockPanel::Data) => view! { <DataPanel/> }.into_any(),
                Some(DockPanel::Permissions) => view! { <PermissionsPanel/> }.into_any(),
                None => ().into_any(),
            }}
        </section>
    }
}
