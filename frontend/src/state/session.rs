//! What holds for the whole page: theme, network, whether there is a server.

use leptos::prelude::*;
use protocol::error::ErrorCode;
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
/// What answered at this page's origin: see [`is_static`].
const HOST_KEY: &str = "cumulet.host";
/// Words for that: a Cumulet server, or a host that has files only.
const SERVER: &str = "server";
const FILES: &str = "files";
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
    /// The page comes from a host without a server.
    is_static: RwSignal<bool>,
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
            is_static: RwSignal::new(false),
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

    /// The theme as frames are told, untracked.
    pub(super) fn frame_theme(self) -> String {
        let theme = if self.dark().get_untracked() {
            Theme::Dark
        } else {
            Theme::Light
        };
        theme.word().to_owned()
    }

    /// Whether the browser thinks it has a network.
    pub(crate) fn online(self) -> Signal<bool> {
        self.online.into()
    }

    /// Whether there is a server.
    pub(crate) fn server(self) -> Signal<Server> {
        self.server.into()
    }

    /// Whether the page comes from a host that has files only, and never had a server.
    pub(crate) fn is_static(self) -> Signal<bool> {
        self.is_static.into()
    }

    /// The same as [`Self::server`], once it is known.
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
            let answer = api::health().await.map(|_| ());
            let known = local::get(HOST_KEY);
            let found = answer.is_ok();
            let is_static = is_static(&answer, known.as_deref());
            if found {
                local::set(HOST_KEY, SERVER);
            } else if is_static {
                local::set(HOST_KEY, FILES);
            }
            // Before `server`, on which others act.
            self.is_static.set(is_static);
            let server = if found {
                Server::Present
            } else {
                Server::Absent
            };
            if self.server.get_untracked() != server {
                self.server.set(server);
            }
            if !found && !is_static {
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

/// Whether the page comes from a host that has files only. `known` is what
/// answered here before: where a server did, one that can't be reached is down,
/// whatever answers in its place, and where none did, no network changes that.
fn is_static(answer: &Result<(), api::Error>, known: Option<&str>) -> bool {
    match answer {
        Ok(()) => false,
        _ if known == Some(SERVER) => false,
        // A page of the host's own, or its word that there is nothing.
        Err(api::Error::Decode(_)) => true,
        Err(error) if error.code() == Some(ErrorCode::NotFound) => true,
        Err(_) => known == Some(FILES),
    }
}

#[cfg(test)]
mod tests {
    use protocol::error::ApiError;

    use super::*;

    #[test]
    fn a_server_that_is_down_is_no_host_of_files() {
        let nothing = || {
            Err(api::Error::Api(ApiError {
                code: ErrorCode::NotFound,
                message: String::new(),
                help: None,
                retry_after_s: None,
                request_id: String::new(),
            }))
        };
        let page = || Err(api::Error::Decode("a page".to_owned()));
        let gone = || Err(api::Error::Network);
        assert!(is_static(&nothing(), None) && is_static(&page(), None));
        assert!(!is_static(&gone(), None), "an outage at the first visit");
        for answer in [nothing(), page(), gone()] {
            assert!(!is_static(&answer, Some(SERVER)), "{answer:?}");
            assert!(is_static(&answer, Some(FILES)), "{answer:?}");
        }
        assert!(!is_static(&Ok(()), Some(FILES)), "a server came");
    }
}
