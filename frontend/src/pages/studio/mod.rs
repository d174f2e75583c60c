//! The studio of one app: conversation, code and preview around one project.

mod asset_view;
mod bar;
mod changes;
mod code;
mod composer;
mod console;
mod console_entry;
mod console_value;
mod conversation;
mod copy;
mod data;
mod device;
mod dock;
mod editor;
mod file_tabs;
mod file_tree;
mod fix;
mod intake;
mod layout;
mod markdown;
mod model_notice;
mod network;
mod overlay;
mod permissions;
mod planning;
mod preview;
mod preview_bar;
mod problems;
mod progress;
mod proposals;
mod request_dialog;
mod run;
mod sketch;
mod stage;
mod toggle;
mod turn;
mod viewer;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use wasm_bindgen::JsCast;

use self::bar::StudioBar;
use self::code::CodePanel;
use self::conversation::Conversation;
use self::dock::Dock;
use self::intake::IntakeDialog;
use self::layout::{Layout, Pane};
use self::preview::PreviewPanel;
pub(crate) use self::run::RunPage;
use crate::components::button::{Button, ButtonVariant};
use crate::components::empty_state::EmptyState;
use crate::components::field::Choice;
use crate::components::icon::Glyph;
use crate::components::skeleton::Skeleton;
use crate::components::split_pane::SplitPane;
use crate::components::tabs::Tabs;
use crate::platform::dom;
use crate::platform::listen::Listener;
use crate::routes;
use crate::state::chat::Chat;
use crate::state::navigator::Navigator;
use crate::state::project::{Phase, Project};
use crate::state::sync::Sync;

/// The page at `/apps/{id}`.
#[component]
pub(crate) fn StudioPage() -> impl IntoView {
    let chat = Chat::expect();
    let project = Project::expect();
    let layout = Layout::new();
    provide_context(layout);
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    Effect::new(move |_| chat.open(&id.get()));
    follow_split(id);
    listen_to_keys(project, chat);
    layout.follow_stream(chat);
    layout.show_app_first(chat);
    on_cleanup(move || chat.close());
    let name = project.name();
    Effect::new(move |_| dom::set_title(&name.get()));
    view! {
        <div
            class="studio"
            data-pane=move || layout.pane().get().word()
            data-chat=move || if layout.chat_open().get() { "open" } else { "closed" }
            data-code=move || if layout.code_open().get() { "open" } else { "closed" }
        >
            <StudioBar/>
            {move || match project.phase().get() {
                Phase::Open => view! { <Workbench/> }.into_any(),
                phase => view! { <NotOpen phase=phase/> }.into_any(),
            }}
        </div>
    }
}

/// The three panels; beside each other, or one at a time in a narrow window.
#[component]
fn Workbench() -> impl IntoView {
    let layout = Layout::expect();
    let panes = vec![
        Choice {
            glyph: Some(Glyph::Chat),
            ..Choice::new(Pane::Chat.word(), "Chat")
        },
        Choice {
            glyph: Some(Glyph::Code),
            ..Choice::new(Pane::Code.word(), "Code")
        },
        Choice {
            glyph: Some(Glyph::Eye),
            ..Choice::new(Pane::Preview.word(), "Preview")
        },
    ];
    let right = view! {
        <div class="studio-inner">
            <SplitPane
                label="Width of the code"
                size=layout.code_width()
                min=Signal::derive(move || layout.min_code_width())
                max=900.0
                initial=520.0
                on_resize=Callback::new(move |width| layout.set_code_width(width))
                first=view! { <CodePanel/> }.into_any()
                second=view! { <PreviewPanel/> }.into_any()
            />
        </div>
        <Dock/>
    };
    view! {
        <main class="studio-body">
            <div class="studio-panes">
                <Tabs
                    name="studio-pane"
                    label="Panels"
                    value=Signal::derive(move || layout.pane().get().word().to_owned())
                    choices=panes
                    on_change=Callback::new(move |word: String| {
                        layout.show(Pane::from_word(&word));
                    })
                />
            </div>
            <div class="studio-outer" id="studio-pane-panel">
                <SplitPane
                    label="Width of the conversation"
                    size=layout.chat_width()
                    min=320.0
                    max=480.0
                    initial=360.0
                    on_resize=Callback::new(move |width| layout.set_chat_width(width))
                    first=view! { <Conversation/> }.into_any()
                    second=view! { <div class="studio-right">{right}</div> }.into_any()
                />
            </div>
        </main>
        // Not in a panel: those are hidden in turn in a narrow window.
        <IntakeDialog/>
    }
}

/// What the page shows while there is no app.
#[component]
fn NotOpen(phase: Phase) -> impl IntoView {
    let home = || {
        let navigator = Navigator::expect();
        Callback::new(move |()| navigator.go(routes::HOME))
    };
    match phase {
        Phase::Closed | Phase::Loading | Phase::Open => view! {
            <main class="studio-body studio-loading">
                <Skeleton lines=6 label="Opening the app"/>
            </main>
        }
        .into_any(),
        Phase::Missing => view! {
            <main class="studio-body studio-missing">
                <EmptyState
                    glyph=Glyph::Search
                    title="There is no app at this address"
                    detail="It was deleted, or it lives in another browser."
                >
                    <Button variant=ButtonVariant::Primary on_press=home()>"Go to your apps"</Button>
                </EmptyState>
            </main>
        }
        .into_any(),
        Phase::Failed(sentence) => view! {
            <main class="studio-body studio-missing">
                <EmptyState
                    glyph=Glyph::Error
                    title=sentence.what
                    detail=sentence.next.unwrap_or_default()
                >
                    <Button on_press=home()>"Go to your apps"</Button>
                </EmptyState>
            </main>
        }
        .into_any(),
    }
}

/// When a conflict gave the person's version another id, the page goes there.
fn follow_split(id: Memo<String>) {
    let navigator = Navigator::expect();
    let split = Sync::expect().split();
    // Not at once: an earlier conflict says nothing about the app that is opened now.
    Effect::watch(
        move || split.get(),
        move |split, _, _| {
            if let Some(split) = split
                && split.original == id.get_untracked()
            {
                navigator.replace(&routes::studio(&split.copy));
            }
        },
        false,
    );
}

/// Ctrl-S and Cmd-S save at once, Escape stops the model, wherever the focus is.
fn listen_to_keys(project: Project, chat: Chat) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let listener = Listener::new(&window, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            project.save_now();
        } else if event.key() == "Escape"
            && !event.default_prevented()
            && !event.is_composing()
            && chat.streaming().get_untracked()
        {
            chat.stop();
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.set_value(None));
}
