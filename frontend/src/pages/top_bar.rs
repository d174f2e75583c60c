//! The bar above home and settings: mark, connection, settings.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::icon::{Glyph, Icon};
use crate::components::logo::Logo;
use crate::components::status_pill::{PillKind, StatusPill};
use crate::routes;
use crate::state::session::{Server, Session};

/// The bar.
#[component]
pub(crate) fn TopBar(
    /// Title of the page, for tabs and history.
    title: &'static str,
) -> impl IntoView {
    let session = Session::expect();
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
    let trouble = Memo::new(move |_| {
        if !session.online().get() {
            Some("Offline: everything is kept in this browser")
        } else if session.is_static().get() {
            Some("Everything is kept in this browser")
        } else if session.server().get() == Server::Absent {
            Some("Server not reached: everything is kept in this browser")
        } else {
            None
        }
    });
    view! {
        <a class="skip-link" href="#main">
            "Skip to content"
        </a>
        <header class="top-bar">
            <A href=routes::HOME attr:class="brand">
                <Logo size=20/>
                <span>"Cumulet"</span>
            </A>
            <div class="top-bar-end">
                {move || {
                    trouble
                        .get()
                        .map(|text| view! { <StatusPill kind=PillKind::Offline text=text/> })
                }}
                <A
                    href=routes::SETTINGS
                    attr:class="button ghost icon-only"
                    attr:aria-label="Settings"
                    attr:title="Settings"
                >
                    <Icon glyph=Glyph::Settings/>
                </A>
            </div>
        </header>
    }
}
