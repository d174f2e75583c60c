//! Before an app is built: questions about a vague request, and proposals to
//! choose from. All of it can be skipped, and none of it stands in the way:
//! a small model that fails only means that the app is built as asked for.

use generation::ask::{answers_text, is_vague, proposal_text};
use leptos::prelude::*;
use protocol::app::Author;
use protocol::ask::{Answer, AskAnswer, AskRequest, Proposal, Question};

use super::Handle;
use super::chat::{Ask, Chat};
use super::project::{Phase, Project};
use super::provider::{ProviderState, ProviderStatus};
use super::sketches::Sketches;
use super::spawn;
use super::toasts::{ToastAction, ToastKind, Toasts};
use crate::api;
use crate::message::{Sentence, describe};
use crate::platform::local;

/// Preference of who wants no questions.
const NO_QUESTIONS_KEY: &str = "cumulet.no-questions";

/// What the model is told of a sketch that it goes on from.
const FROM_SKETCH: &str = "The files of the app are a sketch of this design with sample data, which the person has tried and chosen. Keep its layout and look, and make the whole app of it: every screen and interaction, and what the person enters is kept. Write each file that you change anew, src/App.tsx included.";

/// What is being planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing.
    #[default]
    None,
    /// The small model is at work, on what this says.
    Waiting(&'static str),
    /// To be answered.
    Questions(Vec<Question>),
    /// To be chosen from.
    Proposals(Vec<Proposal>),
    /// Next steps to choose from.
    Suggestions(Vec<String>),
    /// The small model failed.
    Failed(Sentence),
}

/// Handle to the plan.
pub(crate) type Planning = Handle<PlanningStore>;

/// What stands behind [`Planning`].
pub(crate) struct PlanningStore {
    plan: RwSignal<Plan>,
    /// The request that the plan is for.
    ask: StoredValue<Ask>,
    answers: StoredValue<Vec<Answer>>,
    abort: StoredValue<Option<api::Abort>, LocalStorage>,
    /// Rises with every step, so that a late answer is dropped.
    step: StoredValue<u64>,
    chat: Chat,
    project: Project,
    provider: ProviderState,
    sketches: Sketches,
    toasts: Toasts,
}

impl Planning {
    pub(super) fn new() -> Self {
        Handle::keep(PlanningStore {
            plan: RwSignal::new(Plan::None),
            ask: StoredValue::new(Ask::default()),
            answers: StoredValue::new(Vec::new()),
            abort: StoredValue::new_local(None),
            step: StoredValue::new(0),
            chat: Chat::expect(),
            project: Project::expect(),
            provider: ProviderState::expect(),
            sketches: Sketches::expect(),
            toasts: Toasts::expect(),
        })
    }

    /// The page's plan.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// What is being planned.
    pub(crate) fn plan(self) -> Signal<Plan> {
        self.plan.into()
    }

    /// The request that the plan is for, untracked.
    pub(crate) fn prompt(self) -> String {
        self.ask.with_value(|ask| ask.prompt.clone())
    }

    /// Sends a request; a vague one for a new app is asked about first.
    /// `false` when it can't be sent now, which a notice explains.
    pub(crate) fn submit(self, ask: Ask) -> bool {
        let asks = self.project.is_empty()
            && ask.images.is_empty()
            && is_vague(&ask.prompt)
            && local::get(NO_QUESTIONS_KEY).is_none();
        if !asks {
            self.cancel();
            return self.chat.send(ask);
        }
        let request = AskRequest::Questions {
            prompt: ask.prompt.clone(),
            provider: self.provider.chosen().get_untracked(),
            model: None,
        };
        self.begin(ask);
        self.ask(
            request,
            "Thinking about what to ask",
            |planning, outcome| {
                match outcome {
                    Ok(AskAnswer::Questions { questions }) if !questions.is_empty() => {
                        planning.plan.set(Plan::Questions(questions));
                    }
                    // Clear enough, or no small model: the request speaks for itself.
                    _ => planning.build(),
                }
            },
        );
        true
    }

    /// Takes the answers and builds.
    pub(crate) fn answer(self, answers: Vec<Answer>) {
        self.answers.set_value(answers);
        self.build();
    }

    /// Builds as asked for, and asks no questions any more.
    pub(crate) fn never_ask(self) {
        local::set(NO_QUESTIONS_KEY, "1");
        self.build();
    }

    /// Takes the answers and has designs proposed.
    pub(crate) fn answer_and_propose(self, answers: Vec<Answer>) {
        self.answers.set_value(answers);
        self.propose_again(1);
    }

    /// Has designs proposed for a request.
    pub(crate) fn propose(self, ask: Ask) {
        self.begin(ask);
        self.propose_again(1);
    }

    /// Has so many other designs proposed.
    pub(crate) fn propose_again(self, count: usize) {
        let request = AskRequest::Proposals {
            prompt: self.prompt(),
            answers: self.answers.get_value(),
            count,
            provider: self.provider.chosen().get_untracked(),
            model: None,
        };
        self.ask(request, "Thinking about a design", |planning, outcome| {
            planning.plan.set(match outcome {
                Ok(AskAnswer::Proposals { proposals }) => {
                    let designs = proposals.iter().map(as_text).collect();
                    planning.sketches.open(planning.prompt(), designs);
                    Plan::Proposals(proposals)
                }
                Ok(_) => Plan::None,
                Err(error) => Plan::Failed(describe(&error)),
            });
        });
    }

    /// Builds a design, as the person left it. Its sketch is what the model goes
    /// on from, when there is one.
    pub(crate) fn accept(self, design: &str, index: usize) {
        let sketch = self.sketches.files(index);
        self.cancel();
        self.ask.update_value(|ask| {
            ask.context.push(format!(
                "The person accepted this design. Build it like this:\n\n{design}"
            ));
            if sketch.is_some() {
                ask.context.push(FROM_SKETCH.to_owned());
            }
        });
        if let Some(files) = sketch {
            let files = files.into_iter().map(|(path, text)| (path, Some(text)));
            self.project.apply(files.collect(), Author::Model);
        }
        self.build();
    }

    /// Builds as asked for, with what was answered.
    pub(crate) fn build(self) {
        self.cancel();
        let mut ask = self.ask.get_value();
        let answers = self.answers.with_value(|answers| answers_text(answers));
        if !answers.is_empty() {
            ask.context.push(answers);
        }
        self.chat.send(ask);
    }

    /// Forgets the plan.
    pub(crate) fn cancel(self) {
        self.step.update_value(|step| *step += 1);
        self.abort.set_value(None);
        self.sketches.close();
        self.plan.set(Plan::None);
    }

    /// Has a request written better. `take` gets the new text, and the old one
    /// again when the person wants it back.
    pub(crate) fn enhance(
        self,
        prompt: String,
        take: impl Fn(String) + Clone + Send + Sync + 'static,
    ) {
        let request = AskRequest::Enhance {
            prompt: prompt.clone(),
            paths: self.project.paths().get_untracked(),
            provider: self.provider.chosen().get_untracked(),
            model: None,
        };
        self.begin(Ask::default());
        self.ask(request, "Wording the request", move |planning, outcome| {
            planning.plan.set(Plan::None);
            match outcome {
                Ok(AskAnswer::Enhance { prompt: better }) => {
                    take(better);
                    let (take, prompt) = (take.clone(), prompt.clone());
                    let back = ToastAction::new("Undo", move || take(prompt.clone()));
                    let words = "Worded the request anew.".to_owned();
                    planning.toasts.show(ToastKind::Info, words, Some(back));
                }
                Ok(_) => {}
                Err(error) => planning.plan.set(Plan::Failed(describe(&error))),
            }
        });
    }

    /// Has next steps suggested.
    pub(crate) fn suggest(self) {
        let (prompt, summary) = self.chat.last_words();
        let request = AskRequest::Suggestions {
            prompt,
            summary,
            paths: self.project.paths().get_untracked(),
            provider: self.provider.chosen().get_untracked(),
            model: None,
        };
        self.begin(Ask::default());
        self.ask(request, "Thinking about next steps", |planning, outcome| {
            planning.plan.set(match outcome {
                Ok(AskAnswer::Suggestions { suggestions }) => Plan::Suggestions(suggestions),
                Ok(_) => Plan::None,
                Err(error) => Plan::Failed(describe(&error)),
            });
        });
    }

    pub(super) fn start(self) {
        // A plan is for the app that is open, and over when the model begins.
        Effect::new(move |_| {
            self.project.id().track();
            if self.chat.streaming().get() || self.project.phase().get() != Phase::Open {
                self.cancel();
            }
        });
        Effect::new(move |_| {
            let ready = matches!(self.provider.status().get(), ProviderStatus::Ready(_));
            if !ready || self.project.phase().get() != Phase::Open {
                return;
            }
            if let Some(ask) = self.chat.waiting().get() {
                untrack(|| {
                    if self.plan.get() == Plan::None {
                        self.submit(ask);
                    }
                });
            }
        });
    }

    fn begin(self, ask: Ask) {
        self.ask.set_value(ask);
        self.answers.set_value(Vec::new());
    }

    fn ask(
        self,
        request: AskRequest,
        words: &'static str,
        then: impl FnOnce(Self, Result<AskAnswer, api::Error>) + 'static,
    ) {
        self.cancel();
        self.plan.set(Plan::Waiting(words));
        let abort = api::Abort::new();
        self.abort.set_value(Some(abort.clone()));
        let step = self.step.get_value();
        spawn(async move {
            let outcome = self.provider.models().ask(&request, &abort).await;
            if self.step.get_value() == step {
                then(self, outcome);
            }
        });
    }
}

/// A proposal as text that can be edited.
pub(crate) fn as_text(proposal: &Proposal) -> String {
    proposal_text(proposal)
}
