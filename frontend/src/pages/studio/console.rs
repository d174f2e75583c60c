//! What the generated app wrote to its console, with filters.

use std::collections::{HashSet, VecDeque};

use leptos::html;
use leptos::prelude::*;
use protocol::preview::ConsoleForm;

use super::console_entry::{EntryView, kind};
use crate::components::button::IconButton;
use crate::components::field::Choice;
use crate::components::icon::Glyph;
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
    let toggled = RwSignal::new(HashSet::new());
    let matching = Memo::new(move |_| {
        let words = words.get().to_lowercase();
        let level = filter.get();
        entries.with(|entries| select(entries, &level, &words, &toggled.read()))
    });
    let shown = move || matching.with(|(shown, _)| shown.clone());
    let is_empty = Memo::new(move |_| matching.with(|(shown, _)| shown.is_empty()));
    let older = Memo::new(move |_| matching.with(|(_, older)| *older));
    let choices = vec![
        Choice::new("all", "All"),
        Choice::new("error", "Errors"),
        Choice::new("warning", "Warnings"),
        Choice::new("log", "Log"),
    ];
    // Follows the newest entry while the person is at the end.
    let list = NodeRef::<html::Div>::new();
    let at_end = StoredValue::new(true);
    Effect::new(move |_| {
        matching.track();
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
            <Show when=move || is_empty.get()>
                <p class="dock-empty">
                    {move || if entries.with(VecDeque::is_empty) {
                        "The app has written nothing."
                    } else {
                        "Nothing matches the filter."
                    }}
                </p>
            </Show>
            <Show when=move || older.get() != 0>
                <p class="console-older">
                    {move || format!("{} older entries are not drawn. Filter to find them.", older.get())}
                </p>
            </Show>
            <div
                class="console-list"
                node_ref=list
                on:scroll=on_scroll
                role="log"
                aria-label="Console"
                tabindex="0"
            >
                <ol>
                    <For
                        each=shown
                        key=|entry| (entry.id, entry.count)
                        children=move |entry| view! { <EntryView entry=entry toggled=toggled/> }
                    />
                </ol>
            </div>
        </div>
    }
}

/// The newest entries that are to be drawn, oldest first, and how many older ones there are. What
/// stands in closed groups is left out, but not while somebody looks for words.
fn select(
    entries: &VecDeque<ConsoleEntry>,
    level: &str,
    words: &str,
    toggled: &HashSet<u64>,
) -> (Vec<ConsoleEntry>, usize) {
    let mut closed_at = None;
    let mut chosen: VecDeque<&ConsoleEntry> = VecDeque::new();
    let mut older = 0;
    for entry in entries {
        let call = &entry.call;
        if closed_at.is_some_and(|indent| call.indent > indent) {
            continue;
        }
        closed_at = (words.is_empty() && is_closed(entry, toggled)).then_some(call.indent);
        let is_wanted = (level == "all" || kind(call.level) == level)
            && (words.is_empty() || entry.text.to_lowercase().contains(words));
        if is_wanted {
            chosen.push_back(entry);
            if chosen.len() > MAX_SHOWN {
                chosen.pop_front();
                older += 1;
            }
        }
    }
    (chosen.into_iter().cloned().collect(), older)
}

/// Whether an entry is a group whose content isn't shown.
pub(super) fn is_closed(entry: &ConsoleEntry, toggled: &HashSet<u64>) -> bool {
    match entry.call.form {
        ConsoleForm::Group => toggled.contains(&entry.id),
        ConsoleForm::ClosedGroup => !toggled.contains(&entry.id),
        _ => false,
    }
}
