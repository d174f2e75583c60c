//! The panel below code and preview: problems, console, network, data or permissions.

use std::collections::VecDeque;

use leptos::prelude::*;

use super::console::ConsolePanel;
use super::data::DataPanel;
use super::layout::{DockPanel, Layout};
use super::network::NetworkPanel;
use super::permissions::PermissionsPanel;
use super::problems::ProblemsPanel;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::state::console::Console;
use crate::state::network::Network;
use crate::state::problems::Problems;
use crate::state::timings::{Timing, Timings};

/// A switch for each panel, and the one that is chosen.
#[component]
pub(super) fn Dock() -> impl IntoView {
    let layout = Layout::expect();
    let dock = layout.dock();
    let problems = Problems::expect();
    let count = problems.error_count();
    let warnings = problems.warning_count();
    let entries = Console::expect().entries();
    let types = problems.types();
    let requests = Network::expect().log();
    let has_errors = move || count.get() > 0;
    view! {
        <section class="dock" aria-label="Problems, console, network, data and permissions" data-open=move || dock.get().is_some().to_string()>
            <div class="dock-bar">
                <DockSwitch panel=DockPanel::Problems label="Problems">
                    <span class="dock-count" class:danger=has_errors>
                        {move || count.get() + warnings.get()}
                    </span>
                    <Show when=move || !types.with(Vec::is_empty)>
                        <span class="dock-count types">
                            {move || types.with(Vec::len)}
                            <span class="visually-hidden">" type errors"</span>
                        </span>
                    </Show>
                </DockSwitch>
                <DockSwitch panel=DockPanel::Console label="Console">
                    <span class="dock-count">{move || entries.with(VecDeque::len)}</span>
                </DockSwitch>
                <DockSwitch panel=DockPanel::Network label="Network">
                    <Show when=move || !requests.with(VecDeque::is_empty)>
                        <span class="dock-count">
                            {move || requests.with(VecDeque::len)}
                            <span class="visually-hidden">" requests to the outside"</span>
                        </span>
                    </Show>
                </DockSwitch>
                <DockSwitch panel=DockPanel::Data label="Data"/>
                <DockSwitch panel=DockPanel::Permissions label="Permissions"/>
                <TimingLine/>
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
                Some(DockPanel::Network) => view! { <NetworkPanel/> }.into_any(),
                Some(DockPanel::Data) => view! { <DataPanel/> }.into_any(),
                Some(DockPanel::Permissions) => view! { <PermissionsPanel/> }.into_any(),
                None => ().into_any(),
            }}
        </section>
    }
}

/// What the last change took, in numbers; the tooltip says what they are.
#[component]
fn TimingLine() -> impl IntoView {
    let last = Timings::expect().last();
    view! {
        {move || last.get().map(|timing| view! {
            <p class="dock-timing" title=timing_help(&timing)>{timing_words(&timing)}</p>
        })}
    }
}

fn timing_words(timing: &Timing) -> String {
    let ran = if timing.is_start { "started" } else { "ran" };
    let parts = [
        ("compiled", timing.compile_ms),
        ("sent", timing.sent_ms),
        (ran, timing.ran_ms),
        ("painted", timing.painted_ms),
    ];
    let known: Vec<String> = parts
        .into_iter()
        .filter_map(|(word, ms)| Some(format!("{word} {:.0}", ms?)))
        .collect();
    format!("{} ms", known.join(" · "))
}

fn timing_help(timing: &Timing) -> &'static str {
    if timing.is_start {
        "The last start of the app, in milliseconds: compiling the files, the way to the frame with the packages that it needs, loading and running the app until it showed something, and drawing it."
    } else {
        "The last change, in milliseconds: compiling what changed, the way to the frame, replacing the modules until React had committed, and drawing it."
    }
}

/// Opens its panel, and closes it when it is open. What stands behind the
/// label says what is new in there.
#[component]
fn DockSwitch(
    panel: DockPanel,
    label: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let layout = Layout::expect();
    view! {
        <button
            class="dock-switch"
            type="button"
            aria-expanded=move || (layout.dock().get() == Some(panel)).to_string()
            on:click=move |_| layout.toggle_dock(panel)
        >
            {label}
            {children.map(|children| children())}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::timing_words;
    use crate::state::timings::Timing;

    #[test]
    fn says_only_what_was_measured() {
        let mut timing = Timing {
            sent_ms: Some(3.4),
            ran_ms: Some(80.0),
            is_start: true,
            ..Timing::default()
        };
        assert_eq!(timing_words(&timing), "sent 3 · started 80 ms");
        timing.compile_ms = Some(12.0);
        timing.painted_ms = Some(16.2);
        timing.is_start = false;
        assert_eq!(
            timing_words(&timing),
            "compiled 12 · sent 3 · ran 80 · painted 16 ms"
        );
    }
}
