//! Errors over the app: what, where, the lines around it, and what to do.
//! The last good app stays visible above the sheet.

use leptos::prelude::*;
use protocol::bundle::{Diagnostic, Severity};

use super::fix::{FixButton, can_fix};
use super::layout::Layout;
use super::markdown::line_view;
use crate::components::button::{Button, ButtonVariant, IconButton};
use crate::components::icon::{Glyph, Icon};
use crate::state::chat::Chat;
use crate::state::console::Place;
use crate::state::faults::Fault;
use crate::state::preview::{Preview, PreviewStatus};
use crate::state::problems::{Problems, describe_diagnostic, describe_fault, describe_place};
use crate::state::project::Project;

/// Errors that are shown at once; the problems panel has them all.
const MAX_SHOWN: usize = 5;

/// The sheet; nothing while all is well or after it was dismissed.
#[component]
pub(super) fn ErrorOverlay() -> impl IntoView {
    let problems = Problems::expect();
    let chat = Chat::expect();
    let status = Preview::expect().status();
    let errors = Memo::new(move |_| {
        problems.diagnostics().with(|list| {
            list.iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let faults = problems.faults();
    // What was dismissed; other errors show it again.
    let dismissed = RwSignal::new(None::<(Vec<String>, Vec<u64>)>);
    let signature = Memo::new(move |_| {
        let messages = errors.with(|list| list.iter().map(|item| item.message.clone()).collect());
        let ids = faults.with(|list| list.iter().map(|fault| fault.id).collect());
        (messages, ids)
    });
    let count = problems.error_count();
    let shown = Memo::new(move |_| {
        count.get() > 0 && dismissed.with(|dismissed| *dismissed != Some(signature.get()))
    });
    // Without an app behind it the sheet takes the whole stage.
    let alone = Memo::new(move |_| {
        matches!(
            status.get(),
            PreviewStatus::Empty
                | PreviewStatus::Crashed
                | PreviewStatus::Failed(_)
                | PreviewStatus::Stopped(_)
        )
    });
    // A single one has its own button.
    let can_fix = can_fix();
    let can_ask = Memo::new(move |_| can_fix.get() && count.get() > 1);
    view! {
        <Show when=move || shown.get()>
            <section
                class="error-sheet"
                class:alone=move || alone.get()
                role="alert"
                aria-label="Errors"
            >
                <header class="error-sheet-head">
                    <Icon glyph=Glyph::Error/>
                    <h2>
                        {move || match (errors.with(Vec::is_empty), count.get()) {
                            (false, 1) => "The app can't be built: 1 problem".to_owned(),
                            (false, count) => format!("The app can't be built: {count} problems"),
                            (true, 1) => "The app threw an error".to_owned(),
                            (true, count) => format!("The app threw {count} errors"),
                        }}
                    </h2>
                    <Show when=move || can_ask.get()>
                        <Button
                            small=true
                            glyph=Glyph::Wrench
                            variant=ButtonVariant::Primary
                            on_press=Callback::new(move |()| {
                                chat.ask_to_fix(problems.as_text());
                            })
                        >
                            "Ask the model to fix"
                        </Button>
                    </Show>
                    <IconButton
                        glyph=Glyph::Close
                        label="Dismiss errors"
                        small=true
                        on_press=Callback::new(move |()| {
                            dismissed.set(Some(signature.get_untracked()));
                        })
                    />
                </header>
                <ol class="error-list">
                    {move || errors.with(|list| {
                        list.iter()
                            .take(MAX_SHOWN)
                            .map(|item| view! { <DiagnosticView diagnostic=item.clone()/> })
                            .collect_view()
                    })}
                    {move || faults.with(|list| {
                        list.iter()
                            .take(MAX_SHOWN)
                            .map(|fault| view! { <FaultView fault=fault.clone()/> })
                            .collect_view()
                    })}
                </ol>
            </section>
        </Show>
    }
}

/// One finding of the compiler.
#[component]
pub(super) fn DiagnosticView(
    /// The finding.
    diagnostic: Diagnostic,
) -> impl IntoView {
    let project = Project::expect();
    let place = diagnostic.span.map(|span| Place {
        file: diagnostic.file.clone(),
        line: span.line,
        column: span.column,
    });
    let where_ = describe_place(&diagnostic);
    let told = diagnostic.clone();
    let warning = diagnostic.severity == Severity::Warning;
    let file = diagnostic.file.clone();
    let fixes = diagnostic
        .fixes
        .into_iter()
        .map(|fix| {
            let file = file.clone();
            let title = fix.title.clone();
            view! {
                <Button
                    small=true
                    glyph=Glyph::Wrench
                    on_press=Callback::new(move |()| project.apply_fix(&file, &fix))
                >
                    {title}
                </Button>
            }
        })
        .collect_view();
    view! {
        <li class="error-item" class:warning=warning>
            <PlaceButton text=where_ place=place/>
            <p class="error-message">
                <Icon glyph=if warning { Glyph::Warning } else { Glyph::Error } size=14/>
                <span class="markdown-line">{line_view(&diagnostic.message)}</span>
            </p>
            {(!diagnostic.frame.is_empty())
                .then(|| view! { <pre class="code-frame" tabindex="0">{diagnostic.frame}</pre> })}
            {diagnostic.help.map(|help| view! {
                <p class="error-help markdown-line">{line_view(&help)}</p>
            })}
            <div class="error-fixes">
                {fixes}
                <FixButton problem=Callback::new(move |()| describe_diagnostic(&told))/>
            </div>
        </li>
    }
}

/// One error that the app threw.
#[component]
pub(super) fn FaultView(
    /// The error.
    fault: Fault,
) -> impl IntoView {
    let where_ = match &fault.place {
        Some(place) => format!("{}:{}:{}", place.file, place.line, place.column),
        None => "While running".to_owned(),
    };
    let message = if fault.count > 1 {
        format!("{} ({} times)", fault.message, fault.count)
    } else {
        fault.message.clone()
    };
    let components = fault.components.join(" in ");
    let told = fault.clone();
    let (cause, next) = fault.cause();
    view! {
        <li class="error-item">
            <PlaceButton text=where_ place=fault.place/>
            <p class="error-message">
                <Icon glyph=Glyph::Error size=14/>
                {message}
            </p>
            <p class="error-help">{format!("{cause} {next}")}</p>
            {(!fault.frame.is_empty())
                .then(|| view! { <pre class="code-frame" tabindex="0">{fault.frame}</pre> })}
            {(!components.is_empty())
                .then(|| view! { <p class="error-help">{format!("In {components}")}</p> })}
            <div class="error-fixes">
                <FixButton problem=Callback::new(move |()| describe_fault(&told))/>
            </div>
        </li>
    }
}

/// A place as a button that shows it in the code.
#[component]
pub(super) fn PlaceButton(
    /// `src/App.tsx:3:5`.
    text: String,
    /// Where to go; without one the text is only text.
    place: Option<Place>,
) -> impl IntoView {
    let layout = Layout::expect();
    match place {
        Some(place) => view! {
            <button
                class="place"
                type="button"
                title="Show in the code"
                on:click=move |_| layout.go_to(place.clone())
            >
                {text}
            </button>
        }
        .into_any(),
        None => view! { <span class="place">{text}</span> }.into_any(),
    }
}
