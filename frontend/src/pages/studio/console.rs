//! What the generated app wrote to its console, with filters.

use leptos::html;
use leptos::prelude::*;
use protocol::preview::ConsoleLevel;

use super::overlay::PlaceButton;
use crate::components::button::IconButton;
use crate::components::field::Choice;
use crate::components::icon::{Glyph, Icon};
use crate::components::segmented::Segmented;
use crate::state::console::{Console, ConsoleEntry};

/// Newest entries in the page; the store keeps more for the filters.
const MAX_SHOWN: usize = 300;

/// The list with its filters.
#[component]
pub(super) fn ConsolePanel() -> impl IntoView {
    let console = Console::expect();
    let entries = console.entries();
    let filter = RwSignal::new("all".to_owned());
    let words = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let wanted = words.get().to_lowercase();
        let level = filter.get();
        entries.with(|entries| {
            let mut list: Vec<ConsoleEntry> = entries
                .iter()
                .rev()
                .filter(|entry| level == "all" || kind(entry.level) == level)
                .filter(|entry| wanted.is_empty() || entry.text.to_lowercase().contains(&wanted))
                .take(MAX_SHOWN)
                .cloned()
                .collect();
            list.reverse();
            list
        })
    });
    let choices = vec![
        Choice::new("all", "All"),
        Choice::new("error", "Errors"),
        Choice::new("warning", "Warnings"),
        Choice::new("log", "Log"),
    ];
    // Follows the newest entry while the person is at the end.
    let list = NodeRef::<html::Ol>::new();
    let at_end = StoredValue::new(true);
    Effect::new(move |_| {
        shown.track();
        if let Some(list) = list.get()
            && at_end.get_value()
        {
            request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
        }
    });
    let on_scroll = move |_| {
        if let Some(list) = list.get_untracked() {
            let below = list.scroll_height() - list.scroll_top() - list.client_height();
            at_end.set_value(below < 24);
        }
    };
    view! {
        <div class="dock-panel console">
            <div class="console-bar">
                <Segmented
                    name="console-level"
                    label="Levels shown"
                    value=filter
                    choices=choices
                    on_change=Callback::new(move |value| filter.set(value))
                />
                <input
                    class="input console-filter"
                    type="search"
                    aria-label="Filter the console"
                    placeholder="Filter"
                    prop:value=move || words.get()
                    on:input:target=move |event| words.set(event.target().value())
                />
                <IconButton
                    glyph=Glyph::Trash
                    label="Clear console"
                    small=true
                    on_press=Callback::new(move |()| console.clear())
                />
            </div>
            <Show when=move || shown.with(Vec::is_empty)>
                <p class="dock-empty">
                    {move || if entries.with(std::collections::VecDeque::is_empty) {
                        "The app has written nothing."
                    } else {
                        "Nothing matches the filter."
                    }}
                </p>
            </Show>
            <ol
                class="console-list"
                node_ref=list
                on:scroll=on_scroll
                role="log"
                aria-label="Console"
                tabindex="0"
            >
                <For
                    each=move || shown.get()
                    key=|entry| (entry.id, entry.count, entry.place.is_some())
                    children=|entry| view! { <EntryView entry=entry/> }
                />
            </ol>
        </div>
    }
}

#[component]
fn EntryView(entry: ConsoleEntry) -> impl IntoView {
    let kind = kind(entry.level);
    let sign = match kind {
        "error" => Some((Glyph::Error, "Error")),
        "warning" => Some((Glyph::Warning, "Warning")),
        _ => None,
    };
    let place = entry.place.map(|place| {
        let text = format!("{}:{}", place.file, place.line);
        view! { <PlaceButton text=text place=Some(place)/> }
    });
    view! {
        <li class="console-entry" data-level=kind>
            <span class="console-sign">
                {sign.map(|(glyph, word)| view! {
                    <Icon glyph=glyph size=14/>
                    <span class="visually-hidden">{word}": "</span>
                })}
            </span>
            <span class="console-text">{entry.text}</span>
            {(entry.count > 1).then(|| view! {
                <span class="console-count" title="Times in a row">{entry.count}</span>
            })}
            {place}
        </li>
    }
}

/// Filter that a level belongs to.
fn kind(level: ConsoleLevel) -> &'static str {
    match level {
        ConsoleLevel::Error => "error",
        ConsoleLevel::Warn => "warning",
        ConsoleLevel::Debug | ConsoleLevel::Log | ConsoleLevel::Info => "log",
    }
}
