//! The files of the app as a flat, indented list with folders.

use std::collections::BTreeSet;

use leptos::html;
use leptos::prelude::*;
use protocol::asset::media_type;
use protocol::bundle::Severity;
use wasm_bindgen::JsCast;

use super::intake::{self, AddFiles};
use super::layout::Layout;
use crate::components::button::IconButton;
use crate::components::icon::{Glyph, Icon};
use crate::components::menu::{Menu, MenuItem};
use crate::platform::files::has_files;
use crate::state::build::Build;
use crate::state::intake::Intake;
use crate::state::problems::Problems;
use crate::state::project::Project;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Row {
    /// Path of the file or the folder.
    path: String,
    /// Last part of it.
    name: String,
    /// Folders above it.
    depth: usize,
    folder: bool,
}

/// What is being named.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Naming {
    New,
    Rename(String),
}

/// The list with its commands.
#[component]
pub(super) fn FileTree() -> impl IntoView {
    let project = Project::expect();
    let incoming = Intake::expect();
    let paths = project.paths();
    let closed = RwSignal::new(BTreeSet::<String>::new());
    let naming = RwSignal::new(None::<Naming>);
    let rows = Memo::new(move |_| paths.with(|paths| closed.with(|closed| rows(paths, closed))));
    // Where files that are held over the list would go.
    let held = RwSignal::new(None::<intake::Target>);
    let show_target = move |event: web_sys::DragEvent| {
        if has_files(&event) {
            event.prevent_default();
            held.set(Some(intake::target(&event)));
        }
    };
    view! {
        <nav
            class="file-tree"
            class:held=move || held.with(|held| matches!(held.as_ref().map(Option::as_deref), Some(None | Some(""))))
            aria-label="Files"
            on:dragenter=show_target
            on:dragover=show_target
            on:dragleave=move |event| {
                let list = event.current_target().and_then(|list| list.dyn_into::<web_sys::Node>().ok());
                let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
                if !list.is_some_and(|list| list.contains(next.as_ref())) {
                    held.set(None);
                }
            }
            on:drop=move |event| {
                held.set(None);
                if has_files(&event) {
                    event.prevent_default();
                    intake::drop_files(incoming, &event);
                }
            }
        >
            <div class="file-tree-head">
                <h2>"Files"</h2>
                <IconButton
                    glyph=Glyph::Plus
                    label="New file"
                    small=true
                    on_press=Callback::new(move |()| naming.set(Some(Naming::New)))
                />
                <AddFiles/>
            </div>
            <Show when=move || naming.get() == Some(Naming::New)>
                <PathInput naming=naming/>
            </Show>
            <ul class="file-rows">
                <For
                    each=move || rows.get()
                    key=Clone::clone
                    children=move |row| view! { <RowView row=row closed=closed naming=naming held=held/> }
                />
            </ul>
            <KitRows/>
        </nav>
    }
}

/// Files of the ready kit that the app uses without having them.
#[component]
fn KitRows() -> impl IntoView {
    let project = Project::expect();
    let kit = Build::expect().kit();
    let kit = Memo::new(move |_| kit.get());
    view! {
        <Show when=move || !kit.with(Vec::is_empty)>
            <div class="file-tree-kit">
                <h3 title="Components that Cumulet has ready. A copy in the app's files takes its place.">
                    "Ready kit"
                </h3>
                <ul class="file-rows" aria-label="Ready kit">
                    <For
                        each=move || kit.get()
                        key=Clone::clone
                        children=move |path| {
                            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
                            let label = format!("Copy {name} into the app");
                            let copied = path.clone();
                            view! {
                                <li class="file-row kit">
                                    <span class="file-row-name" title=path>
                                        <Icon glyph=Glyph::File/>
                                        <span>{name}</span>
                                    </span>
                                    <IconButton
                                        glyph=Glyph::Copy
                                        label=label
                                        small=true
                                        on_press=Callback::new(move |()| project.copy_from_kit(&copied))
                                    />
                                </li>
                            }
                        }
                    />
                </ul>
            </div>
        </Show>
    }
}

#[component]
fn RowView(
    row: Row,
    closed: RwSignal<BTreeSet<String>>,
    naming: RwSignal<Option<Naming>>,
    held: RwSignal<Option<intake::Target>>,
) -> impl IntoView {
    let indent = format!("--depth: {}", row.depth);
    if row.folder {
        let path = row.path.clone();
        let is_open = Memo::new({
            let path = path.clone();
            move |_| !closed.with(|closed| closed.contains(&path))
        });
        let own = Some(Some(row.path.clone()));
        return view! {
            <li
                class="file-row folder"
                class:held=move || held.with(|held| *held == own)
                data-folder=row.path
                style=indent
            >
                <button
                    class="file-row-name"
                    type="button"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    on:click=move |_| closed.update(|closed| {
                        if !closed.remove(&path) {
                            closed.insert(path.clone());
                        }
                    })
                >
                    <Icon glyph=Signal::derive(move || {
                        if is_open.get() { Glyph::ChevronDown } else { Glyph::ChevronRight }
                    })/>
                    <span>{row.name}</span>
                </button>
            </li>
        }
        .into_any();
    }
    view! { <FileRow row=row indent=indent naming=naming/> }.into_any()
}

#[component]
fn FileRow(row: Row, indent: String, naming: RwSignal<Option<Naming>>) -> impl IntoView {
    let project = Project::expect();
    let layout = Layout::expect();
    let diagnostics = Problems::expect().diagnostics();
    let path = row.path;
    let shown = path.clone();
    let active = Memo::new(move |_| {
        project
            .active()
            .with(|active| active.as_ref() == Some(&shown))
    });
    let folder = path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    let glyph = match media_type(&path) {
        Some(kind) if kind.starts_with("image/") => Glyph::Picture,
        _ => Glyph::File,
    };
    let listed = path.clone();
    let failed = Memo::new(move |_| {
        diagnostics.with(|list| {
            list.iter()
                .any(|item| item.file == listed && item.severity == Severity::Error)
        })
    });
    let renamed = path.clone();
    let renaming =
        Memo::new(move |_| naming.with(|naming| *naming == Some(Naming::Rename(renamed.clone()))));
    let (deleted, begun, opened) = (path.clone(), path.clone(), path.clone());
    let items = vec![
        MenuItem {
            label: "Rename".to_owned(),
            glyph: Glyph::Pencil,
            danger: false,
            on_choose: Callback::new(move |()| naming.set(Some(Naming::Rename(begun.clone())))),
        },
        MenuItem {
            label: "Delete".to_owned(),
            glyph: Glyph::Trash,
            danger: true,
            on_choose: Callback::new(move |()| project.delete_file(&deleted)),
        },
    ];
    view! {
        <li class="file-row" class:active=move || active.get() class:failed=move || failed.get() data-folder=folder style=indent>
            <Show
                when=move || renaming.get()
                fallback={
                    let (name, path) = (row.name, path.clone());
                    move || {
                        let opened = opened.clone();
                        view! {
                            <button
                                class="file-row-name"
                                type="button"
                                title=path.clone()
                                aria-current=move || active.get().then_some("true")
                                on:click=move |_| layout.open_file(&opened)
                            >
                                <Icon glyph=glyph/>
                                <span>{name.clone()}</span>
                                <Show when=move || failed.get()>
                                    <span class="visually-hidden">" (has errors)"</span>
                                </Show>
                            </button>
                        }
                    }
                }
            >
                <PathInput naming=naming/>
            </Show>
            <Menu label=format!("Actions for {path}") items=items/>
        </li>
    }
}

/// Asks for a path: of a new file, or a new one of a file.
#[component]
fn PathInput(naming: RwSignal<Option<Naming>>) -> impl IntoView {
    let project = Project::expect();
    let error = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    let (label, value) = match naming.get_untracked() {
        Some(Naming::Rename(path)) => ("New path", path),
        _ => ("Path of the new file", "src/".to_owned()),
    };
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let commit = move || {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let path = input.value().trim().to_owned();
        let result = match naming.get_untracked() {
            Some(Naming::Rename(from)) => project.rename_file(&from, &path),
            Some(Naming::New) => project.create_file(&path),
            None => Ok(()),
        };
        match result {
            Ok(()) => naming.set(None),
            Err(sentence) => error.set(sentence),
        }
    };
    view! {
        <div class="path-input">
            <input
                class="input code"
                type="text"
                node_ref=input
                aria-label=label
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                aria-describedby="path-input-error"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                value=value
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" => {
                        event.prevent_default();
                        commit();
                    }
                    "Escape" => {
                        event.prevent_default();
                        naming.set(None);
                    }
                    _ => {}
                }
                on:blur=move |_| {
                    // Removal of the focused input blurs it once more.
                    let _ = naming.try_set(None);
                }
            />
            <p class="path-input-error" id="path-input-error" role="alert">
                {move || error.get()}
            </p>
        </div>
    }
}

/// Rows in order: folders first, then files, each by name; nothing below closed folders.
fn rows(paths: &[String], closed: &BTreeSet<String>) -> Vec<Row> {
    let mut rows = Vec::new();
    add_rows(&mut rows, paths, "", 0, closed);
    rows
}

fn add_rows(
    rows: &mut Vec<Row>,
    paths: &[String],
    prefix: &str,
    depth: usize,
    closed: &BTreeSet<String>,
) {
    let mut folders = BTreeSet::new();
    let mut files = Vec::new();
    for path in paths {
        let Some(rest) = path.strip_prefix(prefix) else {
            continue;
        };
        match rest.split_once('/') {
            Some((folder, _)) => {
                folders.insert(folder.to_owned());
            }
            None => files.push((path.clone(), rest.to_owned())),
        }
    }
    for name in folders {
        let path = format!("{prefix}{name}");
        let is_closed = closed.contains(&path);
        let below = format!("{path}/");
        rows.push(Row {
            path,
            name,
            depth,
            folder: true,
        });
        if !is_closed {
            add_rows(rows, paths, &below, depth + 1, closed);
        }
    }
    for (path, name) in files {
        rows.push(Row {
            path,
            name,
            depth,
            folder: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str], closed: &[&str]) -> Vec<String> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let closed = closed.iter().map(|path| (*path).to_owned()).collect();
        rows(&paths, &closed)
            .into_iter()
            .map(|row| format!("{}{}", "  ".repeat(row.depth), row.name))
            .collect()
    }

    #[test]
    fn lists_folders_before_files() {
        let paths = ["a.txt", "src/App.tsx", "src/ui/Button.tsx"];
        assert_eq!(
            names(&paths, &[]),
            ["src", "  ui", "    Button.tsx", "  App.tsx", "a.txt"]
        );
        assert_eq!(
            names(&paths, &["src/ui"]),
            ["src", "  ui", "  App.tsx", "a.txt"]
        );
    }
}
