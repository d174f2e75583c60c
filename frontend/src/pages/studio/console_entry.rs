//! One entry of the console: a line, a table, or the head of a group.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use protocol::preview::{ConsoleForm, ConsoleLevel, ConsoleNode, ConsoleValue};

use super::console::is_closed;
use super::console_value::{TableView, ValueView, as_text};
use super::fix::{AskAbout, FixButton};
use super::overlay::PlaceButton;
use crate::components::button::IconButton;
use crate::components::icon::{Glyph, Icon};
use crate::state::console::{Console, ConsoleEntry};
use crate::state::mention::{console_note, console_problem};
use crate::state::project::Project;

/// The entry. `toggled` are the groups that aren't as the app made them.
#[component]
pub(super) fn EntryView(entry: ConsoleEntry, toggled: RwSignal<HashSet<u64>>) -> impl IntoView {
    let console = Console::expect();
    let kind = kind(entry.call.level);
    let sign = match kind {
        "error" => Some((Glyph::Error, "Error")),
        "warning" => Some((Glyph::Warning, "Warning")),
        _ => None,
    };
    let id = entry.id;
    let place = move || {
        console.place(id).map(|place| {
            let text = format!("{}:{}", place.file, place.line);
            view! { <PlaceButton text=text place=Some(place)/> }
        })
    };
    let args = Arc::clone(&entry.call.args);
    let indent = format!("--indent: {}", entry.call.indent);
    let count = entry.count;
    let project = Project::expect();
    let told = StoredValue::new(entry.clone());
    let problem = Callback::new(move |()| {
        let place = untrack(|| console.place(id));
        told.with_value(|entry| console_problem(entry, place.as_ref(), project))
    });
    let note = Callback::new(move |()| {
        let place = untrack(|| console.place(id));
        told.with_value(|entry| console_note(entry, place.as_ref(), project))
    });
    view! {
        <li class="console-entry" data-level=kind style=indent>
            <span class="console-sign">
                {sign.map(|(glyph, word)| view! {
                    <Icon glyph=glyph size=14/>
                    <span class="visually-hidden">{word}": "</span>
                })}
            </span>
            <div class="console-text">{body(entry, toggled)}</div>
            {(count > 1).then(|| view! {
                <span class="console-count" title="Times in a row">{count}</span>
            })}
            <span class="console-tools">
                {(kind == "error").then(|| view! { <FixButton problem=problem in_row=true/> })}
                <AskAbout note=note in_row=true/>
                <IconButton
                    glyph=Glyph::Copy
                    label="Copy entry"
                    small=true
                    on_press=Callback::new(move |()| console.copy(as_text(&args)))
                />
            </span>
            {place}
        </li>
    }
}

fn body(entry: ConsoleEntry, toggled: RwSignal<HashSet<u64>>) -> AnyView {
    match (entry.call.form, entry.call.args.first()) {
        (ConsoleForm::Clear, _) => view! { <em>{entry.text.to_string()}</em> }.into_any(),
        (ConsoleForm::Group | ConsoleForm::ClosedGroup, _) => {
            let text = entry.text.to_string();
            let id = entry.id;
            let is_open = Memo::new(move |_| !is_closed(&entry, &toggled.read()));
            view! {
                <button
                    class="console-group"
                    type="button"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| toggled.update(|toggled| {
                        if !toggled.remove(&id) {
                            toggled.insert(id);
                        }
                    })
                >
                    <Icon glyph=Glyph::ChevronRight size=14/>
                    {text}
                </button>
            }
            .into_any()
        }
        (ConsoleForm::Table, Some(ConsoleValue::Node(rows))) if is_table(rows) => {
            view! { <TableView rows=rows.clone()/> }.into_any()
        }
        _ => entry
            .call
            .args
            .iter()
            .map(|value| view! { <ValueView value=value.clone()/>" " })
            .collect_view()
            .into_any(),
    }
}

fn is_table(node: &ConsoleNode) -> bool {
    !node.entries.is_empty()
}

/// Filter that a level belongs to.
pub(super) fn kind(level: ConsoleLevel) -> &'static str {
    match level {
        ConsoleLevel::Error => "error",
        ConsoleLevel::Warn => "warning",
        ConsoleLevel::Debug | ConsoleLevel::Log | ConsoleLevel::Info => "log",
    }
}
