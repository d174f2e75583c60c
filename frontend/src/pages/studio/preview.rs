//! The running app with its permanent bar.

use leptos::prelude::*;

use super::device::Device;
use super::layout::{DockPanel, Layout};
use super::overlay::ErrorOverlay;
use super::preview_bar::PreviewBar;
use super::request_dialog::RequestDialog;
use super::stage::Stage;
use crate::components::button::{Button, ButtonVariant};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::components::notice::{Notice, NoticeKind};
use crate::state::attached::{About, Attached, Note};
use crate::state::build::{Build, BuildStatus};
use crate::state::chat::Chat;
use crate::state::compiler::{Compiler, CompilerStatus};
use crate::state::console::Place;
use crate::state::preview::{Preview, PreviewStatus};
use crate::state::project::Project;
use crate::state::toasts::Toasts;

/// The panel.
#[component]
pub(super) fn PreviewPanel() -> impl IntoView {
    provide_context(Device::new());
    follow_picks();
    view! {
        <section class="preview-panel" aria-label="Preview" id="studio-pane-preview">
            <PreviewBar/>
            <div class="preview-stage">
                <Stage/>
                <Placeholder/>
                <StateNotice/>
                <ErrorOverlay/>
                <RequestDialog/>
            </div>
        </section>
    }
}

/// Shows where a picked element is written, in the first of the places that is in the project.
fn follow_picks() {
    let preview = Preview::expect();
    let project = Project::expect();
    let layout = Layout::expect();
    let toasts = Toasts::expect();
    let attached = Attached::expect();
    let picked = preview.picked();
    // Not at once: an earlier pick was followed then.
    Effect::watch(
        move || picked.get(),
        move |picked, _, _| {
            let Some(picked) = picked else { return };
            let place = picked
                .places
                .iter()
                .find(|place| project.text(&place.file).is_some());
            match place {
                Some(place) => {
                    attached.add_note(picked_note(&picked.components, place));
                    layout.go_to(place.clone());
                }
                None => toasts
                    .info("This element isn't written in the project's files. Pick one around it."),
            }
        },
        false,
    );
}

/// The picked element, for the next request.
fn picked_note(components: &[String], place: &Place) -> Note {
    let at = format!("{}:{}:{}", place.file, place.line, place.column);
    let name = components.first().map_or("Element", String::as_str);
    Note {
        about: About::Element,
        label: format!("{name}, {}:{}", place.file, place.line),
        text: format!(
            "The person points at the element that is written at {at}, in the components {}.",
            components.join(" < ")
        ),
    }
}

/// What stands in the app's place while there is none.
#[component]
pub(super) fn Placeholder(
    /// There is no studio around it.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let preview = Preview::expect();
    let project = Project::expect();
    let chat = Chat::expect();
    let build = Build::expect().status();
    let compiler = Compiler::expect();
    let status = preview.status();
    let state = Memo::new(move |_| match status.get() {
        PreviewStatus::Empty => match compiler.status().get() {
            CompilerStatus::Failed(sentence) => Some(Wait::Compiler(sentence.line())),
            _ if chat.streaming().get() => Some(Wait::Busy(
                "The app appears as soon as its first files fit together",
            )),
            CompilerStatus::Loading if build.get() == BuildStatus::Building => {
                Some(Wait::Busy("Loading the compiler"))
            }
            _ if build.get() == BuildStatus::Building => Some(Wait::Busy("Building")),
            _ if build.get() == BuildStatus::Empty => Some(Wait::Nothing),
            _ => None,
        },
        PreviewStatus::Starting => Some(Wait::Busy("Starting the app")),
        PreviewStatus::Fetching { loaded, total } => Some(Wait::Packages(loaded, total)),
        PreviewStatus::Stopped(None) => Some(Wait::Stopped),
        _ => None,
    });
    view! {
        {move || state.get().map(|state| match state {
            Wait::Busy(words) => view! {
                <div class="preview-wait" role="status"><p class="preview-wait-words">{words}</p></div>
            }
            .into_any(),
            Wait::Packages(loaded, total) => view! {
                <div class="preview-wait" role="status">
                    <p>{format!("Loading packages, {loaded} of {total}")}</p>
                    <progress aria-label="Packages loaded" max=total value=loaded></progress>
                </div>
            }
            .into_any(),
            Wait::Stopped => view! {
                <div class="preview-wait">
                    <EmptyState glyph=Glyph::Stop title="The app is stopped">
                        <Button
                            variant=ButtonVariant::Primary
                            glyph=Glyph::Play
                            on_press=Callback::new(move |()| preview.reload())
                        >
                            "Run it"
                        </Button>
                    </EmptyState>
                </div>
            }
            .into_any(),
            Wait::Nothing if alone => view! {
                <div class="preview-wait">
                    <EmptyState
                        glyph=Glyph::Eye
                        title="Nothing to show yet"
                        detail="Open it in the studio to describe it, or to write its first file."
                    />
                </div>
            }
            .into_any(),
            Wait::Nothing => view! {
                <div class="preview-wait">
                    <EmptyState
                        glyph=Glyph::Eye
                        title="Nothing to show yet"
                        detail="Describe the app in the conversation, or write its first file."
                    >
                        <Button on_press=Callback::new(move |()| project.ensure_main())>
                            "Write code"
                        </Button>
                    </EmptyState>
                </div>
            }
            .into_any(),
            Wait::Compiler(words) => view! {
                <div class="preview-wait">
                    <EmptyState glyph=Glyph::Error title=words>
                        <Button on_press=Callback::new(move |()| compiler.restart())>
                            "Try again"
                        </Button>
                    </EmptyState>
                </div>
            }
            .into_any(),
        })}
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Wait {
    Busy(&'static str),
    Packages(u32, u32),
    Stopped,
    Nothing,
    Compiler(String),
}

/// Above the app: it doesn't respond, shows nothing, was stopped, or couldn't start.
#[component]
pub(super) fn StateNotice(
    /// There is no studio around it.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let preview = Preview::expect();
    let status = preview.status();
    let build = Build::expect().status();
    let layout = Layout::expect();
    // A silent app tells the time once a second; the notice is built once.
    let shown = Memo::new(move |_| match (status.get(), build.get()) {
        (PreviewStatus::Silent(_), _) => State::Silent,
        (PreviewStatus::Blank(reason), _) => State::Blank(reason),
        (PreviewStatus::Stopped(Some(sentence)) | PreviewStatus::Failed(sentence), _) => {
            State::Ended(sentence.what, sentence.next.unwrap_or_default())
        }
        (_, BuildStatus::Lost(sentence)) => {
            State::Lost(sentence.what, sentence.next.unwrap_or_default())
        }
        _ => State::Fine,
    });
    let run = move || {
        view! {
            <Button
                small=true
                glyph=Glyph::Play
                on_press=Callback::new(move |()| preview.reload())
            >
                "Run again"
            </Button>
        }
    };
    view! {
        <div class="preview-notices">
            {move || match shown.get() {
                State::Fine => ().into_any(),
                State::Silent => view! {
                    <Notice
                        kind=NoticeKind::Warning
                        title="The app isn't responding."
                        detail="It may be in a long or endless loop."
                    >
                        <Button
                            small=true
                            variant=ButtonVariant::Primary
                            on_press=Callback::new(move |()| preview.stop())
                        >
                            "Stop"
                        </Button>
                        <Button small=true on_press=Callback::new(move |()| preview.wait())>
                            "Wait"
                        </Button>
                    </Notice>
                }
                .into_any(),
                State::Blank(reason) => view! {
                    <Notice
                        kind=NoticeKind::Warning
                        title="The app runs, but nothing is visible."
                        detail=reason
                    >
                        {(!alone).then(|| view! {
                            <Button
                                small=true
                                on_press=Callback::new(move |()| layout.toggle_dock(DockPanel::Console))
                            >
                                "Open the console"
                            </Button>
                        })}
                    </Notice>
                }
                .into_any(),
                State::Ended(title, detail) => view! {
                    <Notice kind=NoticeKind::Danger title=title detail=detail>{run()}</Notice>
                }
                .into_any(),
                State::Lost(title, detail) => view! {
                    <Notice kind=NoticeKind::Danger title=title detail=detail/>
                }
                .into_any(),
            }}
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Fine,
    Silent,
    Blank(String),
    Ended(String, String),
    Lost(String, String),
}
