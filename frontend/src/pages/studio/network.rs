//! What the app sent outside, and what the sandbox didn't let out: newest
//! first, and each to be opened.

use std::collections::VecDeque;

use leptos::prelude::*;

use super::fix::AskAbout;
use super::request_dialog::size_words;
use crate::components::button::IconButton;
use crate::components::icon::{Glyph, Icon};
use crate::platform::clock::time_of_day;
use crate::state::mention::request_note;
use crate::state::network::{Kind, Network, NetworkEntry, Outcome, Side};

/// The panel.
#[component]
pub(super) fn NetworkPanel() -> impl IntoView {
    let network = Network::expect();
    let log = network.log();
    let words = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let words = words.get().to_lowercase();
        log.with(|log| {
            let newest = log.iter().rev();
            newest
                .filter(|entry| words.is_empty() || line(entry).to_lowercase().contains(&words))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="dock-panel network">
            <div class="console-bar">
                <input
                    class="input console-filter"
                    type="search"
                    aria-label="Filter the requests"
                    placeholder="Filter"
                    prop:value=move || words.get()
                    on:input:target=move |event| words.set(event.target().value())
                />
                <IconButton
                    glyph=Glyph::Trash
                    label="Clear requests"
                    small=true
                    on_press=Callback::new(move |()| network.clear())
                />
            </div>
            <Show when=move || shown.with(Vec::is_empty)>
                <p class="dock-empty">
                    {move || if log.with(VecDeque::is_empty) {
                        "The app has sent nothing. What it asks for with SandboxAPI.fetch stands here, and what the sandbox stopped."
                    } else {
                        "Nothing matches the filter."
                    }}
                </p>
            </Show>
            <ul class="network-list" aria-label="Requests">
                <For
                    each=move || shown.get()
                    key=|entry| (entry.id, entry.count)
                    children=|entry| view! { <EntryView entry=entry/> }
                />
            </ul>
        </div>
    }
}

#[component]
fn EntryView(entry: NetworkEntry) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (status, is_bad) = status(&entry.outcome);
    let took = entry
        .took_ms
        .map(|took_ms| format!("{took_ms:.0} ms"))
        .unwrap_or_default();
    let size = match entry.outcome {
        Outcome::Status(_) => size_words(u64::try_from(entry.bytes).unwrap_or(u64::MAX)),
        _ => String::new(),
    };
    let how = match entry.kind {
        Kind::Fetch => "fetch",
        Kind::Picture => "picture",
        Kind::Blocked => "page",
    };
    let count = entry.count;
    let detail = StoredValue::new(entry.clone());
    view! {
        <li class="network-entry">
            <button
                class="network-row"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::ChevronRight size=12/>
                <span class="network-status" class:bad=is_bad>{status}</span>
                <span class="network-what">
                    <span class="network-method">{entry.method}</span>
                    " "<span class="network-host">{entry.host}</span>{entry.path}
                </span>
                {(count > 1).then(|| view! { <span class="console-count" title="Times in a row">{count}</span> })}
                <span class="network-fact">{how}</span>
                <span class="network-fact">{entry.media_type}</span>
                <span class="network-fact number">{size}</span>
                <span class="network-fact number">{took}</span>
                <span class="network-fact number">{time_of_day(entry.time_ms)}</span>
            </button>
            {move || is_open.get().then(|| detail.with_value(detail_view))}
        </li>
    }
}

fn detail_view(entry: &NetworkEntry) -> AnyView {
    let said = match &entry.outcome {
        Outcome::Status(_) => None,
        Outcome::Denied => Some(format!(
            "You didn't allow {}. Under Permissions the app may ask again.",
            entry.host
        )),
        Outcome::Failed(_, why) => Some(why.clone()),
        Outcome::Blocked(directive) => Some(format!(
            "Blocked by the sandbox ({directive}). {}",
            instead(directive)
        )),
    };
    let told = entry.clone();
    view! {
        <div class="network-detail">
            {said.map(|said| view! { <p>{said}</p> })}
            {side_view("Sent", &entry.sent)}
            {side_view("Received", &entry.received)}
            <div class="network-tools">
                <AskAbout note=Callback::new(move |()| request_note(&told))/>
            </div>
        </div>
    }
    .into_any()
}

fn side_view(title: &'static str, side: &Side) -> AnyView {
    if *side == Side::default() {
        return ().into_any();
    }
    let headers = side
        .headers
        .iter()
        .map(|(name, value)| view! { <dt>{name.clone()}</dt><dd>{value.clone()}</dd> })
        .collect_view();
    let label = format!("{title}: body");
    view! {
        <section aria-label=title>
            <h3>{title}</h3>
            {(!side.headers.is_empty()).then(|| view! { <dl class="network-headers">{headers}</dl> })}
            {side.text.clone().map(|text| view! {
                // Scrolled, so reached with the keyboard.
                <pre class="network-body" tabindex="0" role="region" aria-label=label>{text}</pre>
            })}
        </section>
    }
    .into_any()
}

/// What a person sees of an entry, for the filter.
fn line(entry: &NetworkEntry) -> String {
    let (status, _) = status(&entry.outcome);
    format!(
        "{status} {} {}{} {}",
        entry.method, entry.host, entry.path, entry.media_type
    )
}

fn status(outcome: &Outcome) -> (String, bool) {
    match outcome {
        Outcome::Status(status) => (status.to_string(), *status >= 400),
        Outcome::Denied => ("denied".to_owned(), true),
        Outcome::Failed(in_short, _) => ((*in_short).to_owned(), true),
        Outcome::Blocked(_) => ("blocked".to_owned(), true),
    }
}

/// What to do in place of what the policy stopped.
fn instead(directive: &str) -> &'static str {
    match directive {
        "connect-src" => "Use SandboxAPI.fetch, which asks you for each host.",
        "script-src" | "script-src-elem" => {
            "Import an approved package, or put the file into the project."
        }
        "img-src" => {
            "Show it with <img>, which asks you for each host, or put the picture into the project."
        }
        "media-src" | "font-src" => "Put the file into the project.",
        "style-src" | "style-src-elem" => "Write the styles into the project.",
        _ => "Apps have no network of their own in the preview.",
    }
}
