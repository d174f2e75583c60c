//! The settings page: language model, appearance, what this is.

use leptos::prelude::*;
use leptos_router::components::A;

use super::top_bar::TopBar;
use crate::components::field::Choice;
use crate::components::icon::{Glyph, Icon};
use crate::components::segmented::Segmented;
use crate::routes;
use crate::state::session::{Session, Theme};

/// The page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
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
                    <h2 id="model-title">"Language model"</h2>
                    <p>
                        "Writes and changes your apps. It can run on this machine, or at a provider
                        whose key you have."
                    </p>
                </div>
            </section>
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
                    <dd>"In this browser first, then copied to your Cumulet server."</dd>
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
