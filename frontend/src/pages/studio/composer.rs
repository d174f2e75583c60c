//! The box for the next request: Enter sends, Shift-Enter starts a line.
//! Escape, which stops the model, is the page's.

use leptos::html;
use leptos::prelude::*;

use super::attachments::{AttachButton, Attachments, take_pasted};
use crate::components::button::{ButtonVariant, IconButton};
use crate::components::icon::Glyph;
use crate::components::text_area::TextArea;
use crate::state::attached::Attached;
use crate::state::chat::{Chat, Cost};
use crate::state::provider::{ProviderState, ProviderStatus};

/// The box.
#[component]
pub(super) fn Composer() -> impl IntoView {
    let chat = Chat::expect();
    let attached = Attached::expect();
    let provider = ProviderState::expect().status();
    let text = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    let ready = Memo::new(move |_| matches!(provider.get(), ProviderStatus::Ready(_)));
    // A request that waits for a model is shown where it can be changed.
    Effect::new(move |_| {
        if let Some(waiting) = chat.waiting().get()
            && !ready.get()
            && text.with_untracked(String::is_empty)
        {
            text.set(waiting);
        }
    });
    Effect::new(move |_| {
        if chat.streaming().get() {
            let sent = chat
                .messages()
                .with_untracked(|messages| messages.last().map(|last| last.content.clone()));
            if sent.is_some_and(|sent| sent == text.get_untracked().trim()) {
                text.set(String::new());
            }
        }
    });
    on_cleanup(move || attached.clear());
    let send = move || {
        if ready.get_untracked() && chat.send(attached.with(text.get_untracked())) {
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
            on:paste=move |event| take_pasted(attached, &event)
        >
            <Attachments/>
            <TextArea
                id="studio-prompt"
                label="What should change?"
                value=text
                placeholder="What should change?"
                rows=2
                node_ref=area
                on_input=Callback::new(move |value| text.set(value))
                on_submit=Callback::new(move |()| send())
            />
            <div class="composer-end">
                <AttachButton/>
                <ModelName/>
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
        </form>
    }
}

/// The model that answers, or that will be asked.
#[component]
fn ModelName() -> impl IntoView {
    let provider = ProviderState::expect().status();
    let model = move || match provider.get() {
        ProviderStatus::Ready(model) => model,
        ProviderStatus::Unknown | ProviderStatus::Checking => "Looking for a model…".to_owned(),
        ProviderStatus::Unreachable(_) | ProviderStatus::NotConfigured => "No model".to_owned(),
    };
    view! { <span class="composer-model">{model}</span> }
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

/// ` · $0.0042`: four digits, since most answers cost less than a cent.
fn dollars(micro_usd: u64) -> String {
    format!(
        " · ${}.{:04}",
        micro_usd / 1_000_000,
        micro_usd % 1_000_000 / 100
    )
}
