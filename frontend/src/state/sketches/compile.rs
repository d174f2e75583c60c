//! Compiles sketches, in a worker of their own: the page's has the open app,
//! and hands its builds on to that app's frame.

use std::sync::Arc;

use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use futures::future::{Either, select};
use protocol::app::Files;
use protocol::bundle::{BuildOutput, Severity};
use protocol::limits::COMPILE_TIMEOUT_MS;
use protocol::worker::{FromBundler, ToBundler};

use crate::message::Sentence;
use crate::platform::assets::Assets;
use crate::platform::clock::sleep_ms;
use crate::state::edits::{UNDECLARED, replace_span};
use crate::state::problems::describe_place;
use crate::workers::bundler::BundlerWorker;

/// Fixes of the compiler that are made of one sketch.
const MAX_FIXES: usize = 10;

/// A sketch that can run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Compiled {
    /// Its files, with the compiler's fixes.
    pub(in crate::state) files: Files,
    /// The build of them.
    pub(super) output: BuildOutput,
}

/// The worker; dropping it ends it.
pub(super) struct Bundler {
    worker: BundlerWorker,
    messages: UnboundedReceiver<FromBundler>,
    is_ready: bool,
    revision: u64,
}

impl Bundler {
    /// Starts the worker.
    ///
    /// # Errors
    /// A sentence, when the browser refuses to start a worker.
    pub(super) fn start(assets: &Assets) -> Result<Self, String> {
        let (sender, messages) = unbounded();
        let worker = BundlerWorker::spawn_alone(assets, move |message| {
            // Nobody listens any more when the plan was closed.
            let _ = sender.unbounded_send(message);
        })?;
        Ok(Self {
            worker,
            messages,
            is_ready: false,
            revision: 0,
        })
    }

    /// Builds a sketch, with the fixes that cost nothing.
    ///
    /// # Errors
    /// What is wrong with it, or with the compiler.
    pub(super) async fn compile(&mut self, mut files: Files) -> Result<Arc<Compiled>, Sentence> {
        for _ in 0..=MAX_FIXES {
            let output = self.build(&files).await.map_err(|reason| {
                Sentence::new(
                    format!("The sketch couldn't be compiled: {reason}."),
                    "Have it drawn again, or build the design without it.",
                )
            })?;
            if fix(&mut files, &output) {
                continue;
            }
            let error = output
                .diagnostics
                .iter()
                .find(|diagnostic| diagnostic.severity == Severity::Error);
            return match error {
                None => Ok(Arc::new(Compiled { files, output })),
                Some(error) => Err(broken(&format!(
                    "{}: {}",
                    describe_place(error),
                    error.message
                ))),
            };
        }
        Err(broken("its errors have no end"))
    }

    async fn build(&mut self, files: &Files) -> Result<BuildOutput, String> {
        while !self.is_ready {
            if let FromBundler::Ready { .. } = self.next().await? {
                self.is_ready = true;
            }
        }
        self.revision += 1;
        self.worker.post(&ToBundler::Reset);
        self.worker.post(&ToBundler::Build {
            revision: self.revision,
            changes: files
                .iter()
                .map(|(path, text)| (path.clone(), Some(text.clone())))
                .collect(),
        });
        loop {
            match self.next().await? {
                FromBundler::Built {
                    revision, output, ..
                } if revision == self.revision => return Ok(*output),
                _ => {}
            }
        }
    }

    async fn next(&mut self) -> Result<FromBundler, String> {
        let late = Box::pin(sleep_ms(COMPILE_TIMEOUT_MS));
        match select(self.messages.next(), late).await {
            Either::Left((Some(FromBundler::Failed { message }), _)) => Err(message),
            Either::Left((Some(message), _)) => Ok(message),
            Either::Left((None, _)) => Err("the compiler stopped".to_owned()),
            Either::Right(_) => Err(format!(
                "it took longer than {} s",
                COMPILE_TIMEOUT_MS / 1000
            )),
        }
    }
}

/// Makes the first fix that the compiler offers for an error; `false` when there is none.
fn fix(files: &mut Files, output: &BuildOutput) -> bool {
    output
        .diagnostics
        .iter()
        .filter(|diagnostic| {
            diagnostic.severity == Severity::Error || diagnostic.code == UNDECLARED
        })
        .any(|diagnostic| {
            let fixed = diagnostic.fixes.first().and_then(|fix| {
                replace_span(files.get(&diagnostic.file)?, fix.span, &fix.replacement)
            });
            fixed.is_some_and(|text| files.insert(diagnostic.file.clone(), text).is_some())
        })
}

fn broken(why: &str) -> Sentence {
    Sentence::new(
        format!("The sketch has an error: {why}"),
        "Have it drawn again, or build the design without it.",
    )
}
