//! The panel below code and preview: problems, console or data.

use leptos::prelude::*;

use super::console::ConsolePanel;
use super::data::DataPanel;
use super::layout::{DockPanel, Layout};
use super::problems::ProblemsPanel;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::state::console::Console;
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
    let has_errors = move || count.get() > 0;
    let is_open = move |panel| dock.get() == Some(panel);
    view! {
        <section class="dock" aria-label="Problems, console and data" data-open=move || dock.get().is_some().to_string()>
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
                None => ().into_any(),
            }}
        </section>
    }
}
