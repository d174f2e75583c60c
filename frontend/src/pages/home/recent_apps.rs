//! The person's apps, last changed first.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos_router::components::A;
use protocol::app::AppSummary;
use protocol::template::TemplateSummary;

use super::when::describe_age;
use crate::components::button::{Button, ButtonVariant};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::components::menu::{Menu, MenuItem};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::skeleton::Skeleton;
use crate::platform::clock::now_ms;
use crate::routes;
use crate::state::apps::{AppList, Apps};
use crate::state::navigator::Navigator;
use crate::state::offline::{Offline, Readiness};
use crate::state::templates::{TemplateList, Templates};

/// How many are shown before "Show all".
const FIRST: usize = 6;

/// The section.
#[component]
pub(super) fn RecentApps() -> impl IntoView {
    let apps = Apps::expect();
    view! {
        <section class="home-section recent" aria-labelledby="recent-title">
            <h2 id="recent-title">"Your apps"</h2>
            {move || match apps.list().get() {
                AppList::Loading => view! { <Skeleton label="Your apps are loading"/> }.into_any(),
                AppList::Failed(sentence) => {
                    view! {
                        <Notice kind=NoticeKind::Danger title=sentence.what detail=sentence.next>
                            <Button
                                small=true
                                glyph=Glyph::Reload
                                on_press=move || apps.reload()
                            >
                                "Try again"
                            </Button>
                        </Notice>
                    }
                        .into_any()
                }
                AppList::Ready(list) if list.is_empty() => {
                    view! {
                        <EmptyState
                            glyph=Glyph::Folder
                            title="No apps yet"
                            detail="What you build is kept here, in this browser and on your server."
                        >
                            <Button busy=apps.busy() on_press=move || apps.create_blank()>
                                "Start with a blank app"
                            </Button>
                        </EmptyState>
                    }
                        .into_any()
                }
                AppList::Ready(list) => view! { <Rows list=list/> }.into_any(),
            }}
        </section>
    }
}

/// The rows.
#[component]
fn Rows(list: Vec<AppSummary>) -> impl IntoView {
    let templates = Templates::expect().list();
    let all = RwSignal::new(false);
    let total = list.len();
    let known = Memo::new(move |_| {
        templates.with(|list| match list {
            TemplateList::Ready(list) => list
                .iter()
                .map(|template| (template.id.clone(), template.clone()))
                .collect(),
            TemplateList::Loading | TemplateList::Failed(_) => {
                HashMap::<String, TemplateSummary>::new()
            }
        })
    });
    view! {
        <ul class="app-list">
            {move || {
                let shown = if all.get() { total } else { FIRST };
                list.iter()
                    .take(shown)
                    .map(|summary| {
                        let template = summary
                            .template
                            .as_ref()
                            .and_then(|id| known.with(|known| known.get(id).cloned()));
                        view! { <Row summary=summary.clone() template=template/> }
                    })
                    .collect_view()
            }}
        </ul>
        <Show when=move || (total > FIRST) && !all.get()>
            <Button variant=ButtonVariant::Ghost on_press=move || all.set(true)>
                {format!("Show all {total}")}
            </Button>
        </Show>
    }
}

/// One app.
#[component]
fn Row(summary: AppSummary, template: Option<TemplateSummary>) -> impl IntoView {
    let apps = Apps::expect();
    let navigator = Navigator::expect();
    let address = routes::studio(&summary.id);
    let letter = summary
        .name
        .chars()
        .find(|letter| letter.is_alphanumeric())
        .map_or_else(|| "·".to_owned(), |letter| letter.to_uppercase().collect());
    let accent = template.as_ref().map(|template| template.accent.clone());
    let age = describe_age(now_ms(), summary.updated_ms);
    let detail = match &template {
        Some(template) => format!("From {}", template.name),
        None => "Your own".to_owned(),
    };
    let (offline, id) = (Offline::expect(), summary.id.clone());
    let readiness = move || match offline.readiness(&id) {
        Readiness::NoStudio => "",
        Readiness::Incomplete => "Not yet offline",
        Readiness::Ready => "Ready offline",
    };
    let items = {
        let (open, copied, gone) = (address.clone(), summary.id.clone(), summary.id.clone());
        vec![
            MenuItem {
                label: "Open".to_owned(),
                glyph: Glyph::ArrowRight,
                danger: false,
                on_choose: Callback::new(move |()| navigator.go(&open)),
            },
            MenuItem {
                label: "Duplicate".to_owned(),
                glyph: Glyph::Copy,
                danger: false,
                on_choose: Callback::new(move |()| apps.duplicate(&copied)),
            },
            MenuItem {
                label: "Delete".to_owned(),
                glyph: Glyph::Trash,
                danger: true,
                on_choose: Callback::new(move |()| apps.delete(&gone)),
            },
        ]
    };
    let menu_label = format!("Actions for {}", summary.name);
    view! {
        <li class="app-row">
            <A href=address attr:class="row-link">
                <span class="row-tile" style:--tile=accent aria-hidden="true">
                    {letter}
                </span>
                <span class="row-name">{summary.name}</span>
                <span class="row-detail">{detail}</span>
                <span class="row-offline">{readiness}</span>
                <span class="row-age">{age}</span>
            </A>
            <Menu label=menu_label items=items/>
        </li>
    }
}
