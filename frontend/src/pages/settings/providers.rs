//! The providers in the order in which they are asked, and the form of one of them.

use leptos::prelude::*;
use leptos_router::components::A;
use protocol::provider::ProviderSettings;
use wasm_bindgen::JsCast;

use super::cure::cure;
use super::form::ProviderForm;
use super::source::Source;
use super::switch::Switch;
use super::words::standing_words;
use crate::components::button::{Button, IconButton};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Glyph;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::skeleton::Skeleton;
use crate::components::status_pill::{PillKind, StatusPill};
use crate::message::plain;
use crate::platform::dom;
use crate::routes;
use crate::state::provider::{ProviderState, Standing};

/// Id of what is around the button that adds a provider.
const ADD: &str = "add-provider";

/// What the form shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Closed,
    Add,
    Edit(String),
}

/// The list, or what there is in its place.
#[component]
pub(super) fn Providers() -> impl IntoView {
    let provider = ProviderState::expect();
    let settings = provider.settings();
    let form = RwSignal::new(Form::Closed);
    let frozen = provider.frozen();
    let is_known = Memo::new(move |_| settings.with(Option::is_some));
    let listed = Memo::new(move |_| in_order(provider));
    let is_empty = Memo::new(move |_| listed.with(Vec::is_empty));
    let add = move || form.set(Form::Add);
    let close_new = Callback::new(move |saved| close(form, saved));
    view! {
        <div class="settings-body">
            <Source/>
            <Trouble frozen=frozen/>
            <Show when=move || !is_known.get() && provider.checking().get()>
                <Skeleton lines=3 label="Reading the settings"/>
            </Show>
            <Show when=move || {
                is_known.get() && is_empty.get() && form.get() == Form::Closed
            }>
                <div class="provider-list" id=ADD>
                    <EmptyState
                        glyph=Glyph::Model
                        title="No language model is set up yet"
                        detail="Add one that runs on this machine, such as Ollama, or one elsewhere whose key you have."
                    >
                        <Button glyph=Glyph::Plus disabled=frozen on_press=add>
                            "Add a provider"
                        </Button>
                    </EmptyState>
                </div>
            </Show>
            <Show when=move || {
                is_known.get() && (!is_empty.get() || form.get() == Form::Add)
            }>
                <ol class="provider-list" aria-label="Providers, in the order in which they are asked">
                    <For
                        each=move || listed.get()
                        key=|listed| listed.id.clone()
                        children=move |listed| view! { <Row listed=listed form=form frozen=frozen/> }
                    />
                    <Show when=move || form.get() == Form::Add>
                        <li class="provider">
                            <ProviderForm
                                stored=None
                                frozen=frozen
                                on_close=close_new
                            />
                        </li>
                    </Show>
                </ol>
                <div class="settings-actions">
                    <Show when=move || form.get() != Form::Add>
                        <div id=ADD>
                            <Button glyph=Glyph::Plus disabled=frozen on_press=add>
                                "Add a provider"
                            </Button>
                        </div>
                    </Show>
                    <A href=routes::HEALTH attr:class="button secondary">
                        "Health and last requests"
                    </A>
                </div>
            </Show>
        </div>
    }
}

/// Why settings can't be changed, or what is known of the providers is old.
#[component]
pub(super) fn Trouble(frozen: Signal<bool>) -> impl IntoView {
    let provider = ProviderState::expect();
    move || {
        if frozen.get() {
            return Some(
                view! {
                    <Notice
                        kind=NoticeKind::Warning
                        title="The Cumulet server can't be reached"
                        detail="It keeps these settings, so they can be changed once it runs again."
                    />
                }
                .into_any(),
            );
        }
        let sentence = provider.trouble().get()?;
        Some(
            view! {
                <Notice
                    kind=NoticeKind::Danger
                    title=plain(&sentence.what)
                    detail=sentence.next.as_deref().map(plain)
                >
                    <Button
                        small=true
                        glyph=Glyph::Reload
                        busy=provider.checking()
                        on_press=move || provider.check()
                    >
                        "Try again"
                    </Button>
                </Notice>
            }
            .into_any(),
        )
    }
}

/// One provider, and its form while it is edited.
#[component]
fn Row(listed: ProviderSettings, form: RwSignal<Form>, frozen: Signal<bool>) -> impl IntoView {
    let provider = ProviderState::expect();
    let id = StoredValue::new(listed.id.clone());
    let shown = follow(provider, listed);
    let name = Signal::derive(move || shown.with(|shown| shown.name.clone()));
    let standing = Memo::new(move |_| shown.with(|shown| provider.standing(shown)));
    let busy = Memo::new(move |_| {
        let looks = provider.checking().get() && standing.get() == Standing::Unknown;
        looks || id.with_value(|id| provider.is_examined(id))
    });
    let pill = Memo::new(move |_| match standing.get() {
        _ if busy.get() => (PillKind::Busy, "Testing…".to_owned()),
        standing => standing_words(&standing, true),
    });
    let trouble = Memo::new(move |_| standing.with(|standing| standing.trouble().cloned()));
    let is_edited = Memo::new(move |_| form.with(|form| *form == Form::Edit(id.get_value())));
    view! {
        <li class="provider">
            <div class="provider-head">
                <h3>{name}</h3>
                <StatusPill
                    kind=Signal::derive(move || pill.get().0)
                    text=Signal::derive(move || pill.get().1)
                />
                <div class="provider-actions" id=edit_id(&id.get_value())>
                    <IconButton
                        glyph=Glyph::Pencil
                        label=Signal::derive(move || format!("Edit {}", name.get()))
                        small=true
                        disabled=frozen
                        on_press=move || form.set(Form::Edit(id.get_value()))
                    />
                    <IconButton
                        glyph=Glyph::Reload
                        label=Signal::derive(move || format!("Test {}", name.get()))
                        small=true
                        disabled=Signal::derive(move || frozen.get() || busy.get())
                        on_press=move || id.with_value(|id| provider.examine(id))
                    />
                    // What the environment says would be back at once.
                    <Show when=move || shown.with(|shown| !shown.from_environment)>
                        <IconButton
                            glyph=Glyph::Trash
                            label=Signal::derive(move || format!("Remove {}", name.get()))
                            small=true
                            disabled=frozen
                            on_press=move || {
                                id.with_value(|id| provider.remove(id));
                                focus_button(ADD);
                            }
                        />
                    </Show>
                </div>
                <Switch
                    label=Signal::derive(move || format!("Use {}", name.get()))
                    label_hidden=true
                    on=Signal::derive(move || shown.with(|shown| shown.enabled))
                    disabled=frozen
                    on_change=move |enabled: bool| {
                        shown.with_untracked(|shown| provider.set_enabled(shown, enabled));
                    }
                />
            </div>
            <Show
                when=move || is_edited.get()
                fallback=move || view! { <Facts shown=shown/> }
            >
                <ProviderForm
                    stored=Some(shown.get_untracked())
                    frozen=frozen
                    on_close=Callback::new(move |saved: Option<String>| {
                        close(form, saved.or(Some(id.get_value())));
                    })
                />
            </Show>
            <div aria-live="polite">
                {move || {
                    trouble.get()
                        .filter(|_| !is_edited.get())
                        .map(|sentence| cure(&sentence.line()))
                }}
            </div>
        </li>
    }
}

/// Models, address and where the settings come from.
#[component]
fn Facts(shown: Memo<ProviderSettings>) -> impl IntoView {
    move || {
        let provider = shown.get();
        let small = Some(provider.small_model).filter(|small| !small.is_empty());
        let model = Some(provider.model).filter(|model| !model.is_empty());
        view! {
            {model
                .map(|model| {
                    view! {
                        <p class="provider-model-name">
                            <code>{model}</code>
                            {small
                                .map(|small| {
                                    view! { <span>"small tasks: "<code>{small}</code></span> }
                                })}
                        </p>
                    }
                })}
            <p class="provider-address">
                <code>{provider.base_url}</code>
                {provider
                    .from_environment
                    .then(|| view! { <span>"from the server's environment"</span> })}
                {provider.has_key.then(|| view! { <span>"with a key"</span> })}
            </p>
        }
    }
}

/// The providers in the order in which they are asked.
fn in_order(provider: ProviderState) -> Vec<ProviderSettings> {
    let settings = provider.settings().get().unwrap_or_default();
    let mut providers = settings.providers;
    providers.sort_by_key(|provider| Some(&provider.id) != settings.preferred.as_ref());
    providers
}

/// A provider as it is now; as it last was, while its row goes away.
fn follow(provider: ProviderState, listed: ProviderSettings) -> Memo<ProviderSettings> {
    Memo::new(move |before: Option<&ProviderSettings>| {
        let now = provider.settings().with(|settings| {
            let mut providers = settings.iter().flat_map(|settings| &settings.providers);
            providers.find(|provider| provider.id == listed.id).cloned()
        });
        now.unwrap_or_else(|| before.unwrap_or(&listed).clone())
    })
}

/// Closes the form; the focus goes to where it came from, or to what was saved.
fn close(form: RwSignal<Form>, id: Option<String>) {
    form.set(Form::Closed);
    focus_button(&id.map_or_else(|| ADD.to_owned(), |id| edit_id(&id)));
}

/// Id of what is around the buttons of a provider, the first of which edits it.
fn edit_id(id: &str) -> String {
    format!("provider-{id}")
}

/// Gives the focus to the first button in an element, once the page is drawn.
fn focus_button(inside: &str) {
    let inside = inside.to_owned();
    request_animation_frame(move || {
        let button = dom::by_id(&inside)
            .and_then(|element| element.query_selector("button").ok().flatten())
            .and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(button) = button {
            // A button that can't take the focus leaves it where it is.
            let _ = button.focus();
        }
    });
}
