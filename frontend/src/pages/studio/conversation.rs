//! The conversation: messages, the running turn, the box for the next request.

use leptos::html;
use leptos::prelude::*;
use protocol::app::{Message, Role, TurnState};

use super::composer::Composer;
use super::layout::Layout;
use super::markdown::Markdown;
use super::model_notice::ModelNotice;
use super::planning::{NextSteps, PlanView};
use super::turn::{FileChip, RunningTurn};
use crate::components::button::Button;
use crate::components::icon::{Glyph, Icon};
use crate::state::chat::Chat;
use crate::state::planning::{Plan, Planning};
use crate::state::problems::Problems;
use crate::state::repair::Repair;

/// The panel.
#[component]
pub(super) fn Conversation() -> impl IntoView {
    let chat = Chat::expect();
    let errors = Problems::expect().error_count();
    let planning = Planning::expect();
    let draft = RwSignal::new(String::new());
    let scroller = NodeRef::<html::Div>::new();
    let at_end = StoredValue::new(true);
    // Stays at the end while the person is there, and where they are when they have scrolled up.
    Effect::new(move |_| {
        chat.messages().track();
        chat.prose().track();
        chat.files().track();
        chat.partial().track();
        planning.plan().track();
        errors.track();
        if let Some(scroller) = scroller.get()
            && at_end.get_value()
        {
            request_animation_frame(move || scroller.set_scroll_top(scroller.scroll_height()));
        }
    });
    let on_scroll = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            let below = scroller.scroll_height() - scroller.scroll_top() - scroller.client_height();
            at_end.set_value(below < 48);
        }
    };
    view! {
        <section class="conversation" aria-label="Conversation" id="studio-pane-chat">
            <div
                class="conversation-scroll"
                node_ref=scroller
                on:scroll=on_scroll
                tabindex="0"
                role="log"
                aria-label="Messages"
                aria-live="off"
            >
                <Show when=move || {
                    chat.messages().with(Vec::is_empty)
                        && !chat.streaming().get()
                        && planning.plan().get() == Plan::None
                }>
                    <p class="conversation-empty">
                        "Describe what you want to build or change. The files appear here as they are written."
                    </p>
                </Show>
                <For
                    each=move || chat.messages().get()
                    key=|message| message.id.clone()
                    children=|message| view! { <MessageView message=message/> }
                />
                <Show when=move || chat.streaming().get()>
                    <RunningTurn/>
                </Show>
                <Unfinished/>
                <CachedOffer/>
                <RepairNote/>
                <FixOffer/>
                <div class="turn-actions">
                    <NextSteps/>
                    <UndoOffer/>
                </div>
                <PlanView on_suggestion=move |step| draft.set(step)/>
            </div>
            <ModelNotice/>
            <Composer text=draft/>
        </section>
    }
}

/// One message.
#[component]
fn MessageView(message: Message) -> impl IntoView {
    let layout = Layout::expect();
    let (class, author) = match message.role {
        Role::User => ("message user", "You"),
        Role::Assistant => ("message assistant", "Model"),
    };
    let state = match message.state {
        TurnState::Done => None,
        TurnState::Stopped => Some((Glyph::Stop, "Stopped")),
        TurnState::Failed => Some((Glyph::Error, "Failed")),
    };
    let files = message.files.clone();
    view! {
        <article class=class aria-label=author>
            <Markdown text=message.content/>
            <Show when={
                let any = !files.is_empty();
                move || any
            }>
                <ul class="message-files" aria-label="Files written">
                    {files
                        .iter()
                        .map(|path| {
                            let shown = path.clone();
                            view! {
                                <li>
                                    <FileChip
                                        path=path.clone()
                                        on_press=Callback::new(move |()| {
                                            layout.show(super::layout::Pane::Code);
                                            layout.open_file(&shown);
                                        })
                                    />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </Show>
            {state.map(|(glyph, word)| view! {
                <p class="message-state" class:failed=word == "Failed">
                    <Icon glyph=glyph size=14/>
                    <span>{word}</span>
                </p>
            })}
        </article>
    }
}

/// Text that a turn left unfinished: kept until the person decides.
#[component]
fn Unfinished() -> impl IntoView {
    let chat = Chat::expect();
    let paths = Memo::new(move |_| {
        if chat.streaming().get() {
            return Vec::new();
        }
        chat.partial().with(|partial| {
            partial
                .iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(path, _)| path.clone())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <For
            each=move || paths.get()
            key=Clone::clone
            children=move |path| {
                let (kept, dropped) = (path.clone(), path.clone());
                view! {
                    <div class="unfinished" role="status">
                        <p>
                            <code>{path}</code>
                            " wasn't finished. The file is as it was before."
                        </p>
                        <div class="unfinished-actions">
                            <Button
                                small=true
                                on_press=Callback::new(move |()| chat.keep_partial(&kept))
                            >
                                "Use the unfinished text"
                            </Button>
                            <Button
                                small=true
                                variant=crate::components::button::ButtonVariant::Ghost
                                on_press=Callback::new(move |()| chat.drop_partial(&dropped))
                            >
                                "Discard it"
                            </Button>
                        </div>
                    </div>
                }
            }
        />
    }
}

/// What was repaired without being asked, or why no more is tried.
#[component]
fn RepairNote() -> impl IntoView {
    let repair = Repair::expect();
    let text = Memo::new(move |_| {
        let checking = repair.checking().get();
        let checking = checking.then(|| "Looking whether the app works".to_owned());
        repair.note().get().or(checking)
    });
    view! {
        <Show when=move || text.with(Option::is_some)>
            <div
                class="repair-note"
                role="status"
                aria-busy=move || repair.checking().get().then_some("true")
            >
                <Icon glyph=Glyph::Wrench/>
                <p>{move || text.get()}</p>
            </div>
        </Show>
    }
}

/// After an answer that was given before: says so, and the way around it.
#[component]
fn CachedOffer() -> impl IntoView {
    let chat = Chat::expect();
    let cached = chat.was_cached();
    view! {
        <Show when=move || cached.get()>
            <div class="repair-note" role="status">
                <Icon glyph=Glyph::Info/>
                <p>"Cached: the same request was answered before."</p>
                <Button
                    small=true
                    glyph=Glyph::Reload
                    on_press=Callback::new(move |()| chat.ask_anew())
                >
                    "Ask the model anew"
                </Button>
            </div>
        </Show>
    }
}

/// After a turn that changed files: the way back.
#[component]
fn UndoOffer() -> impl IntoView {
    let chat = Chat::expect();
    let undoable = chat.undoable();
    view! {
        <Show when=move || undoable.get()>
            <Button
                small=true
                variant=crate::components::button::ButtonVariant::Ghost
                glyph=Glyph::Undo
                on_press=Callback::new(move |()| chat.undo_turn())
            >
                "Undo this request"
            </Button>
        </Show>
    }
}

/// After a turn: the problems that are left, and the offer to have them repaired.
#[component]
fn FixOffer() -> impl IntoView {
    let chat = Chat::expect();
    let problems = Problems::expect();
    let count = problems.error_count();
    let shown = Memo::new(move |_| {
        !chat.streaming().get() && count.get() > 0 && !chat.messages().with(Vec::is_empty)
    });
    view! {
        <Show when=move || shown.get()>
            <div class="fix-offer" role="status">
                <Icon glyph=Glyph::Warning/>
                <p>
                    {move || match count.get() {
                        1 => "The app has 1 problem.".to_owned(),
                        count => format!("The app has {count} problems."),
                    }}
                </p>
                <Button
                    small=true
                    glyph=Glyph::Wrench
                    on_press=Callback::new(move |()| {
                        chat.ask_to_fix(problems.as_text());
                    })
                >
                    "Ask the model to fix"
                </Button>
            </div>
        </Show>
    }
}
