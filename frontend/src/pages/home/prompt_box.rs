//! The box that an app begins in, and suggestions that fill it.

use leptos::html;
use leptos::prelude::*;
use protocol::app::Files;
use protocol::generate::GenerateRequest;
use protocol::limits::MAX_PROMPT_BYTES;

use crate::components::button::{ButtonVariant, IconButton};
use crate::components::icon::Glyph;
use crate::components::text_area::TextArea;
use crate::pages::attachments::{AttachButton, Attachments, PictureDrop};
use crate::pages::expected::ExpectedLine;
use crate::state::apps::Apps;
use crate::state::chat::Ask;
use crate::state::draft::Draft;
use crate::state::provider::{ProviderState, ProviderStatus};

/// Short name and whole prompt.
const SUGGESTIONS: [(&str, &str); 5] = [
    (
        "Trip planner",
        "A trip planner: days side by side, drag activities between them, costs per day and in total, and a packing list.",
    ),
    (
        "Workout log",
        "A workout log: exercises with sets, weights and repetitions, a rest timer, personal records, and a chart of each exercise over time.",
    ),
    (
        "Reading list",
        "A reading list with covers drawn from the title, status, ratings and notes, sorting and filters, and pages read per week as a chart.",
    ),
    (
        "Small CRM",
        "A small CRM: contacts and companies, deals in stages on a board, notes and next steps, search, and the value of the pipeline at the top.",
    ),
    (
        "Meal planner",
        "A meal planner for the week: drag recipes to days, scale servings, and get a shopping list grouped by shelf that can be ticked off.",
    ),
];

/// The box.
#[component]
pub(super) fn PromptBox(
    /// Gives access to the text area.
    node_ref: NodeRef<html::Textarea>,
    /// Called when a prompt is sent that no model can take now; the text stays.
    #[prop(into)]
    on_refused: Callback<()>,
) -> impl IntoView {
    let apps = Apps::expect();
    let draft = Draft::expect();
    let provider = ProviderState::expect();
    let text = draft.text();
    let attached = draft.attached();
    let too_long = Memo::new(move |_| text.with(String::len) > MAX_PROMPT_BYTES);
    let blocked = Memo::new(move |_| {
        text.with(|text| text.trim().is_empty()) || too_long.get() || apps.busy().get()
    });
    let send = move || {
        if blocked.get_untracked() {
            return;
        }
        match provider.status().get_untracked() {
            ProviderStatus::NotConfigured | ProviderStatus::Unreachable(_) => on_refused.run(()),
            ProviderStatus::Ready(_) | ProviderStatus::Unknown | ProviderStatus::Checking => {
                apps.create_from_prompt(&text.get_untracked(), attached.urls());
                draft.clear();
            }
        }
    };
    let focus = move || {
        if let Some(area) = node_ref.get_untracked() {
            // An area that can't take the focus still shows the text.
            let _ = area.focus();
        }
    };
    view! {
        <form
            class="prompt-box"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <PictureDrop attached=attached>
                <Attachments attached=attached/>
                <TextArea
                    id="prompt"
                    label="What do you want to build?"
                    placeholder="A reading list with covers, ratings and notes, sorted by mood…"
                    rows=3
                    node_ref=node_ref
                    value=text
                    on_input=move |text: String| draft.set(text)
                    on_submit=send
                />
                <div class="prompt-foot">
                    <AttachButton attached=attached/>
                    <p class="prompt-hint">
                        {move || {
                            if too_long.get() {
                                view! {
                                    <span class="problem" role="alert">
                                        "Too long for one prompt. Shorten it, and add the rest in the conversation."
                                    </span>
                                }
                                    .into_any()
                            } else {
                                view! {
                                    <kbd>"Enter"</kbd>
                                    " to build, "
                                    <kbd>"Shift Enter"</kbd>
                                    " for a new line"
                                }
                                    .into_any()
                            }
                        }}
                    </p>
                    <IconButton
                        glyph=Glyph::Send
                        label="Build"
                        variant=ButtonVariant::Primary
                        submit=true
                        disabled=blocked
                    />
                </div>
            </PictureDrop>
            <ExpectedLine
                written=Signal::derive(move || text.with(|text| !text.trim().is_empty()))
                request=Callback::new(move |()| new_app(attached.counted(text.get_untracked())))
                changes=Signal::derive(move || {
                    text.track();
                    attached.track();
                })
            />
        </form>
        <ul class="suggestions" aria-label="Suggestions">
            {SUGGESTIONS
                .into_iter()
                .map(|(name, prompt)| {
                    view! {
                        <li>
                            <button
                                class="suggestion"
                                type="button"
                                title=prompt
                                on:click=move |_| {
                                    draft.set(prompt.to_owned());
                                    focus();
                                }
                            >
                                {name}
                            </button>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// The first request of an app, for counting it.
fn new_app(ask: Ask) -> GenerateRequest {
    GenerateRequest {
        prompt: ask.prompt.trim().to_owned(),
        files: Files::new(),
        history: Vec::new(),
        problems: ask.problems,
        context: ask.context,
        images: ask.images,
        provider: None,
        model: None,
        fresh: false,
    }
}
