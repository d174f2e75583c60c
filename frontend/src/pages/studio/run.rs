//! An app alone in a tab, as it is kept: the bar that says whose work it is, and
//! the same frame as in the studio.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::bundle::Severity;

use super::NotOpen;
use super::device::Device;
use super::layout::Layout;
use super::preview::{Placeholder, StateNotice};
use super::request_dialog::RequestDialog;
use super::stage::Stage;
use crate::components::button::IconButton;
use crate::components::icon::Glyph;
use crate::components::notice::{Notice, NoticeKind};
use crate::platform::dom;
use crate::routes;
use crate::state::preview::Preview;
use crate::state::problems::Problems;
use crate::state::project::{Phase, Project};

/// The page at `/apps/{id}/run`.
#[component]
pub(crate) fn RunPage() -> impl IntoView {
    let project = Project::expect();
    let preview = Preview::expect();
    provide_context(Layout::new());
    provide_context(Device::whole());
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    Effect::new(move |_| project.run(&id.get()));
    on_cleanup(move || project.leave());
    let name = project.name();
    Effect::new(move |_| dom::set_title(&name.get()));
    view! {
        <div class="run-page">
            <header class="preview-bar">
                <span
                    class="preview-title"
                    title="This app was generated. Never enter passwords into it."
                >
                    "Generated app"
                </span>
                <h1 class="run-name">{move || name.get()}</h1>
                <IconButton
                    glyph=Glyph::Reload
                    label="Reload app"
                    small=true
                    on_press=Callback::new(move |()| preview.reload())
                />
                // A document of its own: this one sends nothing of the app to the server.
                <a class="run-back" rel="external" href=move || routes::studio(&id.get())>
                    "Open in the studio"
                </a>
            </header>
            {move || match project.phase().get() {
                Phase::Open => view! {
                    <main class="preview-stage" aria-label="Preview">
                        <Stage/>
                        <Placeholder alone=true/>
                        <StateNotice alone=true/>
                        <Errors/>
                        <RequestDialog/>
                    </main>
                }
                .into_any(),
                phase => view! { <NotOpen phase=phase/> }.into_any(),
            }}
        </div>
    }
}

/// The first thing that is wrong; the studio has them all, and what repairs them.
#[component]
fn Errors() -> impl IntoView {
    let problems = Problems::expect();
    let first = Memo::new(move |_| {
        let refused = problems.diagnostics().with(|list| {
            list.iter()
                .find(|diagnostic| diagnostic.severity == Severity::Error)
                .map(|diagnostic| {
                    let detail = format!("{}: {}", diagnostic.file, diagnostic.message);
                    ("The app can't be built.", detail)
                })
        });
        refused.or_else(|| {
            problems.faults().with(|list| {
                let fault = list.first()?;
                Some(("The app threw an error.", fault.message.clone()))
            })
        })
    });
    view! {
        {move || first.get().map(|(title, detail)| view! {
            <div class="preview-notices end">
                <Notice kind=NoticeKind::Danger title=title detail=detail/>
            </div>
        })}
    }
}
