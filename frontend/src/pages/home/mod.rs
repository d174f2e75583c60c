//! The home page: describe an app, go on with one, or begin with a template.

mod prompt_box;
mod provider_line;
mod recent_apps;
mod template_gallery;
mod when;

use leptos::html;
use leptos::prelude::*;

use self::prompt_box::PromptBox;
use self::provider_line::ProviderLine;
use self::recent_apps::RecentApps;
use self::template_gallery::TemplateGallery;
use super::top_bar::TopBar;
use crate::state::apps::{AppList, Apps};
use crate::state::draft::Draft;

/// The page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let apps = Apps::expect();
    let draft = Draft::expect();
    let prompt_ref = NodeRef::<html::Textarea>::new();
    // Set when somebody sends a prompt that no model can take yet.
    let nudged = RwSignal::new(false);
    let use_prompt = Callback::new(move |prompt: String| {
        draft.set(prompt);
        if let Some(area) = prompt_ref.get_untracked() {
            // An area that can't take the focus still shows the text.
            let _ = area.focus();
        }
    });
    let has_apps = Memo::new(move |_| match apps.list().get() {
        AppList::Ready(list) => !list.is_empty(),
        AppList::Loading | AppList::Failed(_) => true,
    });
    view! {
        <TopBar title="Cumulet"/>
        <main class="home" id="main">
            <section class="home-ask" aria-labelledby="ask-title">
                <h1 id="ask-title">"What do you want to build?"</h1>
                <PromptBox node_ref=prompt_ref on_refused=move || nudged.set(true)/>
                <ProviderLine nudged=nudged/>
            </section>
            <div class="home-lists" class:apps-first=move || has_apps.get()>
                <RecentApps/>
                <TemplateGallery on_use_prompt=use_prompt/>
            </div>
        </main>
    }
}
