//! What the running app asks of the studio, and the dialogs that this takes.
//!
//! A dialog belongs to a frame: when that goes, its dialogs go, unanswered.

mod outside;

use std::collections::VecDeque;

use futures::channel::oneshot;
use leptos::prelude::*;
use protocol::limits::DIALOGS_MAX_WAITING;
use protocol::sandbox::{Answer, Call, CallErrorCode};

use super::Handle;
use super::network::Network;
use super::permissions::Permissions;
use super::session::Session;
use super::spawn;
use crate::platform::outside as platform;
use crate::platform::records::Permission;

/// What a dialog asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// Whether the app may reach a host.
    Host {
        /// The host.
        host: String,
        /// The whole address that it asks for now.
        url: String,
    },
    /// Whether pictures of a host may be shown.
    Pictures {
        /// The host.
        host: String,
        /// The first picture's whole address.
        url: String,
    },
    /// Whether a page may be opened.
    Link {
        /// The page's host.
        host: String,
        /// Its whole address.
        url: String,
    },
    /// Whether a file may be saved.
    Download {
        /// Its name.
        name: String,
        /// Its bytes.
        size: u64,
    },
    /// Whether what the app shows may be printed.
    Print,
    /// Whether the clipboard may be read.
    ClipboardRead,
    /// Whether a text may be put into the clipboard.
    ClipboardWrite {
        /// The text.
        text: String,
    },
    /// Nothing: it tells.
    Alert {
        /// The app's words.
        text: String,
    },
    /// Yes or no.
    Confirm {
        /// The app's words.
        text: String,
    },
    /// A line of text.
    Prompt {
        /// The app's words.
        text: String,
        /// What the field holds at first.
        initial: String,
    },
}

/// What the person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// No, cancelled, or closed.
    No,
    /// Yes, for now.
    Yes,
    /// Yes, and without asking again.
    Always,
    /// A text.
    Text(String),
}

/// A dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Unique on the page.
    pub(crate) id: u64,
    /// What it asks.
    pub(crate) question: Question,
}

struct Waiting {
    asked: Asked,
    replies: Vec<oneshot::Sender<Reply>>,
}

/// Handle to the app's requests.
pub(crate) type Requests = Handle<RequestsStore>;

/// What stands behind [`Requests`].
pub(crate) struct RequestsStore {
    shown: RwSignal<Option<Asked>>,
    /// The one that is shown first.
    waiting: StoredValue<VecDeque<Waiting>, LocalStorage>,
    next_id: StoredValue<u64>,
    /// Rises with every frame that goes: what it asked for is over.
    frame: StoredValue<u64>,
    permissions: Permissions,
    network: Network,
    page: Session,
}

type Outcome = Result<Answer, (CallErrorCode, String)>;

impl Requests {
    pub(super) fn new() -> Self {
        Handle::keep(RequestsStore {
            shown: RwSignal::new(None),
            waiting: StoredValue::new_local(VecDeque::new()),
            next_id: StoredValue::new(1),
            frame: StoredValue::new(0),
            permissions: Permissions::expect(),
            network: Network::expect(),
            page: Session::expect(),
        })
    }

    /// The page's requests.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The dialog to be shown.
    pub(crate) fn shown(self) -> Signal<Option<Asked>> {
        self.shown.into()
    }

    /// What the person said to a dialog; the next one follows.
    pub(crate) fn reply(self, id: u64, reply: &Reply) {
        let answered = self.waiting.try_update_value(|waiting| {
            let is_first = waiting.front().is_some_and(|first| first.asked.id == id);
            is_first.then(|| waiting.pop_front()).flatten()
        });
        for sender in answered.flatten().into_iter().flat_map(|it| it.replies) {
            // Who asked may be gone.
            let _ = sender.send(reply.clone());
        }
        self.show_first();
    }

    /// Does what the app asks for, or asks the person.
    pub(super) fn take(self, call: Call, respond: impl FnOnce(Answer) + 'static) {
        spawn(async move {
            let outcome = self.answer(call).await;
            respond(outcome.unwrap_or_else(|(code, message)| Answer::Failed { code, message }));
        });
    }

    /// The frame is gone.
    pub(super) fn forget(self) {
        self.frame.update_value(|frame| *frame += 1);
        self.waiting.update_value(VecDeque::clear);
        self.show_first();
        self.permissions.forget_passing();
    }

    async fn answer(self, call: Call) -> Outcome {
        match call {
            Call::Fetch { request } => self.fetch(request).await,
            Call::Picture { url } => self.picture(url).await,
            Call::Download { name, size, url } => self.download(name, size, &url).await,
            Call::OpenExternal { url } => self.open(url).await,
            Call::Alert { text } => {
                self.ask(Question::Alert { text }).await?;
                Ok(Answer::Done)
            }
            Call::Confirm { text } => {
                let reply = self.ask(Question::Confirm { text }).await?;
                Ok(Answer::Flag {
                    value: reply == Reply::Yes,
                })
            }
            Call::Prompt { text, initial } => {
                let reply = self.ask(Question::Prompt { text, initial }).await?;
                Ok(Answer::Text {
                    value: match reply {
                        Reply::Text(text) => Some(text),
                        _ => None,
                    },
                })
            }
            Call::Print { width, height } => {
                let value = self.ask(Question::Print).await? == Reply::Yes
                    && platform::print_app(width, height);
                Ok(Answer::Flag { value })
            }
            Call::ClipboardWrite { text } => self.write_clipboard(text).await,
            Call::ClipboardRead => self.read_clipboard().await,
        }
    }

    async fn download(self, name: String, size: u64, url: &str) -> Outcome {
        let question = Question::Download {
            name: name.clone(),
            size,
        };
        if !self.may(Permission::Download, question).await? {
            return Err(denied("the download"));
        }
        if platform::save(url, &name) {
            Ok(Answer::Done)
        } else {
            Err(refused("saves no file"))
        }
    }

    async fn open(self, url: String) -> Outcome {
        let Some(host) = outside::host_of(&url) else {
            return Err((CallErrorCode::Invalid, "This is no address.".to_owned()));
        };
        let permission = Permission::Link { host: host.clone() };
        let question = Question::Link {
            host,
            url: url.clone(),
        };
        // Without a click of the person the browser would open nothing: the dialog's is one.
        let is_allowed = if platform::is_activated() {
            self.may(permission, question).await?
        } else {
            self.decide(permission, question).await?
        };
        Ok(Answer::Flag {
            value: is_allowed && platform::open_tab(&url),
        })
    }

    async fn write_clipboard(self, text: String) -> Outcome {
        // What the person just pressed in the app is consent enough, as in any page.
        if !platform::is_activated() {
            let question = Question::ClipboardWrite { text: text.clone() };
            if self.ask(question).await? == Reply::No {
                return Err(denied("writing to the clipboard"));
            }
        }
        if platform::write_clipboard(&text).await {
            Ok(Answer::Done)
        } else {
            Err(refused("doesn't let this page write to the clipboard"))
        }
    }

    async fn read_clipboard(self) -> Outcome {
        let question = Question::ClipboardRead;
        if !self.may(Permission::ClipboardRead, question).await? {
            return Err(denied("reading the clipboard"));
        }
        match platform::read_clipboard().await {
            Some(text) => Ok(Answer::Text { value: Some(text) }),
            None => Err(refused("doesn't let this page read the clipboard")),
        }
    }

    /// Whether the person allows it: as decided, or asked now.
    async fn may(
        self,
        permission: Permission,
        question: Question,
    ) -> Result<bool, (CallErrorCode, String)> {
        match self.permissions.decided(&permission) {
            Some(is_allowed) => Ok(is_allowed),
            None => self.decide(permission, question).await,
        }
    }

    async fn decide(
        self,
        permission: Permission,
        question: Question,
    ) -> Result<bool, (CallErrorCode, String)> {
        // No answer comes when the frame goes, so that the open app is still the one that asked.
        let reply = self.ask(question).await?;
        let is_allowed = matches!(reply, Reply::Yes | Reply::Always);
        if reply == Reply::Always {
            self.permissions.allow(permission);
        } else if matches!(
            permission,
            Permission::Host { .. } | Permission::Pictures { .. }
        ) {
            // An app asks a host many times; files and pages come one by one.
            self.permissions.decide_passing(permission, is_allowed);
        }
        Ok(is_allowed)
    }

    /// Shows a dialog. One that asks for the same host as another is one with it.
    async fn ask(self, question: Question) -> Result<Reply, (CallErrorCode, String)> {
        let (sender, receiver) = oneshot::channel();
        let is_shown = self.waiting.try_update_value(|waiting| {
            if let Some(same) = waiting
                .iter_mut()
                .find(|it| is_about_the_same(&it.asked.question, &question))
            {
                same.replies.push(sender);
                return true;
            }
            if waiting.len() >= DIALOGS_MAX_WAITING {
                return false;
            }
            let id = self.next_id.get_value();
            self.next_id.set_value(id + 1);
            waiting.push_back(Waiting {
                asked: Asked { id, question },
                replies: vec![sender],
            });
            true
        });
        if is_shown != Some(true) {
            return Err((
                CallErrorCode::TooMany,
                format!(
                    "{DIALOGS_MAX_WAITING} dialogs of the app wait for the person. Wait for their answers before you ask for more."
                ),
            ));
        }
        self.show_first();
        receiver.await.map_err(|_| {
            (
                CallErrorCode::Unavailable,
                "The app ended before the person answered.".to_owned(),
            )
        })
    }

    fn show_first(self) {
        let first = self
            .waiting
            .with_value(|waiting| waiting.front().map(|first| first.asked.clone()));
        if self.shown.with_untracked(|shown| *shown != first) {
            self.shown.set(first);
        }
    }
}

fn is_about_the_same(one: &Question, other: &Question) -> bool {
    match (one, other) {
        (Question::Host { host, .. }, Question::Host { host: other, .. })
        | (Question::Pictures { host, .. }, Question::Pictures { host: other, .. }) => {
            host == other
        }
        _ => false,
    }
}

fn denied(what: &str) -> (CallErrorCode, String) {
    (
        CallErrorCode::Denied,
        format!("The person didn't allow {what}. Ask only after they pressed something for it."),
    )
}

fn refused(what: &str) -> (CallErrorCode, String) {
    (
        CallErrorCode::Unavailable,
        format!("The browser {what}. Show the content in the app instead."),
    )
}
