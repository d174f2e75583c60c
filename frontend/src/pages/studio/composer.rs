//! The box for the next request: Enter sends, Shift-Enter starts a line.
//! Escape, which stops the model, is the page's.

use leptos::html;
use leptos::prelude::*;

use super::layout::COMPOSER_ID;
use crate::components::button::{ButtonVariant, IconButton};
use crate::components::icon::Glyph;
use crate::components::menu::{Menu, MenuItem};
use crate::components::text_area::TextArea;
use crate::pages::attachments::{AttachButton, Attachments, PictureDrop};
use crate::pages::expected::{ExpectedLine, dollars};
use crate::state::attached::Attached;
use crate::state::chat::{Chat, Cost};
use crate::state::planning::{Plan, Planning};
use crate::state::project::Project;
use crate::state::provider::{ProviderState, ProviderStatus};

/// The box. `text` is what stands in it.
#[component]
pub(super) fn Composer(text: RwSignal<String>) -> impl IntoView {
    let chat = Chat::expect();
    let planning = Planning::expect();
    let attached = Attached::expect();
    let project = Project::expect();
    let provider = ProviderState::expect().status();
    let area = NodeRef::<html::Textarea>::new();
    let ready = Memo::new(move |_| matches!(provider.get(), ProviderStatus::Ready(_)));
    // A request that waits for a model is shown where it can be changed.
    Effect::new(move |_| {
        if let Some(waiting) = chat.waiting().get()
            && !ready.get()
            && text.with_untracked(String::is_empty)
        {
            text.set(waiting.prompt);
            attached.put(waiting.images);
        }
    });
    Effect::new(move |_| {
        if chat.streaming().get() {
            let sent = chat
                .messages()
                .with_untracked(|messages| messages.last().map(|last| last.content.clone()));
            if sent.is_some_and(|sent| sent == text.get_untracked().trim()) {
                text.set(String::new());
                attached.clear();
            }
        }
    });
    on_cleanup(move || attached.clear());
    let send = move || {
        let empty = text.with_untracked(|text| text.trim().is_empty());
        if !empty && ready.get_untracked() && planning.submit(attached.with(text.get_untracked())) {
            text.set(String::new());
            attached.clear();
        }
    };
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <PictureDrop attached=attached>
                <Attachments attached=attached/>
                <TextArea
                    id=COMPOSER_ID
                    label="What should change?"
                    value=text
                    placeholder="What should change?"
                    rows=2
                    node_ref=area
                    on_input=Callback::new(move |value| text.set(value))
                    on_submit=Callback::new(move |()| send())
                />
                <div class="composer-end">
                    <AttachButton attached=attached/>
                    <HelpMenu text=text ready=ready/>
                    <ModelChoice/>
                    <Spent/>
                    <Show
                        when=move || chat.streaming().get()
                        fallback=move || view! {
                            <IconButton
                                glyph=Glyph::Send
                                label="Send"
                                submit=true
                                variant=ButtonVariant::Primary
                                disabled=Signal::derive(move || {
                                    !ready.get() || text.with(|text| text.trim().is_empty())
                                })
                            />
                        }
                    >
                        <IconButton
                            glyph=Glyph::Stop
                            label="Stop"
                            variant=ButtonVariant::Secondary
                            on_press=Callback::new(move |()| {
                                chat.stop();
                                if let Some(area) = area.get_untracked() {
                                    let _ = area.focus();
                                }
                            })
                        />
                    </Show>
                </div>
            </PictureDrop>
            <ExpectedLine
                written=Signal::derive(move || {
                    !chat.streaming().get() && text.with(|text| !text.trim().is_empty())
                })
                request=Callback::new(move |()| chat.request(&attached.counted(text.get_untracked())))
                changes=Signal::derive(move || {
                    text.track();
                    attached.track();
                    project.paths().track();
                })
            />
        </form>
    }
}

/// What a small model can do with the request before it is sent.
#[component]
fn HelpMenu(text: RwSignal<String>, ready: Memo<bool>) -> impl IntoView {
    let planning = Planning::expect();
    let attached = Attached::expect();
    let usable = Memo::new(move |_| {
        ready.get()
            && !text.with(|text| text.trim().is_empty())
            && !matches!(planning.plan().get(), Plan::Waiting(_))
    });
    let items = Signal::derive(move || {
        vec![
            MenuItem {
                label: "Word it better".to_owned(),
                glyph: Glyph::Wrench,
                danger: false,
                on_choose: Callback::new(move |()| {
                    planning.enhance(text.get_untracked(), move |better| text.set(better));
                }),
            },
            MenuItem {
                label: "Propose a design first".to_owned(),
                glyph: Glyph::Eye,
                danger: false,
                on_choose: Callback::new(move |()| {
                    planning.propose(attached.with(text.get_untracked()));
                    text.set(String::new());
                    attached.clear();
                }),
            },
        ]
    });
    view! {
        <Show when=move || usable.get()>
            <Menu label="Help with the request" glyph=Glyph::More items=items/>
        </Show>
    }
}

/// The model that will be asked; others can be chosen, for this browser.
#[component]
fn ModelChoice() -> impl IntoView {
    let provider = ProviderState::expect();
    let status = provider.status();
    let choices = provider.choices();
    let name = move || match status.get() {
        ProviderStatus::Ready(model) => model,
        ProviderStatus::Unknown | ProviderStatus::Checking => "Looking for a model…".to_owned(),
        ProviderStatus::Unreachable(_) | ProviderStatus::NotConfigured => "No model".to_owned(),
    };
    let several = Memo::new(move |_| choices.with(Vec::len) > 1);
    let chosen = Memo::new(move |_| provider.chosen().get().unwrap_or_default());
    view! {
        <Show
            when=move || several.get()
            fallback=move || view! { <span class="composer-model">{name}</span> }
        >
            <select
                class="composer-model"
                aria-label="Model"
                prop:value=move || chosen.get()
                on:change:target=move |event| {
                    let id = event.target().value();
                    provider.choose(Some(id).filter(|id| !id.is_empty()));
                }
            >
                <option value="" selected=move || chosen.get().is_empty()>
                    {move || format!("Automatic: {}", name())}
                </option>
                {move || {
                    choices
                        .get()
                        .into_iter()
                        .map(|choice| {
                            let selected = choice.provider_id == chosen.get();
                            let away = if choice.healthy { "" } else { " (doesn't answer)" };
                            view! {
                                <option value=choice.provider_id selected=selected>
                                    {format!("{} · {}{away}", choice.model, choice.provider_name)}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </Show>
    }
}

/// What the last turn cost, when the provider tells.
#[component]
fn Spent() -> impl IntoView {
    let cost = Chat::expect().cost();
    move || {
        let told = |cost: &Cost| cost.prompt_tokens + cost.completion_tokens > 0;
        cost.get().filter(told).map(|cost| {
            let price = cost.micro_usd.map(dollars).unwrap_or_default();
            view! {
                <span class="composer-usage" title="Tokens of the request and of the answer">
                    {format!("{} + {} tokens{price}", cost.prompt_tokens, cost.completion_tokens)}
                </span>
            }
        })
    }
}
