//! One tab for each open file, and how the file fares.

use leptos::html;
use leptos::prelude::*;
use protocol::bundle::Severity;

use super::layout::Layout;
use crate::components::button::IconButton;
use crate::components::icon::{Glyph, Icon};
use crate::platform::clock::sleep_ms;
use crate::platform::dom;
use crate::state::build::{Build, BuildStatus};
use crate::state::chat::Chat;
use crate::state::problems::Problems;
use crate::state::project::Project;
use crate::state::spawn;

/// How long a tab says that its file was compiled, in milliseconds.
const COMPILED_MS: u32 = 4_000;

/// How a file fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nothing to say.
    Kept,
    /// The model writes it.
    Writing,
    /// The model stopped in the middle of it.
    Unfinished,
    /// It was written and compiled a moment ago.
    Compiled,
    /// It has errors.
    Failed,
}

impl Standing {
    fn class(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Writing => "writing",
            Self::Unfinished => "unfinished",
            Self::Compiled => "compiled",
            Self::Failed => "failed",
        }
    }

    /// What the sign means, behind the file's name.
    fn words(self) -> &'static str {
        match self {
            Self::Kept => "",
            Self::Writing => " (being written)",
            Self::Unfinished => " (not finished)",
            Self::Compiled => " (compiled)",
            Self::Failed => " (has errors)",
        }
    }

    /// The sign; a dot for what is being written.
    fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Writing => None,
            Self::Kept => Some(Glyph::File),
            Self::Unfinished => Some(Glyph::Warning),
            Self::Compiled => Some(Glyph::Check),
            Self::Failed => Some(Glyph::Error),
        }
    }
}

/// The row of tabs.
#[component]
pub(super) fn FileTabs() -> impl IntoView {
    let project = Project::expect();
    view! {
        <div class="file-tabs" role="group" aria-label="Open files">
            <For
                each=move || project.tabs().get()
                key=Clone::clone
                children=move |path| view! { <FileTab path=path/> }
            />
        </div>
    }
}

#[component]
fn FileTab(path: String) -> impl IntoView {
    let project = Project::expect();
    let layout = Layout::expect();
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let standing = standing(path.clone());
    let (own, opened, closed) = (path.clone(), path.clone(), path.clone());
    let active = Memo::new(move |_| {
        project
            .active()
            .with(|active| active.as_ref() == Some(&own))
    });
    let tab = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let (true, Some(tab)) = (active.get(), tab.get()) {
            dom::reveal(&tab);
        }
    });
    let close_name = format!("Close {name}");
    view! {
        <div
            node_ref=tab
            class="file-tab"
            class:active=move || active.get()
            data-standing=move || standing.get().class()
        >
            <button
                class="file-tab-name"
                type="button"
                title=move || format!("{path}{}", standing.get().words())
                aria-current=move || active.get().then_some("true")
                on:click=move |_| layout.open_file(&opened)
            >
                <span class="file-tab-sign">
                    {move || match standing.get().glyph() {
                        Some(glyph) => view! { <Icon glyph=glyph size=14/> }.into_any(),
                        None => view! { <span class="pill-dot"></span> }.into_any(),
                    }}
                </span>
                {name}
                <span class="visually-hidden">{move || standing.get().words()}</span>
            </button>
            <IconButton
                glyph=Glyph::Close
                label=close_name
                small=true
                on_press=Callback::new(move |()| project.close_tab(&closed))
            />
        </div>
    }
}

fn standing(path: String) -> Memo<Standing> {
    let chat = Chat::expect();
    let diagnostics = Problems::expect().diagnostics();
    let build = Build::expect().status();
    let own = path.clone();
    let complete = {
        let path = path.clone();
        Memo::new(move |_| {
            chat.files()
                .with(|files| files.iter().any(|file| file.complete && file.path == path))
        })
    };
    let begun = Memo::new(move |_| {
        let begun = chat
            .partial()
            .with(|partial| partial.get(&own).map(String::is_empty));
        match (begun, chat.streaming().get()) {
            (Some(_), true) => Some(Standing::Writing),
            (Some(false), false) => Some(Standing::Unfinished),
            _ => None,
        }
    });
    let failed = Memo::new(move |_| {
        diagnostics.with(|list| {
            list.iter()
                .any(|diagnostic| diagnostic.file == path && diagnostic.severity == Severity::Error)
        })
    });
    let compiled = RwSignal::new(false);
    // Written, and its build not seen yet.
    let written = StoredValue::new(false);
    Effect::new(move |was: Option<(Option<Standing>, bool)>| {
        let is = (begun.get(), complete.get());
        // A short file is complete before it was seen to begin; that the last one is
        // complete isn't seen, since the turn is over then.
        let was = was.unwrap_or_default();
        let ended = was.0 == Some(Standing::Writing) || (is.1 && !was.1);
        if is.0.is_some() {
            written.set_value(false);
        } else if ended {
            written.set_value(true);
        }
        let done = matches!(build.get(), BuildStatus::Done { .. });
        if written.get_value() && done {
            written.set_value(false);
            compiled.set(true);
            spawn(async move {
                sleep_ms(COMPILED_MS).await;
                let _ = compiled.try_set(false);
            });
        }
        is
    });
    Memo::new(move |_| match begun.get() {
        Some(begun) => begun,
        None if failed.get() => Standing::Failed,
        None if compiled.get() => Standing::Compiled,
        None => Standing::Kept,
    })
}
