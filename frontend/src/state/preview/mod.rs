//! The running app: its frame, its sessions, and how it fares.
//!
//! Every module of the last good build is kept here, so that a new frame gets
//! everything. A frame is ready, or there is a named cause with a next step.

mod address;
mod data;
mod frames;
mod messages;
mod picker;
mod picture;
mod replica;
mod watchdog;

use std::collections::BTreeMap;

use leptos::prelude::*;
use protocol::bundle::{Entry, NeededFile};
use protocol::preview::Script;
use web_sys::HtmlElement;

pub(crate) use address::Address;
pub(crate) use data::AppData;
use data::Question;
pub(in crate::state) use frames::KILL_PAUSE_MS;
pub(crate) use picker::Picked;
use picture::Picture;
use replica::Replication;

use super::Handle;
use super::compiler::Compiler;
use super::console::Console;
use super::faults::Faults;
use super::library::Library;
use super::network::Network;
use super::offline::Offline;
use super::permissions::Permissions;
use super::requests::Requests;
use super::session::Session;
use super::timings::Timings;
use super::toasts::Toasts;
use crate::message::Sentence;
use crate::platform::assets::Assets;
use crate::platform::records::PermissionsRecord;
use crate::preview::frame::Frame;
use crate::preview::neighbours::Neighbours;
use crate::workers::bridge::BridgeWorker;

/// How the app fares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PreviewStatus {
    /// There is no good build yet.
    Empty,
    /// A frame is being made.
    Starting,
    /// The frame waits for npm packages.
    Fetching {
        /// Files there.
        loaded: u32,
        /// Files needed.
        total: u32,
    },
    /// The app is on the screen.
    Ready {
        /// Build that it shows.
        revision: u64,
        /// Time from receipt to the committed change, in milliseconds.
        elapsed_ms: f64,
    },
    /// It ran, but nothing is visible.
    Blank(String),
    /// It has been silent for this long.
    Silent(u32),
    /// Removed: by the person, or because it didn't respond, which the sentence says.
    Stopped(Option<Sentence>),
    /// It couldn't be started.
    Failed(Sentence),
    /// It threw before it showed anything; the errors are in [`Faults`].
    Crashed,
}

impl PreviewStatus {
    /// Whether the app is there and answers.
    pub(crate) fn is_shown(&self) -> bool {
        matches!(self, Self::Ready { .. } | Self::Blank(_) | Self::Crashed)
    }
}

/// A build without errors.
pub(in crate::state) struct GoodBuild {
    pub(in crate::state) revision: u64,
    /// New or changed modules since the last one.
    pub(in crate::state) modules: Vec<Script>,
    pub(in crate::state) removed: Vec<String>,
    pub(in crate::state) entry: Entry,
    pub(in crate::state) css: String,
    pub(in crate::state) dependency_files: Vec<NeededFile>,
    /// Time that compiling took, in milliseconds.
    pub(in crate::state) compile_ms: f64,
}

/// What the frame gets.
struct Running {
    revision: u64,
    modules: BTreeMap<String, Script>,
    entry: Entry,
    css: String,
    dependency_files: Vec<NeededFile>,
}

/// How far the present frame got, for the name of a cause.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    /// The sandbox page is there and gave its port.
    connected: bool,
    /// The boot script runs.
    booted: bool,
    /// Files of packages are under way.
    fetches: bool,
}

struct Inner {
    assets: Result<Assets, String>,
    bridge: Option<BridgeWorker>,
    frame: Option<Frame>,
    host: Option<HtmlElement>,
    running: Option<Running>,
    progress: Progress,
    /// The frame has its first load.
    loaded: bool,
    /// Moment before which no new frame is made, as of [`monotonic_ms`].
    not_before_ms: f64,
    app_id: String,
    /// Nothing was heard of the frame for two seconds or more.
    is_silent: bool,
    neighbours: Option<Neighbours>,
    /// Silence that the person chose to wait through, in milliseconds.
    waited_ms: u32,
}

/// Handle to the running app.
pub(crate) type Preview = Handle<PreviewStore>;

/// What stands behind [`Preview`].
pub(crate) struct PreviewStore {
    status: RwSignal<PreviewStatus>,
    session: StoredValue<u64>,
    inner: StoredValue<Inner, LocalStorage>,
    console: Console,
    faults: Faults,
    data: RwSignal<AppData>,
    address: RwSignal<Address>,
    picking: RwSignal<bool>,
    picked: RwSignal<Option<Picked>>,
    /// The picture that is on its way.
    picture: StoredValue<Option<Picture>>,
    question: StoredValue<Option<Question>>,
    replication: StoredValue<Replication, LocalStorage>,
    library: Library,
    compiler: Compiler,
    page: Session,
    offline: Offline,
    toasts: Toasts,
    permissions: Permissions,
    requests: Requests,
    network: Network,
    timings: Timings,
}

impl Preview {
    pub(in crate::state) fn new(assets: Result<Assets, String>) -> Self {
        let preview = Handle::keep(PreviewStore {
            status: RwSignal::new(PreviewStatus::Empty),
            session: StoredValue::new(0),
            inner: StoredValue::new_local(Inner {
                assets,
                bridge: None,
                frame: None,
                host: None,
                running: None,
                progress: Progress::default(),
                loaded: false,
                not_before_ms: 0.0,
                app_id: String::new(),
                waited_ms: 0,
                is_silent: false,
                neighbours: None,
            }),
            console: Console::expect(),
            faults: Faults::expect(),
            data: RwSignal::new(AppData::Loading),
            address: RwSignal::new(Address::default()),
            picking: RwSignal::new(false),
            picked: RwSignal::new(None),
            picture: StoredValue::new(None),
            compiler: Compiler::expect(),
            question: StoredValue::new(None),
            replication: StoredValue::new_local(Replication::default()),
            library: Library::expect(),
            page: Session::expect(),
            offline: Offline::expect(),
            toasts: Toasts::expect(),
            permissions: Permissions::expect(),
            requests: Requests::expect(),
            network: Network::expect(),
            timings: Timings::expect(),
        });
        preview.inner.update_value(|inner| {
            inner.neighbours = Neighbours::listen(move || preview.neighbour_hung());
        });
        Effect::new(move |_| {
            for app in preview.library.take_erased() {
                preview.forget_data(app);
            }
        });
        preview.follow_server();
        preview
    }

    /// The page's preview.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// How the app fares.
    pub(crate) fn status(self) -> Signal<PreviewStatus> {
        self.status.into()
    }

    /// The element that frames are put into, from now on.
    pub(crate) fn attach(self, host: HtmlElement) {
        self.inner.update_value(|inner| inner.host = Some(host));
        if self.has_build() {
            self.start_frame();
        }
    }

    /// The element goes away, and the app with it.
    pub(crate) fn detach(self) {
        self.remove_frame();
        self.inner.update_value(|inner| inner.host = None);
    }

    /// Ends the app until it is run again.
    pub(crate) fn stop(self) {
        let hung = matches!(self.status.get_untracked(), PreviewStatus::Silent(_));
        self.kill(hung);
        self.forget_address();
        self.status.set(PreviewStatus::Stopped(None));
    }

    /// Starts the app anew in a new frame, at the address where it is.
    pub(crate) fn reload(self) {
        self.remove_frame();
        self.start_frame();
    }

    /// Gives a silent app the full time again.
    pub(crate) fn wait(self) {
        if let PreviewStatus::Silent(silent_ms) = self.status.get_untracked() {
            self.inner
                .update_value(|inner| inner.waited_ms += silent_ms);
            let revision = self.running_revision();
            self.status.set(PreviewStatus::Ready {
                revision,
                elapsed_ms: 0.0,
            });
        }
    }

    /// Another app: forgets the last.
    pub(in crate::state) fn open(self, app_id: &str, permissions: PermissionsRecord) {
        self.remove_frame();
        self.permissions.open(app_id, permissions);
        self.console.clear();
        self.network.clear();
        self.timings.clear();
        self.inner.update_value(|inner| {
            inner.running = None;
            app_id.clone_into(&mut inner.app_id);
        });
        self.data.set(AppData::Loading);
        self.forget_address();
        self.status.set(PreviewStatus::Empty);
    }

    /// Shows a build: in place when the frame runs, else in a new one.
    pub(in crate::state) fn show(self, build: GoodBuild) {
        let revision = build.revision;
        self.timings.compiled(revision, build.compile_ms);
        let scripts = build.modules.clone();
        let removed = build.removed.clone();
        let app = self.inner.with_value(|inner| inner.app_id.clone());
        self.offline.needs(&app, &build.dependency_files);
        self.inner.update_value(|inner| {
            let mut modules = inner
                .running
                .take()
                .map(|running| running.modules)
                .unwrap_or_default();
            for id in &build.removed {
                modules.remove(id);
            }
            let scripts = build.modules.into_iter();
            modules.extend(scripts.map(|script| (script.id.clone(), script)));
            inner.running = Some(Running {
                revision,
                modules,
                entry: build.entry,
                css: build.css,
                dependency_files: build.dependency_files,
            });
        });
        match self.status.get_untracked() {
            // Stopped on purpose: runs again when asked to.
            PreviewStatus::Stopped(None) => {}
            PreviewStatus::Stopped(Some(_)) | PreviewStatus::Failed(_) | PreviewStatus::Crashed => {
                self.reload();
            }
            _ if self.inner.with_value(|inner| inner.frame.is_none()) => self.start_frame(),
            _ if self.inner.with_value(|inner| inner.loaded) => {
                self.load(scripts, removed);
            }
            // The frame is starting: it gets the newest build when it is up.
            _ => {}
        }
    }
}
