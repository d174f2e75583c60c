//! Every finding of the compiler, every error of the app, and, when asked for,
//! the type errors of all files.

use leptos::prelude::*;

use super::fix::FixButton;
use super::overlay::{DiagnosticView, FaultView, PlaceButton};
use crate::components::button::Button;
use crate::components::icon::{Glyph, Icon};
use crate::platform::types::TypeFinding;
use crate::state::console::Place;
use crate::state::mention::type_problem;
use crate::state::problems::Problems;
use crate::state::project::Project;
use crate::state::types::{CheckStatus, Types};

/// The list.
#[component]
pub(super) fn ProblemsPanel() -> impl IntoView {
    let problems = Problems::expect();
    let diagnostics = problems.diagnostics();
    let faults = problems.faults();
    let types = problems.types();
    let none = Memo::new(move |_| {
        diagnostics.with(Vec::is_empty) && faults.with(Vec::is_empty) && types.with(Vec::is_empty)
    });
    view! {
        <div class="dock-panel problems" role="region" aria-label="Problems" tabindex="0">
            <TypesBar/>
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
                {move || types.with(|list| {
                    list.iter()
                        .map(|finding| view! { <TypeFindingView finding=finding.clone()/> })
                        .collect_view()
                })}
            </ol>
        </div>
    }
}

/// Asks for type errors, and says how that goes.
#[component]
fn TypesBar() -> impl IntoView {
    let project = Project::expect();
    let status = Types::expect().check_status();
    let types = Problems::expect().types();
    let busy = Signal::derive(move || {
        status.with(|status| matches!(status, CheckStatus::Loading | CheckStatus::Checking))
    });
    let failed = move || status.with(|status| matches!(status, CheckStatus::Failed(_)));
    let words = move || match status.get() {
        CheckStatus::Never => String::new(),
        CheckStatus::Loading => "Loading TypeScript…".to_owned(),
        CheckStatus::Checking => "Checking types…".to_owned(),
        CheckStatus::Done => types.with(|list| summary(list)),
        CheckStatus::Failed(sentence) => sentence.line(),
    };
    view! {
        <div class="types-bar">
            <Button
                small=true
                glyph=Glyph::Check
                busy=busy
                on_press=Callback::new(move |()| project.check_types())
            >
                {move || if failed() { "Try again" } else { "Check types" }}
            </Button>
            <p class="types-status" class:failed=failed role="status">{words}</p>
        </div>
    }
}

/// `2 type errors in 1 file. The app runs all the same.`
fn summary(list: &[TypeFinding]) -> String {
    if list.is_empty() {
        return "No type errors.".to_owned();
    }
    let files: std::collections::BTreeSet<&str> =
        list.iter().map(|finding| finding.path.as_str()).collect();
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    format!(
        "{} in {}. The app runs all the same.",
        plural(list.len(), "type error"),
        plural(files.len(), "file")
    )
}

/// One type error.
#[component]
fn TypeFindingView(
    /// The error.
    finding: TypeFinding,
) -> impl IntoView {
    let project = Project::expect();
    let text = format!("{}:{}:{}", finding.path, finding.line, finding.column);
    let told = finding.clone();
    let place = Place {
        file: finding.path,
        line: finding.line,
        column: finding.column,
    };
    view! {
        <li class="error-item types">
            <PlaceButton text=text place=Some(place)/>
            <p class="error-message">
                <Icon glyph=Glyph::Info size=14/>
                <span class="types-message">{finding.message}</span>
            </p>
            <p class="error-help">{format!("TypeScript {}", finding.code)}</p>
            <div class="error-fixes">
                <FixButton problem=Callback::new(move |()| type_problem(&told, project))/>
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(path: &str) -> TypeFinding {
        TypeFinding {
            path: path.to_owned(),
            code: 2322,
            message: String::new(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 2,
        }
    }

    #[test]
    fn counts_errors_and_files_in_words() {
        assert_eq!(summary(&[]), "No type errors.");
        let list = ["a.ts", "a.ts", "b.ts"].map(finding);
        assert_eq!(
            summary(list.get(..1).unwrap_or_default()),
            "1 type error in 1 file. The app runs all the same."
        );
        assert_eq!(
            summary(&list),
            "3 type errors in 2 files. The app runs all the same."
        );
    }
}
