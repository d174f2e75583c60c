//! Which provider is asked first, whether the next one is when it fails, and
//! how many generations there may be.

use leptos::prelude::*;
use protocol::provider::{ModelSettings, Quota};

use super::switch::Switch;
use super::words::time_words;
use crate::components::button::Button;
use crate::components::field::{Choice, Select};
use crate::components::notice::Notice;
use crate::state::provider::ProviderState;

/// Value of the choice that follows the list's order.
const AUTO: &str = "";

/// The choice and the switch.
#[component]
pub(super) fn Preference() -> impl IntoView {
    let provider = ProviderState::expect();
    let frozen = provider.frozen();
    let settings = Memo::new(move |_| provider.settings().get().unwrap_or_default());
    let choices = Signal::derive(move || {
        let automatic = Choice::new(AUTO, "Automatic (first that answers)");
        let own = settings.with(|settings| {
            let providers = settings.providers.iter();
            providers
                .map(|provider| Choice::new(&provider.id, &provider.name))
                .collect::<Vec<_>>()
        });
        std::iter::once(automatic).chain(own).collect::<Vec<_>>()
    });
    let preferred = Signal::derive(move || {
        settings.with(|settings| settings.preferred.clone().unwrap_or_default())
    });
    let fallback = Signal::derive(move || settings.with(|settings| settings.fallback));
    view! {
        <div class="settings-body">
            <Select
                id="preferred"
                label="Asked first"
                value=preferred
                choices=choices
                hint=Signal::derive(move || Some(settings.with(explain)))
                on_change=move |id: String| {
                    let preferred = Some(id).filter(|id| id != AUTO);
                    provider.prefer(preferred, fallback.get_untracked());
                }
            />
            <Switch
                label="Go on with the next provider when one fails"
                on=fallback
                disabled=frozen
                on_change=move |fallback: bool| {
                    let preferred = settings.with_untracked(|settings| settings.preferred.clone());
                    provider.prefer(preferred, fallback);
                }
            />
            <Override/>
        </div>
    }
}

/// What both settings mean together.
fn explain(settings: &ModelSettings) -> String {
    let preferred = settings
        .providers
        .iter()
        .find(|provider| Some(&provider.id) == settings.preferred.as_ref());
    match (preferred, settings.fallback) {
        (None, true) => "The first in the list that answers writes your apps. If it fails on the way, the next one begins anew.".to_owned(),
        (None, false) => "Only the first in the list writes your apps. If it doesn't answer, or fails on the way, you are told.".to_owned(),
        (Some(provider), true) => format!("{} writes your apps. If it doesn't answer, or fails on the way, the others are asked in the list's order.", provider.name),
        (Some(provider), false) => format!("Only {} writes your apps. If it doesn't answer, or fails on the way, you are told.", provider.name),
    }
}

/// This browser asks somebody else, which the studio's box chose.
#[component]
fn Override() -> impl IntoView {
    let provider = ProviderState::expect();
    let chosen = provider.chosen();
    let name = Memo::new(move |_| {
        let id = chosen.get()?;
        provider.settings().with(|settings| {
            let mut providers = settings.iter().flat_map(|settings| &settings.providers);
            let found = providers.find(|provider| provider.id == id)?;
            Some(found.name.clone())
        })
    });
    move || {
        name.get().map(|name| {
            view! {
                <Notice
                    title=format!("In this browser {name} is asked first")
                    detail="It was chosen beside the box of the studio."
                >
                    <Button small=true on_press=move || provider.choose(None)>
                        "Follow these settings"
                    </Button>
                </Notice>
            }
        })
    }
}

/// How many generations there may be in an hour.
#[component]
pub(super) fn Limits() -> impl IntoView {
    let provider = ProviderState::expect();
    let quota = provider.quota();
    view! {
        <div class="settings-body limits">
            <p>{move || quota_words(quota.get())}</p>
            {move || {
                quota
                    .get()
                    .next_ms
                    .map(|next| {
                        view! {
                            <p>{format!("The next one may begin at {}.", time_words(next))}</p>
                        }
                    })
            }}
            <p class="muted">
                "Change it with " <code>"GENERATIONS_PER_HOUR"</code>
                " in the environment of the Cumulet server; 0 is no limit."
            </p>
        </div>
    }
}

fn quota_words(quota: Quota) -> String {
    let begun = match quota.used {
        1 => "1 generation".to_owned(),
        used => format!("{used} generations"),
    };
    match quota.per_hour {
        0 => format!("{begun} in the last hour. There is no limit."),
        limit => format!("{begun} of {limit} in the last hour."),
    }
}
