//! Values of the console: trees that open step by step, and tables. What is
//! closed is not in the page.

use std::fmt::Write as _;

use leptos::prelude::*;
use protocol::preview::{ConsoleNode, ConsoleValue, ValueKind};

use crate::components::icon::{Glyph, Icon};

/// Columns of a table.
const MAX_COLUMNS: usize = 20;
/// Characters of a value in the name of the button that opens it.
const NAME_CHARS: usize = 60;

/// One argument of a call.
#[component]
pub(super) fn ValueView(value: ConsoleValue) -> impl IntoView {
    match value {
        ConsoleValue::Text(text) => text.into_any(),
        ConsoleValue::Node(node) => node_view(node),
    }
}

/// A value; one with something in it has a button in front of it.
fn node_view(node: ConsoleNode) -> AnyView {
    let kind = name_of(node.kind);
    if node.entries.is_empty() {
        return view! { <span class="value" data-kind=kind>{node.text}</span> }.into_any();
    }
    let is_open = RwSignal::new(false);
    let short: String = node.text.chars().take(NAME_CHARS).collect();
    let (entries, is_cut) = (StoredValue::new(node.entries), node.is_cut);
    view! {
        <span class="value-tree" data-open=move || is_open.get().to_string()>
            <span class="value-head" on:click=move |_| is_open.update(|open| *open = !*open)>
                <button
                    class="value-toggle"
                    type="button"
                    aria-label=format!("What is in {short}")
                    aria-expanded=move || is_open.get().to_string()
                >
                    <Icon glyph=Glyph::ChevronRight size=12/>
                </button>
                <span class="value" data-kind=kind>{node.text}</span>
            </span>
            {move || is_open.get().then(|| entries_view(entries.get_value(), is_cut))}
        </span>
    }
    .into_any()
}

fn entries_view(entries: Vec<(String, ConsoleNode)>, is_cut: bool) -> AnyView {
    let items = entries
        .into_iter()
        .map(|(name, value)| {
            view! { <li><span class="value-name">{name}</span>": "{node_view(value)}</li> }
        })
        .collect_view();
    view! {
        <ul class="value-entries">
            {items}
            {is_cut.then(|| view! { <li class="value-more">"There is more in it than is shown here."</li> })}
        </ul>
    }
    .into_any()
}

/// `console.table`: a row for each value, a column for each name in them.
#[component]
pub(super) fn TableView(rows: ConsoleNode) -> impl IntoView {
    let ConsoleNode {
        entries, is_cut, ..
    } = rows;
    let columns = columns(&entries);
    let has_values = entries.iter().any(|(_, row)| row.entries.is_empty());
    let head = columns
        .iter()
        .map(|name| view! { <th scope="col">{name.clone()}</th> })
        .collect_view();
    let body = entries
        .iter()
        .map(|(name, row)| {
            let cells = columns
                .iter()
                .map(|column| cell_view(cell(row, column)))
                .collect_view();
            let value = has_values.then(|| cell_view(row.entries.is_empty().then_some(row)));
            view! { <tr><th scope="row">{name.clone()}</th>{cells}{value}</tr> }
        })
        .collect_view();
    view! {
        // Scrolled, so reached with the keyboard.
        <div class="console-table" role="region" aria-label="Table" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">"Row"</span></th>
                        {head}
                        {has_values.then(|| view! { <th scope="col">"Value"</th> })}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
            {is_cut.then(|| view! { <p class="value-more">"There are more rows than are shown here."</p> })}
        </div>
    }
}

fn cell_view(node: Option<&ConsoleNode>) -> impl IntoView + use<> {
    let (kind, text) = node
        .map(|node| (name_of(node.kind), node.text.clone()))
        .unwrap_or_default();
    view! { <td class="value" data-kind=kind>{text}</td> }
}

fn cell<'row>(row: &'row ConsoleNode, column: &str) -> Option<&'row ConsoleNode> {
    let found = row.entries.iter().find(|(name, _)| name == column);
    found.map(|(_, node)| node)
}

/// Names in the rows, in the order in which they first come.
fn columns(rows: &[(String, ConsoleNode)]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for (name, _) in rows.iter().flat_map(|(_, row)| &row.entries) {
        if columns.len() < MAX_COLUMNS && !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    columns
}

/// A call for the clipboard: values with what is in them, a line each.
pub(super) fn as_text(args: &[ConsoleValue]) -> String {
    let mut text = String::new();
    for (index, value) in args.iter().enumerate() {
        let separator = if index == 0 { "" } else { " " };
        text.push_str(separator);
        match value {
            ConsoleValue::Text(words) => text.push_str(words),
            ConsoleValue::Node(node) => write_node(&mut text, node, 1),
        }
    }
    text
}

fn write_node(text: &mut String, node: &ConsoleNode, depth: usize) {
    text.push_str(&node.text);
    let indent = "  ".repeat(depth);
    for (name, value) in &node.entries {
        // Writing to a String doesn't fail.
        let _ = write!(text, "\n{indent}{name}: ");
        write_node(text, value, depth + 1);
    }
}

const fn name_of(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::String => "string",
        ValueKind::Number => "number",
        ValueKind::Keyword => "keyword",
        ValueKind::Function => "function",
        ValueKind::Object => "object",
        ValueKind::Error => "error",
        ValueKind::Element => "element",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str, entries: Vec<(&str, ConsoleNode)>) -> ConsoleNode {
        ConsoleNode {
            kind: ValueKind::Object,
            text: text.to_owned(),
            entries: entries
                .into_iter()
                .map(|(name, node)| (name.to_owned(), node))
                .collect(),
            is_cut: false,
        }
    }

    #[test]
    fn copies_a_line_for_each_value() {
        let inner = node("[1]", vec![("0", node("1", vec![]))]);
        let args = [
            ConsoleValue::Text("list".to_owned()),
            ConsoleValue::Node(node("{a: [1]}", vec![("a", inner)])),
        ];
        assert_eq!(as_text(&args), "list {a: [1]}\n  a: [1]\n    0: 1");
    }

    #[test]
    fn a_table_has_a_column_for_each_name() {
        let one = |name| node("", vec![(name, node("1", vec![]))]);
        let rows = node("", vec![("0", one("a")), ("1", one("b")), ("2", one("a"))]);
        assert_eq!(columns(&rows.entries), ["a", "b"]);
    }
}
