//! What the generated app keeps: names and sizes, a file of all of it, and a
//! way to start from nothing.

use leptos::prelude::*;
use protocol::preview::{DataSummary, DataTable};

use crate::components::button::{Button, IconButton};
use crate::components::icon::Glyph;
use crate::state::intake::size;
use crate::state::preview::{AppData, Preview};
use crate::state::session::{Server, Session};

/// Keys of `localStorage` in the list; the file has all of them.
const MAX_SHOWN: usize = 100;

/// The list with its actions.
#[component]
pub(super) fn DataPanel() -> impl IntoView {
    let preview = Preview::expect();
    let data = preview.data();
    let server = Session::expect().server();
    preview.read_data();
    let is_empty = Memo::new(move |_| {
        data.with(|data| match data {
            AppData::Ready(summary) => is_nothing(summary),
            AppData::Loading | AppData::Failed(_) => true,
        })
    });
    view! {
        <div class="dock-panel data" role="region" aria-label="Data" tabindex="0">
            <div class="console-bar">
                <p class="data-total" role="status">{move || data.with(|data| total(data, server.get()))}</p>
                <Button
                    small=true
                    disabled=is_empty
                    on_press=Callback::new(move |()| preview.export_data())
                >
                    "Export"
                </Button>
                <Button
                    small=true
                    glyph=Glyph::Trash
                    disabled=is_empty
                    on_press=Callback::new(move |()| preview.clear_data())
                >
                    "Clear"
                </Button>
                <IconButton
                    glyph=Glyph::Reload
                    label="Read again"
                    small=true
                    on_press=Callback::new(move |()| preview.read_data())
                />
            </div>
            {move || match data.get() {
                AppData::Loading => ().into_any(),
                AppData::Failed(reason) => view! {
                    <p class="dock-empty">
                        "The app's data couldn't be read: "{reason}". Read it again, or allow this site to store data."
                    </p>
                }.into_any(),
                AppData::Ready(summary) if is_nothing(&summary) => view! {
                    <p class="dock-empty">
                        "The app keeps nothing yet. What it stores with localStorage, IndexedDB or useAppData is listed here."
                    </p>
                }.into_any(),
                AppData::Ready(summary) => view! { <Tables summary=summary/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Tables(summary: DataSummary) -> impl IntoView {
    let DataSummary {
        items,
        databases,
        collections,
        ..
    } = summary;
    let more = items.len().saturating_sub(MAX_SHOWN);
    let items: Vec<_> = items
        .into_iter()
        .take(MAX_SHOWN)
        .map(|item| (item.name, String::new(), text_of(item.bytes)))
        .collect();
    view! {
        <Group title="Collections".to_owned() rows=tables(collections)/>
        <Group title="localStorage".to_owned() rows=items/>
        {(more > 0).then(|| view! {
            <p class="dock-empty">{more}" more keys, in the exported file."</p>
        })}
        {databases
            .into_iter()
            .map(|database| {
                let title = format!("IndexedDB: {}", database.name);
                view! { <Group title=title rows=tables(database.stores)/> }
            })
            .collect_view()}
    }
}

/// A heading with its rows: name, count, size. Nothing without rows.
#[component]
fn Group(title: String, rows: Vec<(String, String, String)>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        view! {
            <section class="data-group">
                <h3>{title}</h3>
                <ul>
                    {rows
                        .into_iter()
                        .map(|(name, count, bytes)| view! {
                            <li class="data-row">
                                <span class="data-name">{name}</span>
                                <span class="data-number">{count}</span>
                                <span class="data-number">{bytes}</span>
                            </li>
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

fn tables(tables: Vec<DataTable>) -> Vec<(String, String, String)> {
    let row = |table: DataTable| {
        let count = match table.count {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        };
        (table.name, count, text_of(table.bytes))
    };
    tables.into_iter().map(row).collect()
}

fn is_nothing(summary: &DataSummary) -> bool {
    summary.items.is_empty() && summary.databases.is_empty() && summary.collections.is_empty()
}

fn total(data: &AppData, server: Server) -> String {
    let AppData::Ready(summary) = data else {
        return String::new();
    };
    let stores = summary
        .databases
        .iter()
        .flat_map(|database| &database.stores);
    let tables = stores.chain(&summary.collections).map(|table| table.bytes);
    let bytes: u64 = tables
        .chain(summary.items.iter().map(|item| item.bytes))
        .sum();
    if bytes == 0 {
        return String::new();
    }
    let here = format!("{} kept in this browser", text_of(bytes));
    match summary.unsent {
        _ if server != Server::Present || summary.collections.is_empty() => here,
        0 => format!("{here}, collections on the server too"),
        1 => format!("{here}, 1 change waits for the server"),
        changes => format!("{here}, {changes} changes wait for the server"),
    }
}

/// Sizes are far below what a number of this machine holds.
fn text_of(bytes: u64) -> String {
    size(usize::try_from(bytes).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_totals_are_words() {
        assert_eq!(total(&AppData::Loading, Server::Present), "");
        let collections = vec![DataTable {
            name: "todos".to_owned(),
            count: 1,
            bytes: 300,
        }];
        assert_eq!(tables(collections.clone())[0].1, "1 entry");
        let summary = DataSummary {
            collections,
            ..DataSummary::default()
        };
        assert_eq!(
            total(&AppData::Ready(summary.clone()), Server::Absent),
            "300 bytes kept in this browser"
        );
        let waiting = DataSummary {
            unsent: 2,
            ..summary
        };
        assert_eq!(
            total(&AppData::Ready(waiting), Server::Present),
            "300 bytes kept in this browser, 2 changes wait for the server"
        );
    }
}
