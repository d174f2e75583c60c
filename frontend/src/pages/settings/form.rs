//! The form of one provider, new or known.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::provider::{ProviderKind, ProviderSettings, SaveProvider};

use super::connection::{Connection, ConnectionResult};
use super::cure::cure;
use super::model_field::ModelField;
use super::preset::{PRESETS, Preset, check_address, free_id, free_name, preset_by_id, preset_of};
use crate::address::origin;
use crate::components::button::{Button, ButtonVariant};
use crate::components::field::{Choice, Select, TextField};
use crate::components::notice::{Notice, NoticeKind};
use crate::message::{Sentence, plain};
use crate::platform::dom;
use crate::state::direct::Direct;
use crate::state::provider::ProviderState;
use crate::state::toasts::Toasts;

/// Id of the field for the model that writes code.
const MODEL: &str = "model";
/// Id of the field for the model that does small tasks.
const SMALL_MODEL: &str = "small-model";

/// What is entered. Nothing of it is stored before "Save".
#[derive(Clone, Copy)]
struct Entry {
    /// The provider that is edited; `None` for a new one.
    stored: StoredValue<Option<ProviderSettings>>,
    preset: RwSignal<&'static str>,
    name: RwSignal<String>,
    address: RwSignal<String>,
    key: RwSignal<String>,
    /// The stored key is to be removed.
    forget_key: RwSignal<bool>,
    model: RwSignal<String>,
    small_model: RwSignal<String>,
    /// The form was sent or tested, so its mistakes may be shown.
    checked: RwSignal<bool>,
    connection: RwSignal<Connection>,
    /// Rises with every test and every change, so that a late answer is dropped.
    attempt: StoredValue<u64>,
    provider: ProviderState,
}

impl Entry {
    fn new(stored: Option<ProviderSettings>) -> Self {
        let provider = ProviderState::expect();
        let [first, ..] = PRESETS;
        let preset = stored
            .as_ref()
            .map_or(first, |stored| preset_of(stored.kind, &stored.base_url));
        let text = |of: fn(&ProviderSettings) -> &String| {
            RwSignal::new(
                stored
                    .as_ref()
                    .map_or_else(String::new, |it| of(it).clone()),
            )
        };
        let entry = Self {
            preset: RwSignal::new(preset.id),
            name: text(|stored| &stored.name),
            address: text(|stored| &stored.base_url),
            key: RwSignal::new(String::new()),
            forget_key: RwSignal::new(false),
            model: text(|stored| &stored.model),
            small_model: text(|stored| &stored.small_model),
            checked: RwSignal::new(false),
            connection: RwSignal::new(Connection::Untested),
            attempt: StoredValue::new(0),
            stored: StoredValue::new(stored),
            provider,
        };
        if entry.stored.with_value(Option::is_none) {
            entry.choose_preset(preset.id);
        }
        entry
    }

    fn preset(self) -> Preset {
        preset_by_id(self.preset.get())
    }

    fn choose_preset(self, id: &str) {
        let preset = preset_by_id(id);
        self.preset.set(preset.id);
        self.name.set(free_name(&preset, &self.others()));
        self.address.set(preset.base_url.to_owned());
        self.model.set(String::new());
        self.small_model.set(String::new());
        self.checked.set(false);
        self.outdate();
    }

    /// Providers that there are.
    fn others(self) -> Vec<ProviderSettings> {
        let settings = self.provider.settings().get_untracked();
        settings.unwrap_or_default().providers
    }

    /// Drops the result of a test, and one that is under way.
    fn outdate(self) {
        self.attempt.update_value(|attempt| *attempt += 1);
        self.connection.set(Connection::Untested);
    }

    fn id(self) -> String {
        let known = self
            .stored
            .with_value(|stored| stored.as_ref().map(|stored| stored.id.clone()));
        known.unwrap_or_else(|| {
            let preset = preset_by_id(self.preset.get_untracked());
            free_id(&preset, &self.name.get_untracked(), &self.others())
        })
    }

    fn kind(self) -> ProviderKind {
        self.stored
            .with_value(|stored| stored.as_ref().map(|stored| stored.kind))
            .unwrap_or_else(|| self.preset().kind)
    }

    /// Whether the key that the server holds stays.
    fn keeps_key(self) -> bool {
        let address = self.address.get();
        !self.forget_key.get()
            && self.stored.with_value(|stored| {
                stored
                    .as_ref()
                    .is_some_and(|it| it.has_key && origin(&it.base_url) == origin(&address))
            })
    }

    fn body(self) -> SaveProvider {
        let text = |signal: RwSignal<String>| signal.with_untracked(|text| text.trim().to_owned());
        let key = text(self.key);
        SaveProvider {
            name: text(self.name),
            kind: untrack(|| self.kind()),
            base_url: text(self.address),
            model: text(self.model),
            small_model: text(self.small_model),
            enabled: self
                .stored
                .with_value(|stored| stored.as_ref().is_none_or(|stored| stored.enabled)),
            api_key: match (key.is_empty(), self.forget_key.get_untracked()) {
                (false, _) => Some(key),
                (true, true) => Some(String::new()),
                (true, false) => None,
            },
        }
    }

    /// What is wrong with the name.
    fn name_error(self) -> Option<&'static str> {
        self.name
            .with(|name| name.trim().is_empty())
            .then_some("Give it a name, for instance that of the machine.")
    }

    fn address_error(self) -> Option<&'static str> {
        self.address.with(|address| check_address(address))
    }

    /// Asks the provider for its models.
    fn test(self) {
        self.checked.set(true);
        if untrack(|| self.address_error()).is_some() {
            return;
        }
        self.outdate();
        self.connection.set(Connection::Testing);
        let attempt = self.attempt.get_value();
        let id = self.id();
        // Without models, so that the list comes even if they aren't in it.
        let body = SaveProvider {
            model: String::new(),
            small_model: String::new(),
            ..self.body()
        };
        spawn_local(async move {
            let result = self.provider.test(&id, &body).await;
            if self.attempt.try_get_value() == Some(attempt) {
                self.connection.try_set(match result {
                    Ok(test) => Connection::Reached(test),
                    Err(sentence) => Connection::Failed(sentence),
                });
            }
        });
    }
}

/// The form.
#[component]
pub(super) fn ProviderForm(
    /// The provider to edit; `None` adds one.
    stored: Option<ProviderSettings>,
    /// Settings can't be changed now.
    frozen: Signal<bool>,
    /// Called with the provider's id once it is saved, without when it isn't.
    on_close: Callback<Option<String>>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let is_new = stored.is_none();
    let entry = Entry::new(stored);
    let saving = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Sentence>);
    let open = RwSignal::new(MODEL);

    let shown = move |error: Option<&str>| {
        let error = error.filter(|_| entry.checked.get());
        error.map(str::to_owned)
    };
    let name_error = Memo::new(move |_| shown(entry.name_error()));
    let address_error = Memo::new(move |_| shown(entry.address_error()));
    let models = Memo::new(move |_| entry.connection.with(Connection::models));
    let testing = Memo::new(move |_| entry.connection.with(|test| *test == Connection::Testing));
    let entered = Signal::derive(move || {
        [entry.model.get(), entry.small_model.get()]
            .iter()
            .map(|model| model.trim().to_owned())
            .filter(|model| !model.is_empty())
            .collect::<Vec<_>>()
    });
    let kind = Signal::derive(move || entry.kind());

    let save = move || {
        entry.checked.set(true);
        let is_wrong = untrack(|| entry.name_error().is_some() || entry.address_error().is_some());
        if saving.get_untracked() || frozen.get_untracked() || is_wrong {
            return;
        }
        saving.set(true);
        refusal.set(None);
        let (id, body) = (entry.id(), entry.body());
        spawn_local(async move {
            let result = entry.provider.save(&id, &body).await;
            saving.try_set(false);
            match result {
                Ok(()) => {
                    toasts.info(if body.model.is_empty() {
                        format!("Saved. Choose a model before {} can be asked.", body.name)
                    } else {
                        format!("Saved {}.", body.name)
                    });
                    if entry.key.try_get_untracked().is_some() {
                        on_close.run(Some(id));
                    }
                }
                Err(sentence) => {
                    refusal.try_set(Some(sentence));
                }
            }
        });
    };

    request_animation_frame(move || {
        let first = dom::by_id(if is_new { "preset" } else { "provider-name" });
        if let Some(first) = first {
            // A field that can't take the focus can still be clicked.
            let _ = first.focus();
        }
    });
    // The models of one that is set up are shown without being asked for.
    if !is_new && !frozen.get_untracked() {
        entry.test();
    }
    view! {
        <form
            class="provider-form"
            aria-label=if is_new { "New provider" } else { "Edit the provider" }
            // The form says itself what is wrong, in its own words.
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    on_close.run(None);
                }
            }
        >
            {is_new
                .then(|| {
                    let choices = PRESETS
                        .iter()
                        .map(|preset| Choice::new(preset.id, preset.name))
                        .collect::<Vec<_>>();
                    view! {
                        <Select
                            id="preset"
                            label="Provider"
                            value=Signal::derive(move || entry.preset.get().to_owned())
                            choices=choices
                            on_change=move |id: String| entry.choose_preset(&id)
                        />
                    }
                })}
            <TextField
                id="provider-name"
                label="Name"
                value=entry.name
                error=name_error
                on_input=move |text: String| entry.name.set(text)
            />
            <TextField
                id="address"
                label="Address"
                kind="url"
                code=true
                placeholder="http://localhost:11434"
                value=entry.address
                hint=Signal::derive(move || Some(entry.preset().hint.to_owned()))
                error=address_error
                on_input=move |text: String| {
                    entry.address.set(text);
                    entry.outdate();
                }
            />
            <KeyField entry=entry/>
            <div class="settings-test">
                <Button busy=testing disabled=frozen on_press=move || entry.test()>
                    "Test connection"
                </Button>
                <ConnectionResult connection=entry.connection.into() kind=kind models=entered/>
            </div>
            <ModelField
                id=MODEL
                label="Model for writing code"
                placeholder=Signal::derive(move || {
                    (kind.get() == ProviderKind::Ollama).then(|| "qwen3-coder:30b".to_owned())
                })
                hint=Signal::derive(move || {
                    Some(if models.with(Vec::is_empty) {
                        "Test the connection to choose from a list, or type a name."
                    } else {
                        "Bigger models write better apps; coding models best of all."
                    }.to_owned())
                })
                model=entry.model
                models=models
                open=open
            />
            <ModelField
                id=SMALL_MODEL
                label="Model for small tasks"
                placeholder="The same"
                hint="Questions and suggestions. A small one is quicker and cheaper; leave it empty to use the one above."
                model=entry.small_model
                models=models
                open=open
            />
            {move || {
                refusal
                    .get()
                    .map(|sentence| {
                        view! {
                            <Notice kind=NoticeKind::Danger title=plain(&sentence.what)>
                                {sentence.next.map(|text| cure(&text))}
                            </Notice>
                        }
                    })
            }}
            <div class="settings-actions">
                <Button variant=ButtonVariant::Primary submit=true busy=saving disabled=frozen>
                    "Save"
                </Button>
                <Button on_press=move || on_close.run(None)>"Cancel"</Button>
            </div>
        </form>
    }
}

/// The key: it can be set, replaced or removed, but never be seen again.
#[component]
fn KeyField(entry: Entry) -> impl IntoView {
    let kept = Memo::new(move |_| entry.keeps_key());
    let direct = Direct::expect().active();
    let hint = Signal::derive(move || {
        let place = if direct.get() {
            "in this browser, where whoever uses its profile can read it"
        } else {
            "on the machine of your Cumulet server"
        };
        Some(if kept.get() {
            format!("A key is kept {place}. Type a new one to replace it.")
        } else {
            let hint = entry.preset().key_hint;
            format!("{hint} It is kept {place}, and never shown again.")
        })
    });
    let placeholder = Signal::derive(move || kept.get().then(|| "••••••••••••".to_owned()));
    view! {
        <div class="key-field">
            <TextField
                id="api-key"
                label="API key"
                kind="password"
                code=true
                value=entry.key
                placeholder=placeholder
                hint=hint
                on_input=move |text: String| {
                    entry.key.set(text);
                    entry.outdate();
                }
            />
            <Show when=move || kept.get()>
                <Button
                    variant=ButtonVariant::Ghost
                    small=true
                    on_press=move || {
                        entry.forget_key.set(true);
                        entry.outdate();
                    }
                >
                    "Remove key"
                </Button>
            </Show>
        </div>
    }
}
