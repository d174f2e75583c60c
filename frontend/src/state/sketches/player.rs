//! Runs a sketch: a frame with the same shell, sandbox and self-tests as the
//! app's, and a bridge of its own. A sketch may do nothing beyond its frame:
//! whatever it asks for is refused, and what it stores is forgotten with the plan.
//!
//! There is one at a time, and only while the open app has no frame: all frames
//! of an origin share a process, and one that hangs takes the others with it.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::limits::{FRAME_SILENT_MS, READY_TIMEOUT_MS};
use protocol::preview::{ErrorKind, FromBridge, FromFrame, Script, ToBridge};
use protocol::sandbox::{Answer, CallErrorCode};
use web_sys::{HtmlElement, MessagePort};

use super::compile::Compiled;
use crate::message::Sentence;
use crate::platform::assets::Assets;
use crate::platform::clock::{monotonic_ms, new_id, sleep_ms};
use crate::platform::dom::is_visible;
use crate::preview::frame::{Frame, FrameEvent};
use crate::preview::neighbours::Neighbours;
use crate::preview::shell::Shell;
use crate::state::preview::{KILL_PAUSE_MS, Preview, PreviewStatus};
use crate::state::session::Session;
use crate::state::{Handle, spawn};
use crate::workers::bridge::BridgeWorker;

/// What assistive technology calls the frame.
const TITLE: &str = "Sketch of the app";

/// How the sketch fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Playing {
    /// There is none.
    Nothing,
    /// Its frame is being made.
    Starting,
    /// It is on the screen.
    Running,
    /// It can't run, and why.
    Failed(Sentence),
}

struct Inner {
    assets: Result<Assets, String>,
    host: Option<HtmlElement>,
    bridge: Option<BridgeWorker>,
    frame: Option<Frame>,
    sketch: Option<Arc<Compiled>>,
    /// What the frame stores belongs to it; no app's id.
    app: String,
    /// Moment before which no new frame is made.
    not_before_ms: f64,
    neighbours: Option<Neighbours>,
}

/// Handle to the sketch that runs.
pub(super) type Player = Handle<PlayerStore>;

/// What stands behind [`Player`].
pub(super) struct PlayerStore {
    playing: RwSignal<Playing>,
    session: StoredValue<u64>,
    inner: StoredValue<Inner, LocalStorage>,
    preview: Preview,
    page: Session,
}

impl Player {
    pub(super) fn new(assets: Result<Assets, String>) -> Self {
        Handle::keep(PlayerStore {
            playing: RwSignal::new(Playing::Nothing),
            session: StoredValue::new(0),
            inner: StoredValue::new_local(Inner {
                assets,
                host: None,
                bridge: None,
                frame: None,
                sketch: None,
                app: String::new(),
                not_before_ms: 0.0,
                neighbours: None,
            }),
            preview: Preview::expect(),
            page: Session::expect(),
        })
    }

    pub(super) fn playing(self) -> Signal<Playing> {
        self.playing.into()
    }

    /// The element that the frame is put into, from now on.
    pub(super) fn attach(self, host: HtmlElement) {
        self.inner.update_value(|inner| inner.host = Some(host));
        self.start();
    }

    /// The element goes away, and the frame with it.
    pub(super) fn detach(self) {
        self.remove_frame();
        self.inner.update_value(|inner| inner.host = None);
    }

    /// Runs a sketch in place of the one before.
    pub(super) fn play(self, sketch: Arc<Compiled>) {
        self.remove_frame();
        self.inner.update_value(|inner| inner.sketch = Some(sketch));
        self.start();
    }

    /// Ends the sketch.
    pub(super) fn stop(self) {
        self.remove_frame();
        self.inner.update_value(|inner| inner.sketch = None);
        self.playing.set(Playing::Nothing);
    }

    /// Ends the sketch and forgets what all of them stored.
    pub(super) fn end(self) {
        self.stop();
        let app = self.inner.try_update_value(|inner| {
            inner.bridge = None;
            inner.neighbours = None;
            std::mem::take(&mut inner.app)
        });
        if let Some(app) = app.filter(|app| !app.is_empty()) {
            self.preview.forget_data(app);
        }
    }

    fn start(self) {
        let wanted = self
            .inner
            .with_value(|inner| inner.sketch.is_some() && inner.host.is_some());
        if !wanted || self.preview.status().get_untracked() != PreviewStatus::Empty {
            return;
        }
        let session = self.next_session();
        self.playing.set(Playing::Starting);
        self.inner.update_value(|inner| {
            if inner.app.is_empty() {
                inner.app = format!("sketch-{}", new_id());
            }
        });
        spawn(async move {
            let (pause, app) = self
                .inner
                .with_value(|inner| (inner.not_before_ms - monotonic_ms(), inner.app.clone()));
            if pause > 0.0 {
                sleep_ms(KILL_PAUSE_MS).await;
            }
            let shell = self.preview.shell(&app).await;
            if self.session.get_value() == session {
                self.make_frame(session, shell);
            }
        });
        spawn(async move {
            sleep_ms(READY_TIMEOUT_MS).await;
            let waits = self.playing.get_untracked() == Playing::Starting;
            if waits && self.session.get_value() == session && is_visible() {
                self.fail("The sketch showed nothing in time.");
            }
        });
    }

    fn make_frame(self, session: u64, shell: Result<Shell, String>) {
        let made = self.bridge().and_then(|()| {
            let host = self.inner.with_value(|inner| inner.host.clone());
            let host = host.ok_or("the plan isn't shown")?;
            Frame::create(
                &host,
                &shell?,
                TITLE,
                || false,
                move |event| match event {
                    FrameEvent::Port(port) => self.connect(session, port),
                    FrameEvent::Flooded => self.expel("it floods the page with messages"),
                    FrameEvent::Grabbing => self.expel("it takes the keyboard from who is typing"),
                    FrameEvent::Open => self.refuse("its page came without its policies"),
                },
            )
        });
        match made {
            Ok(frame) => self.inner.update_value(|inner| inner.frame = Some(frame)),
            Err(reason) => self.fail(&format!("The sketch couldn't start: {reason}.")),
        }
    }

    fn bridge(self) -> Result<(), String> {
        if self.inner.with_value(|inner| inner.bridge.is_some()) {
            return Ok(());
        }
        let assets = self.inner.with_value(|inner| inner.assets.clone())?;
        let bridge = BridgeWorker::spawn_alone(
            &assets,
            move |message| self.hear(message),
            move |reason| {
                self.inner.update_value(|inner| inner.bridge = None);
                self.fail(&format!("The connection to the sketch broke: {reason}."));
            },
        )?;
        self.inner.update_value(|inner| {
            inner.bridge = Some(bridge);
            inner.neighbours = Neighbours::listen(move || self.neighbour_hung());
        });
        Ok(())
    }

    fn connect(self, session: u64, port: MessagePort) {
        if self.session.get_value() != session {
            return;
        }
        let theme = self.page.frame_theme();
        self.inner.with_value(|inner| {
            let (Ok(assets), Some(bridge), Some(sketch)) =
                (&inner.assets, &inner.bridge, &inner.sketch)
            else {
                return;
            };
            let connect = ToBridge::Connect {
                session,
                app: inner.app.clone(),
                deps_url: assets.deps(),
                theme,
                viewer: new_id(),
                path: "/".to_owned(),
            };
            bridge.connect(&connect, port);
            if let Some(load) = load(session, sketch) {
                bridge.post(&load);
            }
        });
    }

    fn hear(self, message: FromBridge) {
        let current = self.session.get_value();
        match message {
            FromBridge::Frame { session, message } if session == current => {
                self.hear_frame(session, message);
            }
            FromBridge::DependencyFailed {
                session,
                file,
                message,
            } if session == current => {
                self.fail(&format!(
                    "The package file {file} couldn't be loaded: {message}."
                ));
            }
            FromBridge::Silent { session, silent_ms }
                if session == current && silent_ms >= FRAME_SILENT_MS && is_visible() =>
            {
                self.expel("it doesn't respond");
            }
            FromBridge::Expelled { session, reason } if session == current => self.expel(&reason),
            // A frame that is gone, and what concerns data of apps.
            _ => {}
        }
    }

    fn hear_frame(self, session: u64, message: FromFrame) {
        match message {
            FromFrame::Unsafe { reason } => self.refuse(&reason),
            FromFrame::Ready { .. } => self.playing.set(Playing::Running),
            FromFrame::NothingRendered { reason, .. } => {
                self.fail(&format!("The sketch shows nothing: {reason}"));
            }
            FromFrame::Error {
                kind: ErrorKind::Load | ErrorKind::Render,
                message,
                ..
            } => self.fail(&format!("The sketch threw an error: {message}")),
            FromFrame::Request { id, .. } => self.inner.with_value(|inner| {
                if let Some(bridge) = &inner.bridge {
                    bridge.post(&ToBridge::Answer {
                        session,
                        id,
                        answer: Answer::Failed {
                            code: CallErrorCode::Denied,
                            message: "A sketch has no way out. Build the app first.".to_owned(),
                        },
                    });
                }
            }),
            _ => {}
        }
    }

    /// A frame in another page hung, and this one's process with it: a new one
    /// comes when the sketch is started again.
    fn neighbour_hung(self) {
        self.inner.update_value(|inner| {
            inner.not_before_ms = monotonic_ms() + f64::from(KILL_PAUSE_MS);
        });
    }

    fn expel(self, reason: &str) {
        self.inner.update_value(|inner| {
            inner.not_before_ms = monotonic_ms() + f64::from(KILL_PAUSE_MS);
            if let Some(neighbours) = &inner.neighbours {
                neighbours.tell_hung();
            }
        });
        self.fail(&format!("The sketch was stopped: {reason}."));
    }

    /// Nothing runs where the walls don't hold.
    fn refuse(self, reason: &str) {
        self.fail(&format!(
            "The sandbox isn't tight here ({reason}), so the sketch wasn't run."
        ));
    }

    fn fail(self, what: &str) {
        self.remove_frame();
        self.playing.set(Playing::Failed(Sentence::new(
            what,
            "Have it drawn again, or build the design without it.",
        )));
    }

    fn remove_frame(self) {
        self.next_session();
        self.inner.update_value(|inner| {
            if inner.frame.take().is_some()
                && let Some(bridge) = &inner.bridge
            {
                bridge.post(&ToBridge::Disconnect);
            }
        });
    }

    fn next_session(self) -> u64 {
        let session = self.session.get_value() + 1;
        self.session.set_value(session);
        session
    }
}

/// All of a sketch, for its frame.
fn load(session: u64, sketch: &Compiled) -> Option<ToBridge> {
    let output = &sketch.output;
    Some(ToBridge::Load {
        session,
        revision: 1,
        modules: output.modules.iter().map(Script::from).collect(),
        removed: Vec::new(),
        entry: output.entry.clone()?,
        css: output.css.clone(),
        dependency_files: output.dependency_files.clone(),
    })
}
