//! Designs to choose from, to edit, and to try as sketches.

use leptos::prelude::*;
use protocol::ask::{MAX_PROPOSALS, Proposal};

use super::sketch::SketchView;
use crate::components::button::{Button, ButtonVariant};
use crate::components::field::Choice;
use crate::components::segmented::Segmented;
use crate::state::planning::{Planning, as_text};
use crate::state::sketches::Sketches;

/// The designs of one plan, and which of them is looked at.
#[derive(Clone, Copy)]
pub(super) struct Designs {
    titles: StoredValue<Vec<String>>,
    texts: StoredValue<Vec<RwSignal<String>>>,
    shown: RwSignal<usize>,
    planning: Planning,
}

impl Designs {
    fn new(proposals: &[Proposal]) -> Self {
        let texts = proposals
            .iter()
            .map(|proposal| RwSignal::new(as_text(proposal)));
        Self {
            titles: StoredValue::new(proposals.iter().map(|one| one.title.clone()).collect()),
            texts: StoredValue::new(texts.collect()),
            shown: RwSignal::new(0),
            planning: Planning::expect(),
        }
    }

    /// Number of the one that is looked at, tracked.
    pub(super) fn shown(self) -> usize {
        self.shown.get()
    }

    /// How many there are.
    pub(super) fn count(self) -> usize {
        self.texts.with_value(Vec::len)
    }

    /// Title of the one that is looked at, tracked.
    pub(super) fn title(self) -> String {
        let shown = self.shown();
        self.titles
            .with_value(|titles| titles.get(shown).cloned())
            .unwrap_or_default()
    }

    /// Text of the one that is looked at, as the person left it, tracked.
    pub(super) fn text(self) -> String {
        let shown = self.shown();
        self.texts
            .with_value(|texts| texts.get(shown).copied())
            .map(|text| text.get())
            .unwrap_or_default()
    }

    /// Looks at another one.
    pub(super) fn show(self, index: usize) {
        self.shown.set(index.min(self.count().saturating_sub(1)));
    }

    /// Builds the one that is looked at.
    pub(super) fn build(self) {
        let (text, shown) = untrack(|| (self.text(), self.shown()));
        self.planning.accept(&text, shown);
    }
}

/// One to three designs, one of them shown.
#[component]
pub(super) fn Proposals(proposals: Vec<Proposal>) -> impl IntoView {
    let planning = Planning::expect();
    let sketches = Sketches::expect();
    let designs = Designs::new(&proposals);
    Effect::new(move |_| sketches.show(designs.shown()));
    let choices: Vec<Choice> = proposals
        .into_iter()
        .enumerate()
        .map(|(index, proposal)| Choice::new(index.to_string(), proposal.title))
        .collect();
    let several = designs.count() > 1;
    let texts = designs.texts.get_value();
    view! {
        <section class="plan" aria-label="Proposed design">
            <Show when=move || several>
                <Segmented
                    name="proposal"
                    label="Proposals"
                    value=Signal::derive(move || designs.shown().to_string())
                    choices=choices.clone()
                    on_change=move |value: String| designs.show(value.parse().unwrap_or(0))
                />
            </Show>
            <SketchView designs=designs/>
            {texts
                .into_iter()
                .enumerate()
                .map(|(index, text)| {
                    let id = format!("proposal-{index}");
                    view! {
                        <div hidden=move || designs.shown() != index>
                            <label class="plan-label" for=id.clone()>
                                "Change what you want otherwise."
                            </label>
                            <textarea
                                class="text-area plan-design"
                                id=id
                                rows="12"
                                prop:value=move || text.get()
                                on:input:target=move |event| text.set(event.target().value())
                            ></textarea>
                        </div>
                    }
                })
                .collect_view()}
            <div class="plan-actions">
                <Button
                    small=true
                    variant=ButtonVariant::Primary
                    on_press=Callback::new(move |()| designs.build())
                >
                    {if several { "Build this one" } else { "Build this" }}
                </Button>
                <Button
                    small=true
                    on_press=Callback::new(move |()| planning.propose_again(MAX_PROPOSALS))
                >
                    "Other designs"
                </Button>
                <Button
                    small=true
                    variant=ButtonVariant::Ghost
                    on_press=Callback::new(move |()| planning.cancel())
                >
                    "Cancel"
                </Button>
            </div>
        </section>
    }
}
