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
                    "Blank app"
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
            <path class="sketch-paper" d="M0 0h64v40H0z"></path>
            <path class="sketch-line" d="M6 6h12v2H6z"></path>
            <path class="sketch-accent" d="M50 5h8v4h-8z"></path>
            <path class="sketch-panel" d="M6 13h16v9H6zM24 13h16v9H24zM42 13h16v9H42z"></path>
            <path class="sketch-soft" d="M6 25h52v15H6z"></path>
            <path class="sketch-accent" d="M10 36h4v4h-4zM17 33h4v7h-4zM24 35h4v5h-4zM31 30h4v10h-4zM38 32h4v8h-4zM45 28h4v12h-4z"></path>
            <path class="sketch-line" d="M8 15h6v1.5H8zM26 15h6v1.5h-6zM44 15h6v1.5h-6z"></path>
        </svg>
    }
}
