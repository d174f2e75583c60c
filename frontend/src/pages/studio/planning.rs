//! Before an app is built: questions with answers to press, and designs;
//! afterwards, next steps.

use std::collections::BTreeSet;

use leptos::prelude::*;
use protocol::ask::{Answer, Question};

use super::proposals::Proposals;
use crate::components::button::{Button, ButtonVariant};
use crate::components::icon::Glyph;
use crate::components::notice::{Notice, NoticeKind};
use crate::state::chat::Chat;
use crate::state::planning::{Plan, Planning};

/// The plan; nothing while there is none. `on_suggestion` gets the next step that was pressed.
#[component]
pub(super) fn PlanView(#[prop(into)] on_suggestion: Callback<String>) -> impl IntoView {
    let planning = Planning::expect();
    move || match planning.plan().get() {
        Plan::None => ().into_any(),
        Plan::Waiting(words) => view! { <Waiting words=words/> }.into_any(),
        Plan::Questions(questions) => view! { <Questions questions=questions/> }.into_any(),
        Plan::Proposals(proposals) => view! { <Proposals proposals=proposals/> }.into_any(),
        Plan::Suggestions(steps) => {
            view! { <Suggestions steps=steps on_choose=on_suggestion/> }.into_any()
        }
        Plan::Failed(sentence) => view! {
            <Notice kind=NoticeKind::Warning title=sentence.what detail=sentence.next>
                <Button small=true on_press=Callback::new(move |()| planning.cancel())>
                    "Go on without"
                </Button>
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn Waiting(words: &'static str) -> impl IntoView {
    let planning = Planning::expect();
    let builds = !planning.prompt().is_empty();
    view! {
        <section class="plan" aria-label="Plan">
            <p class="turn-status" role="status">
                <span class="pill-dot"></span>
                {words}
            </p>
            <div class="plan-actions">
                <Button
                    small=true
                    variant=ButtonVariant::Ghost
                    on_press=Callback::new(move |()| {
                        if builds { planning.build() } else { planning.cancel() }
                    })
                >
                    {if builds { "Build without" } else { "Cancel" }}
                </Button>
            </div>
        </section>
    }
}

/// What is chosen of a question.
#[derive(Clone, Copy)]
struct Picked {
    options: RwSignal<BTreeSet<String>>,
    own: RwSignal<String>,
}

impl Picked {
    fn press(self, option: &str, multiple: bool) {
        self.options.update(|options| {
            let was_there = options.remove(option);
            if !multiple {
                options.clear();
            }
            if !was_there {
                options.insert(option.to_owned());
            }
        });
    }
}

/// The questions, all at once.
#[component]
fn Questions(questions: Vec<Question>) -> impl IntoView {
    let planning = Planning::expect();
    let asked: Vec<(Question, Picked)> = questions
        .into_iter()
        .map(|question| {
            let picked = Picked {
                options: RwSignal::new(BTreeSet::new()),
                own: RwSignal::new(String::new()),
            };
            (question, picked)
        })
        .collect();
    let texts: Vec<(String, Picked)> = asked
        .iter()
        .map(|(question, picked)| (question.question.clone(), *picked))
        .collect();
    let answers = move || {
        let answers = texts.iter().map(|(question, picked)| {
            let mut chosen: Vec<String> = picked.options.get_untracked().into_iter().collect();
            let own = picked.own.get_untracked().trim().to_owned();
            chosen.extend(Some(own).filter(|own| !own.is_empty()));
            Answer {
                question: question.clone(),
                chosen,
            }
        });
        answers.collect::<Vec<_>>()
    };
    let for_design = answers.clone();
    let prompt = planning.prompt();
    view! {
        <section class="plan" aria-label="Questions before building">
            <p class="plan-prompt">{prompt}</p>
            {asked
                .into_iter()
                .enumerate()
                .map(|(index, (question, picked))| view! {
                    <QuestionView index=index question=question picked=picked/>
                })
                .collect_view()}
            <div class="plan-actions">
                <Button
                    small=true
                    variant=ButtonVariant::Primary
                    on_press=Callback::new(move |()| planning.answer(answers()))
                >
                    "Build it"
                </Button>
                <Button
                    small=true
                    on_press=Callback::new(move |()| planning.answer_and_propose(for_design()))
                >
                    "Show a design first"
                </Button>
                <Button
                    small=true
                    variant=ButtonVariant::Ghost
                    on_press=Callback::new(move |()| planning.build())
                >
                    "Skip"
                </Button>
                <Button
                    small=true
                    variant=ButtonVariant::Ghost
                    on_press=Callback::new(move |()| planning.never_ask())
                >
                    "Never ask"
                </Button>
            </div>
        </section>
    }
}

#[component]
fn QuestionView(index: usize, question: Question, picked: Picked) -> impl IntoView {
    let multiple = question.multiple;
    let own_id = format!("own-answer-{index}");
    view! {
        <fieldset class="question">
            <legend>
                {question.question}
                {multiple.then(|| view! { <span class="question-many">" Choose any."</span> })}
            </legend>
            <div class="question-options">
                {question
                    .options
                    .into_iter()
                    .map(|option| {
                        let (shown, own) = (option.clone(), option.clone());
                        let chosen = Memo::new(move |_| {
                            picked.options.with(|options| options.contains(&own))
                        });
                        view! {
                            <button
                                class="option"
                                type="button"
                                aria-pressed=move || if chosen.get() { "true" } else { "false" }
                                on:click=move |_| picked.press(&option, multiple)
                            >
                                {shown}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <label class="visually-hidden" for=own_id.clone()>"Something else"</label>
            <input
                class="input small"
                id=own_id
                placeholder="Something else"
                prop:value=move || picked.own.get()
                on:input:target=move |event| picked.own.set(event.target().value())
            />
        </fieldset>
    }
}

#[component]
fn Suggestions(steps: Vec<String>, on_choose: Callback<String>) -> impl IntoView {
    let planning = Planning::expect();
    view! {
        <ul class="next-steps" aria-label="Next steps">
            {steps
                .into_iter()
                .map(|step| {
                    let shown = step.clone();
                    view! {
                        <li>
                            <button
                                class="suggestion"
                                type="button"
                                on:click=move |_| {
                                    planning.cancel();
                                    on_choose.run(step.clone());
                                }
                            >
                                {shown}
                            </button>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// After a turn: the way to next steps.
#[component]
pub(super) fn NextSteps() -> impl IntoView {
    let planning = Planning::expect();
    let chat = Chat::expect();
    let shown = Memo::new(move |_| {
        !chat.streaming().get()
            && !chat.messages().with(Vec::is_empty)
            && planning.plan().get() == Plan::None
    });
    view! {
        <Show when=move || shown.get()>
            <Button
                small=true
                variant=ButtonVariant::Ghost
                glyph=Glyph::ArrowRight
                on_press=Callback::new(move |()| planning.suggest())
            >
                "What next?"
            </Button>
        </Show>
    }
}
