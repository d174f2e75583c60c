//! When no model can be asked: why, and three ways on.

use leptos::prelude::*;

use super::layout::{Layout, Pane};
use crate::components::button::{Button, ButtonVariant};
use crate::components::icon::Glyph;
use crate::components::notice::{Notice, NoticeKind};
use crate::message::plain;
use crate::routes;
use crate::state::navigator::Navigator;
use crate::state::project::Project;
use crate::state::provider::{ProviderState, ProviderStatus};

/// The notice; nothing while a model answers.
#[component]
pub(super) fn ModelNotice() -> impl IntoView {
    let provider = ProviderState::expect();
    let navigator = Navigator::expect();
    let layout = Layout::expect();
    let project = Project::expect();
    let status = provider.status();
    let words = Memo::new(move |_| match status.get() {
        ProviderStatus::NotConfigured => Some((
            "No language model is set up.".to_owned(),
            "Connect Ollama or any provider, or go on without one.".to_owned(),
        )),
        ProviderStatus::Unreachable(sentence) => Some((
            plain(&sentence.what),
            plain(&sentence.next.unwrap_or_default()),
        )),
        _ => None,
    });
    view! {
        <Show when=move || words.with(Option::is_some)>
            <div class="model-notice">
                <Notice
                    kind=NoticeKind::Warning
                    title=Signal::derive(move || words.get().unwrap_or_default().0)
                    detail=Signal::derive(move || words.get().unwrap_or_default().1)
                >
                    <Button
                        small=true
                        variant=ButtonVariant::Primary
                        on_press=Callback::new(move |()| navigator.go(routes::SETTINGS))
                    >
                        "Set up a provider"
                    </Button>
                    <Button
                        small=true
                        on_press=Callback::new(move |()| navigator.go(routes::HOME))
                    >
                        "Start from a template"
                    </Button>
                    <Button
                        small=true
                        glyph=Glyph::Code
                        on_press=Callback::new(move |()| {
                            project.ensure_main();
                            layout.show(Pane::Code);
                        })
                    >
                        "Write code"
                    </Button>
                </Notice>
            </div>
        </Show>
    }
}
