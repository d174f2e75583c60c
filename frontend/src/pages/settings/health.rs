//! How the providers fare, and the last requests to them.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::components::A;
use protocol::provider::{CallOutcome, Circuit, ModelCall, ProviderHealth, ProviderSettings};

use super::cure::cure;
use super::providers::Trouble;
use super::words::{cost_words, duration_words, outcome_words, standing_words, time_words};
use crate::components::button::Button;
use crate::components::empty_state::EmptyState;
use crate::components::icon::{Glyph, Icon};
use crate::components::skeleton::Skeleton;
use crate::components::status_pill::{PillKind, StatusPill};
use crate::pages::top_bar::TopBar;
use crate::routes;
use crate::state::provider::ProviderState;

/// Between two looks while the page is open.
const REFRESH: Duration = Duration::from_secs(10);

/// The page.
#[component]
pub(crate) fn HealthPage() -> impl IntoView {
    let provider = ProviderState::expect();
    let frozen = provider.frozen();
    let providers = Memo::new(move |_| provider.settings().get().map(|known| known.providers));
    let is_known = Memo::new(move |_| providers.with(Option::is_some));
    let is_empty =
        Memo::new(move |_| providers.with(|known| known.as_ref().is_some_and(Vec::is_empty)));
    refresh_often(provider, frozen);
    view! {
        <TopBar title="Health · Cumulet"/>
        <main class="settings health" id="main">
            <header class="settings-head">
                <A href=routes::SETTINGS attr:class="back-link">
                    <Icon glyph=Glyph::ArrowLeft size=14/>
                    "Settings"
                </A>
                <h1>"Health of the language models"</h1>
            </header>
            <Trouble frozen=frozen/>
            <section aria-labelledby="providers-title">
                <h2 id="providers-title">"Providers"</h2>
                <Show when=move || !is_known.get() && provider.checking().get()>
                    <Skeleton lines=3 label="Reading the settings"/>
                </Show>
                <Show when=move || is_empty.get()>
                    <div class="provider-list">
                        <EmptyState
                            glyph=Glyph::Model
                            title="No language model is set up yet"
                            detail="Once there is one, this page shows how it fares."
                        >
                            <A href=routes::SETTINGS attr:class="button secondary">
                                "Add a provider"
                            </A>
                        </EmptyState>
                    </div>
                </Show>
                <Show when=move || is_known.get() && !is_empty.get()>
                    <ul class="provider-list" aria-label="Providers">
                        <For
                            each=move || providers.get().unwrap_or_default()
                            key=|shown| {
                                (shown.id.clone(), shown.name.clone(), shown.model.clone(), shown.enabled)
                            }
                            children=move |shown| view! { <Vitals shown=shown frozen=frozen/> }
                        />
                    </ul>
                </Show>
            </section>
            <section aria-labelledby="calls-title">
                <h2 id="calls-title">"Last requests"</h2>
                <Calls/>
            </section>
        </main>
    }
}

/// Looks again while the page is open and somebody can look.
fn refresh_often(provider: ProviderState, frozen: Signal<bool>) {
    provider.refresh();
    let interval = set_interval_with_handle(
        move || {
            if !frozen.get_untracked() {
                provider.refresh();
            }
        },
        REFRESH,
    );
    // Without a timer the page shows what was there when it was opened.
    if let Ok(interval) = interval {
        on_cleanup(move || interval.clear());
    }
}

/// State of one provider.
#[component]
fn Vitals(shown: ProviderSettings, frozen: Signal<bool>) -> impl IntoView {
    let provider = ProviderState::expect();
    let id = StoredValue::new(shown.id.clone());
    let name = shown.name.clone();
    let standing = Memo::new(move |_| provider.standing(&shown));
    let health = Memo::new(move |_| id.with_value(|id| provider.health(id)));
    let busy = Memo::new(move |_| id.with_value(|id| provider.is_examined(id)));
    let pill = Memo::new(move |_| standing_words(&standing.get(), false));
    let trouble = Memo::new(move |_| standing.with(|standing| standing.trouble().cloned()));
    view! {
        <li class="provider">
            <div class="provider-head">
                <h3>{name.clone()}</h3>
                <StatusPill
                    kind=Signal::derive(move || pill.get().0)
                    text=Signal::derive(move || pill.get().1)
                />
                <div class="provider-actions">
                    <Button
                        small=true
                        glyph=Glyph::Reload
                        busy=busy
                        disabled=frozen
                        on_press=move || id.with_value(|id| provider.examine(id))
                    >
                        "Check now"
                        <span class="visually-hidden">{format!(" {name}")}</span>
                    </Button>
                </div>
            </div>
            {move || health.get().map(|health| view! { <Readings health=health/> })}
            <div aria-live="polite">
                {move || trouble.get().map(|sentence| cure(&sentence.line()))}
            </div>
        </li>
    }
}

/// What was seen when the provider was last looked at.
#[component]
fn Readings(health: ProviderHealth) -> impl IntoView {
    let circuit = match health.circuit {
        Circuit::Closed => "Closed: it is asked",
        Circuit::Open => "Open: it rests",
        Circuit::HalfOpen => "Half open: one request tries it",
    };
    let latency = health
        .latency_ms
        .map_or_else(|| "No answer".to_owned(), duration_words);
    view! {
        <dl class="readings">
            <div>
                <dt>"Latency"</dt>
                <dd>{latency}</dd>
            </div>
            <div>
                <dt>"Circuit"</dt>
                <dd>{circuit}</dd>
            </div>
            <div>
                <dt>"Looked at"</dt>
                <dd>{time_words(health.checked_ms)}</dd>
            </div>
        </dl>
    }
}

/// The last requests, newest first.
#[component]
fn Calls() -> impl IntoView {
    let provider = ProviderState::expect();
    let calls = provider.calls();
    // Roles by name: on a narrow screen the table is laid out as a list.
    move || match calls.get() {
        None => None,
        Some(calls) if calls.is_empty() => Some(
            view! {
                <div class="provider-list">
                    <EmptyState
                        glyph=Glyph::Chat
                        title="No model has been asked yet"
                        detail="Describe an app on the home page; the request stands here then."
                    />
                </div>
            }
            .into_any(),
        ),
        Some(calls) => Some(
            view! {
                <table class="calls" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Time"</th>
                            <th role="columnheader" scope="col">"Model"</th>
                            <th role="columnheader" scope="col">"First token"</th>
                            <th role="columnheader" scope="col">"Duration"</th>
                            <th role="columnheader" scope="col">"Tokens"</th>
                            <th role="columnheader" scope="col">"Cost"</th>
                            <th role="columnheader" scope="col">"Outcome"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        {calls.into_iter().map(|call| row(provider, call)).collect_view()}
                    </tbody>
                </table>
            }
            .into_any(),
        ),
    }
}

/// One request.
fn row(provider: ProviderState, call: ModelCall) -> impl IntoView {
    let id = call.provider;
    let name = provider.settings().with(|settings| {
        let mut providers = settings.iter().flat_map(|settings| &settings.providers);
        let found = providers.find(|provider| provider.id == id);
        found.map(|found| found.name.clone())
    });
    let (kind, glyph) = match call.outcome {
        CallOutcome::Done | CallOutcome::Cached => (PillKind::Positive, Glyph::Check),
        CallOutcome::Failed => (PillKind::Danger, Glyph::Error),
        CallOutcome::Cancelled => (PillKind::Neutral, Glyph::Stop),
    };
    let tokens = match (call.prompt_tokens, call.completion_tokens) {
        (0, 0) => None,
        (prompt, answer) => Some(format!("{prompt} + {answer}")),
    };
    view! {
        <tr role="row">
            <td role="cell" data-label="Time">{time_words(call.started_ms)}</td>
            <td role="cell" data-label="Model">
                <code>{call.model}</code>
                <span class="calls-provider">{name.unwrap_or(id)}</span>
            </td>
            <td role="cell" data-label="First token">{told(call.first_token_ms.map(duration_words))}</td>
            <td role="cell" data-label="Duration">{duration_words(call.duration_ms)}</td>
            <td role="cell" data-label="Tokens">{told(tokens)}</td>
            <td role="cell" data-label="Cost">{told(call.cost_micro_usd.map(cost_words))}</td>
            <td role="cell" data-label="Outcome">
                <span class="calls-outcome" class:failed=kind == PillKind::Danger>
                    <Icon glyph=glyph size=14/>
                    {outcome_words(call.outcome)}
                </span>
                {call.reason.map(|reason| view! { <span class="calls-reason">{reason}</span> })}
            </td>
        </tr>
    }
}

/// What nobody told is a dash.
fn told(words: Option<String>) -> String {
    words.unwrap_or_else(|| "–".to_owned())
}
