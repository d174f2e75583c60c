//! Sketches of proposed designs: small apps that a model draws, to try a design
//! before it is built. Drawn one after the other, the shown one first; the
//! shown one runs.

mod compile;
mod player;

use std::sync::Arc;

use leptos::prelude::*;
use protocol::app::Files;
use protocol::ask::{AskAnswer, AskRequest, MAX_PROPOSALS};
use web_sys::HtmlElement;

use self::compile::{Bundler, Compiled};
use self::player::Player;
pub(crate) use self::player::Playing;
use super::Handle;
use super::project::Project;
use super::provider::ProviderState;
use super::spawn;
use crate::api;
use crate::message::{Sentence, describe};
use crate::platform::assets::Assets;

/// How far a sketch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// Nobody has asked for it.
    Not,
    /// Others are drawn before it.
    Waiting,
    /// A model draws it.
    UnderWay,
    /// It can run.
    Done(Arc<Compiled>),
    /// It came to nothing.
    Failed(Sentence),
}

/// The sketch of one design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch {
    /// The design that it was drawn from, or is to be.
    pub(crate) design: String,
    /// How far it is.
    pub(crate) drawing: Drawing,
}

/// Handle to the sketches.
pub(crate) type Sketches = Handle<SketchesStore>;

/// What stands behind [`Sketches`].
pub(crate) struct SketchesStore {
    list: RwSignal<Vec<Sketch>>,
    shown: StoredValue<usize>,
    prompt: StoredValue<String>,
    abort: StoredValue<Option<api::Abort>, LocalStorage>,
    /// Rises with every plan, so that a late answer is dropped.
    round: StoredValue<u64>,
    drawing: StoredValue<bool>,
    /// Started with the first sketch of a plan.
    bundler: StoredValue<Option<Bundler>, LocalStorage>,
    assets: Result<Assets, String>,
    player: Player,
    project: Project,
    provider: ProviderState,
}

impl Sketches {
    pub(super) fn new(assets: Result<Assets, String>) -> Self {
        Handle::keep(SketchesStore {
            list: RwSignal::new(Vec::new()),
            shown: StoredValue::new(0),
            prompt: StoredValue::new(String::new()),
            abort: StoredValue::new_local(None),
            round: StoredValue::new(0),
            drawing: StoredValue::new(false),
            bundler: StoredValue::new_local(None),
            player: Player::new(assets.clone()),
            assets,
            project: Project::expect(),
            provider: ProviderState::expect(),
        })
    }

    /// The page's sketches.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// One for each design, in their order; none where an app is there already.
    pub(crate) fn list(self) -> Signal<Vec<Sketch>> {
        self.list.into()
    }

    /// How the one that is shown runs.
    pub(crate) fn playing(self) -> Signal<Playing> {
        self.player.playing()
    }

    /// The element that the shown sketch runs in.
    pub(crate) fn attach(self, host: HtmlElement) {
        self.player.attach(host);
    }

    /// The element goes away.
    pub(crate) fn detach(self) {
        self.player.detach();
    }

    /// Shows the sketch of this design.
    pub(crate) fn show(self, index: usize) {
        self.shown.set_value(index);
        match self.drawing_of(index) {
            Some(Drawing::Done(sketch)) => self.player.play(sketch),
            _ => self.player.stop(),
        }
    }

    /// Has the sketch of this design drawn, anew where there is one.
    pub(crate) fn draw(self, index: usize, design: String) {
        self.list.update(|list| {
            if let Some(sketch) = list.get_mut(index)
                && sketch.drawing != Drawing::UnderWay
            {
                *sketch = Sketch {
                    design,
                    drawing: Drawing::Waiting,
                };
            }
        });
        if self.shown.get_value() == index {
            self.player.stop();
        }
        self.draw_next();
    }

    /// Files of a sketch that can run, untracked.
    pub(super) fn files(self, index: usize) -> Option<Files> {
        match self.drawing_of(index) {
            Some(Drawing::Done(sketch)) => Some(sketch.files.clone()),
            _ => None,
        }
    }

    /// Takes designs for a request; several are alternatives, which are drawn at once.
    pub(super) fn open(self, prompt: String, designs: Vec<String>) {
        self.close();
        if !self.project.is_empty() {
            return;
        }
        let drawing = if designs.len() > 1 {
            Drawing::Waiting
        } else {
            Drawing::Not
        };
        self.prompt.set_value(prompt);
        self.shown.set_value(0);
        self.list.set(
            designs
                .into_iter()
                .take(MAX_PROPOSALS)
                .map(|design| Sketch {
                    design,
                    drawing: drawing.clone(),
                })
                .collect(),
        );
        self.draw_next();
    }

    /// The plan is over: nothing is drawn and nothing runs any more.
    pub(super) fn close(self) {
        self.round.update_value(|round| *round += 1);
        self.abort.set_value(None);
        self.bundler.set_value(None);
        self.drawing.set_value(false);
        if !self.list.with_untracked(Vec::is_empty) {
            self.list.set(Vec::new());
            self.player.end();
        }
    }

    pub(super) fn start(self) {
        // Who writes code meanwhile gets the app's own frame, and there is one at a time.
        Effect::new(move |_| {
            if !self.project.paths().with(Vec::is_empty) {
                self.close();
            }
        });
    }

    fn drawing_of(self, index: usize) -> Option<Drawing> {
        self.list
            .with_untracked(|list| list.get(index).map(|sketch| sketch.drawing.clone()))
    }

    /// Begins with the shown one of those that wait, or the first.
    fn draw_next(self) {
        if self.drawing.get_value() {
            return;
        }
        let shown = self.shown.get_value();
        let next = self.list.with_untracked(|list| {
            let waits = |index: &usize| {
                list.get(*index)
                    .is_some_and(|sketch| sketch.drawing == Drawing::Waiting)
            };
            let index = std::iter::once(shown).chain(0..list.len()).find(waits)?;
            Some((index, list.get(index)?.design.clone()))
        });
        let Some((index, design)) = next else { return };
        self.drawing.set_value(true);
        self.set(index, Drawing::UnderWay);
        let round = self.round.get_value();
        let abort = api::Abort::new();
        self.abort.set_value(Some(abort.clone()));
        spawn(async move {
            let drawn = self.drawn(round, design, &abort).await;
            if self.round.get_value() != round {
                return;
            }
            self.drawing.set_value(false);
            match drawn {
                Ok(sketch) => {
                    self.set(index, Drawing::Done(Arc::clone(&sketch)));
                    if self.shown.get_value() == index {
                        self.player.play(sketch);
                    }
                }
                Err(sentence) => self.set(index, Drawing::Failed(sentence)),
            }
            self.draw_next();
        });
    }

    async fn drawn(
        self,
        round: u64,
        design: String,
        abort: &api::Abort,
    ) -> Result<Arc<Compiled>, Sentence> {
        let request = AskRequest::Sketch {
            prompt: self.prompt.get_value(),
            design,
            provider: self.provider.chosen().get_untracked(),
            model: None,
        };
        let models = self.provider.models();
        let answer = models
            .ask(&request, abort)
            .await
            .map_err(|error| describe(&error))?;
        let AskAnswer::Sketch { files } = answer else {
            return Err(unavailable("the answer was to another question"));
        };
        let kept = self.bundler.try_update_value(Option::take).flatten();
        let mut bundler = match kept {
            Some(bundler) => bundler,
            None => self
                .assets
                .clone()
                .and_then(|assets| Bundler::start(&assets))
                .map_err(|reason| unavailable(&reason))?,
        };
        let compiled = bundler.compile(files).await;
        if self.round.get_value() == round {
            self.bundler.set_value(Some(bundler));
        }
        compiled
    }

    fn set(self, index: usize, drawing: Drawing) {
        self.list.update(|list| {
            if let Some(sketch) = list.get_mut(index) {
                sketch.drawing = drawing;
            }
        });
    }
}

fn unavailable(reason: &str) -> Sentence {
    Sentence::new(
        format!("The sketch couldn't be drawn: {reason}."),
        "Try again, or build the design without it.",
    )
}
