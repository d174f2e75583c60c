//! Which model will write the app; when there is none, why, and what can be
//! done without.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::button::Button;
use crate::components::icon::{Glyph, Icon};
use crate::components::notice::{Notice, NoticeKind};
use crate::message::{Sentence, plain};
use crate::routes;
use crate::state::apps::Apps;
use crate::state::direct::Direct;
use crate::state::provider::{ProviderState, ProviderStatus};
use crate::state::session::{Server, Session};

/// The line, or a notice in its place.
#[component]
pub(super) fn ProviderLine(
    /// Somebody tried to send although no model can be asked.
    nudged: RwSignal<bool>,
) -> impl IntoView {
    let provider = ProviderState::expect();
    let session = Session::expect();
    let direct = Direct::expect().active();
    let server_absent =
        Memo::new(move |_| !direct.get() && session.server().get() == Server::Absent);
    view! {
        <div class="provider-line" class:nudged=move || nudged.get()>
            {move || match provider.status().get() {
                ProviderStatus::Unknown | ProviderStatus::Checking => {
                    view! { <p class="provider-quiet">"Looking for a language model…"</p> }.into_any()
                }
                ProviderStatus::Ready(model) => {
                    view! {
                        <p class="provider-quiet">
                            <Icon glyph=Glyph::Model size=14/>
                            <span class="provider-model">{model}</span>
                            <A href=routes::SETTINGS>"Change"</A>
                        </p>
                    }
                        .into_any()
                }
                ProviderStatus::NotConfigured => {
                    view! { <NoModel nudged=nudged/> }.into_any()
                }
                ProviderStatus::Unreachable(_) if server_absent.get() => {
                    view! { <NoServer/> }.into_any()
                }
                ProviderStatus::Unreachable(sentence) => {
                    view! { <Silent sentence=sentence/> }.into_any()
                }
            }}
        </div>
    }
}

/// Nothing is set up.
#[component]
fn NoModel(nudged: RwSignal<bool>) -> impl IntoView {
    let detail = Signal::derive(move || {
        Some(
            if nudged.get() {
                "Your text stays here while you set one up. Templates and code need none."
            } else {
                "Connect one that runs on this machine or elsewhere. Templates and code need none."
            }
            .to_owned(),
        )
    });
    view! {
        <Notice title="No language model is set up yet" detail=detail>
            <A href=routes::SETTINGS attr:class="button primary small">
                "Set up a model"
            </A>
            <WithoutModel/>
        </Notice>
    }
}

/// A model is set up but doesn't answer.
#[component]
fn Silent(sentence: Sentence) -> impl IntoView {
    let provider = ProviderState::expect();
    view! {
        <Notice
            kind=NoticeKind::Warning
            title=plain(&sentence.what)
            detail=sentence.next.as_deref().map(plain)
        >
            <Button small=true glyph=Glyph::Reload on_press=move || provider.check()>
                "Try again"
            </Button>
            <A href=routes::SETTINGS attr:class="button secondary small">
                "Settings"
            </A>
            <WithoutModel/>
        </Notice>
    }
}

/// There is no server that could ask a model.
#[component]
fn NoServer() -> impl IntoView {
    let online = Session::expect().online();
    let title = Signal::derive(move || {
        if online.get() {
            "The Cumulet server can't be reached, so no model can write code"
        } else {
            "You are offline, so no model can write code"
        }
        .to_owned()
    });
    let detail = Signal::derive(move || {
        let next = if online.get() {
            "Cumulet looks for the server every few seconds."
        } else {
            "What you change is sent when the network is back."
        };
        Some(format!(
            "Templates, the editor and your apps work in this browser. {next}"
        ))
    });
    view! {
        <Notice kind=NoticeKind::Warning title=title detail=detail>
            <A href=routes::SETTINGS attr:class="button secondary small">
                "Ask a model from this browser"
            </A>
            <WithoutModel/>
        </Notice>
    }
}

/// What works without a model.
#[component]
fn WithoutModel() -> impl IntoView {
    let apps = Apps::expect();
    view! {
        <a class="button secondary small" href="#templates">
            "Start from a template"
        </a>
        <Button small=true busy=apps.busy() on_press=move || apps.create_blank()>
            "Write code"
        </Button>
    }
}
