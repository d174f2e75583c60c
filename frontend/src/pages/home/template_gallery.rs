//! Starter apps with a picture of each, running.

use leptos::prelude::*;
use protocol::template::TemplateSummary;

use crate::components::button::{Button, IconButton};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::components::notice::{Notice, NoticeKind};
use crate::state::apps::Apps;
use crate::state::templates::{TemplateList, Templates};

/// The section.
#[component]
pub(super) fn TemplateGallery(
    /// Called with the prompt of a template, to begin from it.
    on_use_prompt: Callback<String>,
) -> impl IntoView {
    let apps = Apps::expect();
    let templates = Templates::expect();
    let list = templates.list();
    view! {
        <section class="home-section gallery" id="templates" aria-labelledby="templates-title">
            <div class="section-head">
                <h2 id="templates-title">"Start from a template"</h2>
                <Button small=true glyph=Glyph::Code busy=apps.busy() on_press=move || apps.create_blank()>
                    "Write code"
                </Button>
            </div>
            {move || match list.get() {
                TemplateList::Loading => {
                    view! {
                        <ul class="template-grid" aria-busy="true" aria-label="Templates are loading">
                            {(0..3)
                                .map(|_| view! { <li class="template waiting"><span class="thumb"></span></li> })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }
                TemplateList::Failed(sentence) => {
                    view! {
                        <Notice kind=NoticeKind::Warning title=sentence.what detail=sentence.next>
                            <Button small=true glyph=Glyph::Reload on_press=move || templates.reload()>
                                "Try again"
                            </Button>
                        </Notice>
                    }
                        .into_any()
                }
                TemplateList::Ready(list) if list.is_empty() => {
                    view! {
                        <EmptyState
                            glyph=Glyph::File
                            title="This server offers no templates"
                            detail="A blank app works as well: it has one page, and the editor beside it."
                        >
                            <Button busy=apps.busy() on_press=move || apps.create_blank()>
                                "Start with a blank app"
                            </Button>
                        </EmptyState>
                    }
                        .into_any()
                }
                TemplateList::Ready(list) => {
                    view! {
                        <ul class="template-grid">
                            {list
                                .into_iter()
                                .map(|template| {
                                    view! { <Card template=template on_use_prompt=on_use_prompt/> }
                                })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// One template.
#[component]
fn Card(template: TemplateSummary, on_use_prompt: Callback<String>) -> impl IntoView {
    let apps = Apps::expect();
    let TemplateSummary {
        id,
        name,
        description,
        prompt,
        accent,
    } = template;
    let picture = format!("/templates/{id}.webp");
    // Until the picture has come, and when there is none, the accent draws one.
    let drawn = RwSignal::new(true);
    let failed = RwSignal::new(false);
    view! {
        <li class="template" style:--tile=accent>
            <button
                class="template-open"
                type="button"
                on:click=move |_| apps.create_from_template(&id)
            >
                <span class="thumb" class:drawn=move || drawn.get() aria-hidden="true">
                    <Sketch/>
                    {move || {
                        (!failed.get())
                            .then(|| {
                                view! {
                                    <img
                                        src=picture.clone()
                                        alt=""
                                        width="640"
                                        height="400"
                                        loading="lazy"
                                        decoding="async"
                                        on:load=move |_| drawn.set(false)
                                        on:error=move |_| failed.set(true)
                                    />
                                }
                            })
                    }}
                </span>
                <span class="template-name">{name.clone()}</span>
                <span class="template-description">{description}</span>
            </button>
            <IconButton
                glyph=Glyph::Pencil
                label=format!("Use the prompt of {name}")
                small=true
                on_press=move || on_use_prompt.run(prompt.clone())
            />
        </li>
    }
}

/// A small app drawn in the template's accent.
#[component]
fn Sketch() -> impl IntoView {
    view! {
        <svg class="sketch" viewBox="0 0 64 40" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <rect class="sketch-paper" width="64" height="40"></rect>
            <rect class="sketch-line" x="5" y="5.5" width="13" height="2" rx="1"></rect>
            <rect class="sketch-accent" x="50" y="4.5" width="9" height="4" rx="1.2"></rect>
            <rect class="sketch-panel" x="5" y="12" width="17" height="9" rx="1.5"></rect>
            <rect class="sketch-panel" x="23.5" y="12" width="17" height="9" rx="1.5"></rect>
            <rect class="sketch-panel" x="42" y="12" width="17" height="9" rx="1.5"></rect>
            <rect class="sketch-soft" x="5" y="23.5" width="54" height="20" rx="1.5"></rect>
            <path
                class="sketch-curve"
                d="M8 37c4-1 5-4 9-4s5 2 9 0 5-5 9-5 6 3 9 1 6-4 11-4"
            ></path>
        </svg>
    }
}
