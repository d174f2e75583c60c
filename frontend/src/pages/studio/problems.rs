//! Every finding of the compiler and every error of the app.

use leptos::prelude::*;

use super::overlay::{DiagnosticView, FaultView};
use crate::state::problems::Problems;

/// The list.
#[component]
pub(super) fn ProblemsPanel() -> impl IntoView {
    let problems = Problems::expect();
    let diagnostics = problems.diagnostics();
    let faults = problems.faults();
    let none = Memo::new(move |_| diagnostics.with(Vec::is_empty) && faults.with(Vec::is_empty));
    view! {
        <div class="dock-panel problems" role="region" aria-label="Problems" tabindex="0">
            <Show when=move || none.get()>
                <p class="dock-empty">"No problems."</p>
            </Show>
            <ol class="error-list">
                {move || diagnostics.with(|list| {
                    list.iter()
                        .map(|item| view! { <DiagnosticView diagnostic=item.clone()/> })
                        .collect_view()
                })}
                {move || faults.with(|list| {
                    list.iter().map(|fault| view! { <FaultView fault=fault.clone()/> }).collect_view()
                })}
            </ol>
        </div>
    }
}
