//! The bundler worker: one build in flight, later changes wait and go together,
//! stale answers are dropped, and a worker that hangs or dies is replaced.

use std::collections::BTreeMap;
use std::rc::Rc;

use futures::channel::oneshot;
use leptos::prelude::*;
use protocol::app::Files;
use protocol::bundle::BuildOutput;
use protocol::limits::COMPILE_TIMEOUT_MS;
use protocol::worker::{FromBundler, OriginalPosition, Position, ToBundler};

use super::Handle;
use super::spawn;
use crate::message::Sentence;
use crate::platform::assets::Assets;
use crate::platform::clock::sleep_ms;
use crate::workers::bundler::BundlerWorker;

/// Changes of files: path to new text, `None` deletes.
pub(crate) type Changes = BTreeMap<String, Option<String>>;

/// How the worker is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CompilerStatus {
    /// Being loaded.
    Loading,
    /// Warm.
    Ready,
    /// It can't be had, for the reason given.
    Failed(Sentence),
}

/// What a build gave.
pub(super) struct Built {
    /// Revision of the request.
    pub(super) revision: u64,
    /// Time that it took, in microseconds.
    pub(super) elapsed_us: u64,
    /// Result; only new or changed modules.
    pub(super) output: BuildOutput,
}

/// What the owner of the builds hears.
pub(super) enum Report {
    /// A build is done.
    Built(Box<Built>),
    /// The last build was given up.
    Lost(Sentence),
    /// The worker was replaced: the next answer holds every module again.
    Replaced,
}

type Handler = Rc<dyn Fn(Report)>;
type Resolved = Vec<Option<OriginalPosition>>;

struct Inner {
    worker: Option<BundlerWorker>,
    /// Counts workers, so that words of an ended one are dropped.
    generation: u64,
    handler: Option<Handler>,
    /// The project as last submitted, for a new worker.
    sources: Files,
    /// Changes that no worker has got yet.
    waiting: Changes,
    in_flight: Option<u64>,
    /// A build that waits for the network since its time was last looked at.
    fetching: Option<u64>,
    revision: u64,
    /// Answers below it are of a project that is closed.
    floor: u64,
    next_request: u64,
    requests: BTreeMap<u64, oneshot::Sender<Resolved>>,
    kit_requests: BTreeMap<u64, oneshot::Sender<Files>>,
    /// Deaths since the last build that came back.
    deaths: u32,
}

/// Handle to the bundler worker.
pub(crate) type Compiler = Handle<CompilerStore>;

/// What stands behind [`Compiler`].
pub(crate) struct CompilerStore {
    status: RwSignal<CompilerStatus>,
    inner: StoredValue<Inner, LocalStorage>,
    assets: StoredValue<Result<Assets, String>>,
}

impl Compiler {
    pub(super) fn new(assets: Result<Assets, String>) -> Self {
        Handle::keep(CompilerStore {
            status: RwSignal::new(CompilerStatus::Loading),
            inner: StoredValue::new_local(Inner {
                worker: None,
                generation: 0,
                handler: None,
                sources: Files::new(),
                waiting: Changes::new(),
                in_flight: None,
                fetching: None,
                revision: 0,
                floor: 1,
                next_request: 1,
                requests: BTreeMap::new(),
                kit_requests: BTreeMap::new(),
                deaths: 0,
            }),
            assets: StoredValue::new(assets),
        })
    }

    /// The page's compiler.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// How the worker is.
    pub(crate) fn status(self) -> Signal<CompilerStatus> {
        self.status.into()
    }

    /// Starts a worker, in place of the present one, and builds what is open.
    pub(crate) fn restart(self) {
        self.update(|inner| inner.deaths = 0);
        self.respawn();
    }

    fn respawn(self) {
        self.status.set(CompilerStatus::Loading);
        let generation = self.update(|inner| {
            inner.worker = None;
            inner.generation += 1;
            inner.in_flight = None;
            inner.requests.clear();
            inner.kit_requests.clear();
            inner.waiting = inner
                .sources
                .iter()
                .map(|(path, text)| (path.clone(), Some(text.clone())))
                .collect();
            inner.generation
        });
        self.tell(Report::Replaced);
        let spawned = self.assets.get_value().and_then(|assets| {
            BundlerWorker::spawn(&assets, move |message| self.hear(generation, message))
        });
        match spawned {
            Ok(worker) => self.inner.update_value(|inner| inner.worker = Some(worker)),
            Err(reason) => self
                .status
                .set(CompilerStatus::Failed(unavailable(&reason))),
        }
    }

    /// Who hears what comes of builds. One owner.
    pub(super) fn on_report(self, handler: impl Fn(Report) + 'static) {
        self.inner
            .update_value(|inner| inner.handler = Some(Rc::new(handler)));
    }

    /// Whether changes wait for the build that is under way, or was just done.
    pub(super) fn is_behind(self) -> bool {
        self.inner.with_value(|inner| !inner.waiting.is_empty())
    }

    /// Another project comes next: forgets all files, drops what is under way.
    pub(super) fn reset(self) {
        self.inner.update_value(|inner| {
            inner.sources.clear();
            inner.waiting.clear();
            inner.floor = inner.revision + 1;
            inner.in_flight = None;
            if let Some(worker) = &inner.worker {
                worker.post(&ToBundler::Reset);
            }
        });
    }

    /// Changes files and asks for a build.
    pub(super) fn submit(self, changes: Changes) {
        self.inner.update_value(|inner| {
            for (path, text) in &changes {
                match text {
                    Some(text) => inner.sources.insert(path.clone(), text.clone()),
                    None => inner.sources.remove(path),
                };
            }
            inner.waiting.extend(changes);
        });
        if matches!(self.status.get_untracked(), CompilerStatus::Failed(_)) {
            self.restart();
        }
        self.send_next();
    }

    /// Positions in compiled modules as positions in the sources, in the same
    /// order. Empty when the worker is replaced meanwhile.
    pub(super) async fn resolve(self, positions: Vec<Position>) -> Resolved {
        if self.status.get_untracked() != CompilerStatus::Ready {
            return Vec::new();
        }
        let (sender, receiver) = oneshot::channel();
        self.inner.update_value(|inner| {
            let request = inner.next_request;
            inner.next_request += 1;
            inner.requests.insert(request, sender);
            if let Some(worker) = &inner.worker {
                worker.post(&ToBundler::ResolvePositions { request, positions });
            }
        });
        receiver.await.unwrap_or_default()
    }

    /// Texts of files of the ready kit. Empty when the worker is replaced meanwhile.
    pub(super) async fn kit_files(self, paths: Vec<String>) -> Files {
        if self.status.get_untracked() != CompilerStatus::Ready {
            return Files::new();
        }
        let (sender, receiver) = oneshot::channel();
        self.inner.update_value(|inner| {
            let request = inner.next_request;
            inner.next_request += 1;
            inner.kit_requests.insert(request, sender);
            if let Some(worker) = &inner.worker {
                worker.post(&ToBundler::ReadKit { request, paths });
            }
        });
        receiver.await.unwrap_or_default()
    }

    fn send_next(self) {
        if self.status.get_untracked() != CompilerStatus::Ready {
            return;
        }
        let sent = self.update(|inner| {
            if inner.in_flight.is_some() || inner.waiting.is_empty() {
                return None;
            }
            inner.revision += 1;
            inner.in_flight = Some(inner.revision);
            let message = ToBundler::Build {
                revision: inner.revision,
                changes: std::mem::take(&mut inner.waiting),
            };
            inner.worker.as_ref()?.post(&message);
            Some((inner.generation, inner.revision))
        });
        if let Some((generation, revision)) = sent {
            spawn(self.watch(generation, revision));
        }
    }

    /// Ends the worker if this build is still under way when its time is over.
    async fn watch(self, generation: u64, revision: u64) {
        loop {
            sleep_ms(COMPILE_TIMEOUT_MS).await;
            let is_under_way = self.inner.with_value(|inner| {
                inner.generation == generation && inner.in_flight == Some(revision)
            });
            if !is_under_way {
                return;
            }
            // Who waits for the network gets the full time again.
            if self.update(|inner| inner.fetching.take()) != Some(revision) {
                break;
            }
        }
        self.respawn();
        // The same files would hang again: they are sent with the next change.
        self.update(|inner| inner.deaths = 1);
        self.tell(Report::Lost(Sentence {
            what: format!(
                "Compiling took longer than {} s and was ended.",
                COMPILE_TIMEOUT_MS / 1000
            ),
            next: Some(
                "Undo the last change or make the file smaller; the next edit compiles again."
                    .to_owned(),
            ),
        }));
    }

    fn hear(self, generation: u64, message: FromBundler) {
        if self.inner.with_value(|inner| inner.generation) != generation {
            return;
        }
        match message {
            FromBundler::Ready { .. } => {
                self.status.set(CompilerStatus::Ready);
                if self.inner.with_value(|inner| inner.deaths) == 0 {
                    self.send_next();
                }
            }
            FromBundler::Built {
                revision,
                elapsed_us,
                output,
                ..
            } => self.built(Built {
                revision,
                elapsed_us,
                output: *output,
            }),
            FromBundler::Fetching { revision } => {
                self.update(|inner| inner.fetching = Some(revision));
            }
            FromBundler::Kit { request, files } => {
                let sender = self.update(|inner| inner.kit_requests.remove(&request));
                if let Some(sender) = sender {
                    // Nobody waits any more when the app was closed.
                    let _ = sender.send(files);
                }
            }
            FromBundler::Positions { request, positions } => {
                let sender = self.update(|inner| inner.requests.remove(&request));
                if let Some(sender) = sender {
                    // Nobody waits any more when the error was cleared.
                    let _ = sender.send(positions);
                }
            }
            FromBundler::Failed { message } => self.died(&message),
        }
    }

    fn built(self, built: Built) {
        let current = self.update(|inner| {
            let current = built.revision >= inner.floor;
            if inner.in_flight == Some(built.revision) {
                inner.in_flight = None;
            }
            inner.deaths = 0;
            current
        });
        if current {
            self.tell(Report::Built(Box::new(built)));
        }
        self.send_next();
    }

    fn died(self, message: &str) {
        let (deaths, was_ready) = (
            self.update(|inner| {
                inner.deaths += 1;
                inner.deaths
            }),
            self.status.get_untracked() == CompilerStatus::Ready,
        );
        if deaths == 1 && was_ready {
            self.respawn();
            self.tell(Report::Lost(Sentence {
                what: format!("The compiler stopped: {message}."),
                next: Some("It was started anew; the next edit compiles again.".to_owned()),
            }));
        } else {
            self.update(|inner| inner.worker = None);
            self.status
                .set(CompilerStatus::Failed(unavailable(message)));
        }
    }

    fn tell(self, report: Report) {
        if let Some(handler) = self.inner.with_value(|inner| inner.handler.clone()) {
            handler(report);
        }
    }

    fn update<T: Default>(self, change: impl FnOnce(&mut Inner) -> T) -> T {
        self.inner.try_update_value(change).unwrap_or_default()
    }
}

fn unavailable(reason: &str) -> Sentence {
    Sentence {
        what: format!("The compiler couldn't be started: {reason}."),
        next: Some("Check the connection, then reload the page.".to_owned()),
    }
}
