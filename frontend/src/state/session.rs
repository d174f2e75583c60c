//! What holds for the whole page: theme, network, whether there is a server.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{MediaQueryList, MediaQueryListEvent};

use super::Handle;
use super::spawn;
use crate::api;
use crate::platform::clock::sleep_ms;
use crate::platform::listen::Listener;
use crate::platform::local;

const THEME_KEY: &str = "cumulet.theme";
/// Pause between two looks for a server that wasn't there, in milliseconds.
const SERVER_RETRY_MS: u32 = 10_000;

/// Between two looks whether the first answer is there, in milliseconds.
const SERVER_WAIT_MS: u32 = 20;

/// Colour theme as chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Word in storage and in the `data-theme` attribute of the root element.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Whether a Cumulet server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Server {
    /// Not known yet.
    Unknown,
    /// It answers.
    Present,
    /// It doesn't: everything works from this browser alone.
    Absent,
}

/// Handle to what holds for the whole page.
pub(crate) type Session = Handle<SessionStore>;

/// What stands behind [`Session`].
pub(crate) struct SessionStore {
    theme: RwSignal<Theme>,
    system_dark: RwSignal<bool>,
    online: RwSignal<bool>,
    server: RwSignal<Server>,
    listeners: StoredValue<Vec<SendWrapper<Listener>>>,
}

impl Session {
    pub(super) fn new() -> Self {
        let theme = local::get(THEME_KEY).map_or(Theme::System, |word| Theme::from_word(&word));
        Handle::keep(SessionStore {
            theme: RwSignal::new(theme),
            system_dark: RwSignal::new(false),
            online: RwSignal::new(true),
            server: RwSignal::new(Server::Unknown),
            listeners: StoredValue::new(Vec::new()),
        })
    }

    /// The page's session.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The theme as chosen.
    pub(crate) fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Whether the page is dark now.
    pub(crate) fn dark(self) -> Signal<bool> {
        Signal::derive(move || match self.theme.get() {
            Theme::System => self.system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        })
    }

    /// Whether the browser thinks it has a network.
    pub(crate) fn online(self) -> Signal<bool> {
        self.online.into()
    }

    /// Whether there is a server.
    pub(crate) fn server(self) -> Signal<Server> {
        self.server.into()
    }

    /// The same, once it is known.
    pub(super) async fn known_server(self) -> Server {
        loop {
            match self.server.try_get_untracked() {
                Some(Server::Unknown) => sleep_ms(SERVER_WAIT_MS).await,
                known => return known.unwrap_or(Server::Absent),
            }
        }
    }

    /// Chooses the theme and keeps the choice.
    pub(crate) fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        local::set(THEME_KEY, theme.word());
    }

    /// What a request showed about the server: `Network` means that it is gone.
    pub(super) fn heard(self, error: &api::Error) {
        if *error == api::Error::Network && self.server.get_untracked() == Server::Present {
            self.server.set(Server::Absent);
            self.look_again_later();
        }
    }

    pub(super) fn start(self) {
        Effect::new(move |_| {
            let root = web_sys::window()
                .and_then(|window| window.document())
                .and_then(|document| document.document_element());
            if let Some(root) = root {
                // Fails for an invalid attribute name only.
                let _ = root.set_attribute("data-theme", self.theme.get().word());
            }
        });
        let Some(window) = web_sys::window() else {
            return;
        };
        self.online.set(window.navigator().on_line());
        let mut listeners = vec![
            Listener::new(&window, "online", move |_| {
                self.online.set(true);
                self.look_for_server();
            }),
            Listener::new(&window, "offline", move |_| self.online.set(false)),
        ];
        if let Ok(Some(query)) = window.match_media("(prefers-color-scheme: dark)") {
            self.system_dark.set(MediaQueryList::matches(&query));
            listeners.push(Listener::new(&query, "change", move |event| {
                if let Some(event) = event.dyn_ref::<MediaQueryListEvent>() {
                    self.system_dark.set(event.matches());
                }
            }));
        }
        self.listeners
            .set_value(listeners.into_iter().map(SendWrapper::new).collect());
        self.look_for_server();
    }

    fn look_for_server(self) {
        spawn(async move {
            let found = api::health().await.is_ok();
            let server = if found {
                Server::Present
            } else {
                Server::Absent
            };
            if self.server.get_untracked() != server {
                self.server.set(server);
            }
            if !found {
                self.look_again_later();
            }
        });
    }

    fn look_again_later(self) {
        spawn(async move {
            sleep_ms(SERVER_RETRY_MS).await;
            if self.server.get_untracked() == Server::Absent && self.online.get_untracked() {
                self.look_for_server();
            }
        });
    }
}
