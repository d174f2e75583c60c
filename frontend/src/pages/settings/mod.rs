//! The settings: language models, appearance, what this is. How the models
//! fare has a page of its own.

mod connection;
mod cure;
mod form;
mod health;
mod model_field;
mod preference;
mod preset;
mod providers;
mod source;
mod switch;
mod words;

use leptos::prelude::*;
use leptos_router::components::A;

pub(crate) use self::health::HealthPage;
use self::preference::{Limits, Preference};
use self::providers::Providers;
use super::top_bar::TopBar;
use crate::components::field::Choice;
use crate::components::icon::{Glyph, Icon};
use crate::components::segmented::Segmented;
use crate::routes;
use crate::state::direct::Direct;
use crate::state::provider::ProviderState;
use crate::state::session::{Session, Theme};

/// The page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let provider = ProviderState::expect();
    let direct = Direct::expect().active();
    let is_static = Session::expect().is_static();
    let count = Memo::new(move |_| {
        provider
            .settings()
            .with(|settings| settings.as_ref().map(|settings| settings.providers.len()))
    });
    let is_known = Memo::new(move |_| count.get().is_some());
    let several = Memo::new(move |_| count.get() > Some(1));
    provider.refresh();
    view! {
        <TopBar title="Settings · Cumulet"/>
        <main class="settings" id="main">
            <header class="settings-head">
                <A href=routes::HOME attr:class="back-link">
                    <Icon glyph=Glyph::ArrowLeft size=14/>
                    "Your apps"
                </A>
                <h1>"Settings"</h1>
            </header>
            <section class="settings-section" aria-labelledby="model-title">
                <div class="settings-side">
                    <h2 id="model-title">"Language models"</h2>
                    <p>
                        "Write and change your apps. They can run on this machine, or at a provider
                        whose key you have."
                    </p>
                </div>
                <Providers/>
            </section>
            <Show when=move || several.get()>
                <section class="settings-section" aria-labelledby="preference-title">
                    <div class="settings-side">
                        <h2 id="preference-title">"Order"</h2>
                        <p>"Which of them writes your apps."</p>
                    </div>
                    <Preference/>
                </section>
            </Show>
            <Show when=move || is_known.get() && !direct.get()>
                <section class="settings-section" aria-labelledby="limits-title">
                    <div class="settings-side">
                        <h2 id="limits-title">"Limits"</h2>
                        <p>"Hold for everybody who uses this Cumulet server."</p>
                    </div>
                    <Limits/>
                </section>
            </Show>
            <section class="settings-section" aria-labelledby="look-title">
                <div class="settings-side">
                    <h2 id="look-title">"Appearance"</h2>
                    <p>"Holds for this browser. Previews follow it."</p>
                </div>
                <ThemeSwitch/>
            </section>
            <section class="settings-section" aria-labelledby="about-title">
                <div class="settings-side">
                    <h2 id="about-title">"About"</h2>
                </div>
                <dl class="about">
                    <dt>"Version"</dt>
                    <dd>{env!("CARGO_PKG_VERSION")}</dd>
                    <dt>"Your apps"</dt>
                    <dd>
                        {move || {
                            if is_static.get() {
                                "In this browser only."
                            } else {
                                "In this browser first, then copied to your Cumulet server."
                            }
                        }}
                    </dd>
                    <dt>"Where they run"</dt>
                    <dd>"In this page, in a closed frame without network access."</dd>
                    <dt>"Licence"</dt>
                    <dd>"MIT or Apache 2.0"</dd>
                </dl>
            </section>
        </main>
    }
}

/// System, light or dark.
#[component]
fn ThemeSwitch() -> impl IntoView {
    let session = Session::expect();
    let theme = Signal::derive(move || session.theme().get().word().to_owned());
    let choices = vec![
        Choice::new(Theme::System.word(), "System").with_glyph(Glyph::System),
        Choice::new(Theme::Light.word(), "Light").with_glyph(Glyph::Sun),
        Choice::new(Theme::Dark.word(), "Dark").with_glyph(Glyph::Moon),
    ];
    view! {
        <div class="settings-body">
            <Segmented
                name="theme"
                label="Theme"
                value=theme
                choices=choices
                on_change=move |word: String| {
                    let theme = [Theme::System, Theme::Light, Theme::Dark]
                        .into_iter()
                        .find(|theme| theme.word() == word);
                    if let Some(theme) = theme {
                        session.set_theme(theme);
                    }
                }
            />
        </div>
    }
}
