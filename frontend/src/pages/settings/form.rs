//! The form of the language model's provider.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::provider::{ProviderSettings, SaveProvider};

use super::connection::{Connection, ConnectionResult};
use super::model_field::ModelField;
use super::preset::{PRESETS, check_address, preset_by_id, preset_of};
use crate::components::button::{Button, ButtonVariant};
use crate::components::field::{Choice, Select, TextField};
use crate::components::notice::{Notice, NoticeKind};
use crate::message::Sentence;
use crate::state::provider::ProviderState;
use crate::state::session::{Server, Session};
use crate::state::toasts::Toasts;

/// What is entered. Nothing of it is stored before "Save".
#[derive(Clone, Copy)]
struct Entry {
    preset: RwSignal<&'static str>,
    address: RwSignal<String>,
    key: RwSignal<String>,
    /// The stored key is to be removed.
    forget_key: RwSignal<bool>,
    model: RwSignal<String>,
    /// The address was left or sent, so its mistakes may be shown.
    checked: RwSignal<bool>,
    connection: RwSignal<Connection>,
    /// Rises with every test and every change, so that a late answer is dropped.
    attempt: StoredValue<u64>,
}

impl Entry {
    fn new() -> Self {
        let [first, ..] = PRESETS;
        Self {
            preset: RwSignal::new(first.id),
            address: RwSignal::new(first.base_url.to_owned()),
            key: RwSignal::new(String::new()),
            forget_key: RwSignal::new(false),
            model: RwSignal::new(String::new()),
            checked: RwSignal::new(false),
            connection: RwSignal::new(Connection::Untested),
            attempt: StoredValue::new(0),
        }
    }

    /// Shows what the server holds.
    fn fill(self, settings: &ProviderSettings) {
        self.preset
            .set(preset_of(settings.kind, &settings.base_url).id);
        self.address.set(settings.base_url.clone());
        self.model.set(settings.model.clone());
        self.key.set(String::new());
        self.forget_key.set(false);
    }

    fn choose_preset(self, id: &str) {
        let preset = preset_by_id(id);
        self.preset.set(preset.id);
        self.address.set(preset.base_url.to_owned());
        self.model.set(String::new());
        self.checked.set(false);
        self.outdate();
    }

    /// Drops the result of a test, and one that is under way.
    fn outdate(self) {
        self.attempt.update_value(|attempt| *attempt += 1);
        self.connection.set(Connection::Untested);
    }

    fn body(self) -> SaveProvider {
        let key = self.key.get_untracked().trim().to_owned();
        SaveProvider {
            kind: preset_by_id(self.preset.get_untracked()).kind,
            base_url: self.address.get_untracked().trim().to_owned(),
            model: self.model.get_untracked().trim().to_owned(),
            api_key: match (key.is_empty(), self.forget_key.get_untracked()) {
                (false, _) => Some(key),
                (true, true) => Some(String::new()),
                (true, false) => None,
            },
        }
    }

    /// Whether the address can be sent; shows its mistake if not.
    fn check(self) -> bool {
        self.checked.set(true);
        self.address
            .with_untracked(|address| check_address(address).is_none())
    }

    /// Asks the provider for its models.
    fn test(self, provider: ProviderState) {
        if !self.check() {
            return;
        }
        self.outdate();
        self.connection.set(Connection::Testing);
        let attempt = self.attempt.get_value();
        let body = self.body();
        spawn_local(async move {
            let result = provider.test(body).await;
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
pub(super) fn ProviderForm() -> impl IntoView {
    let provider = ProviderState::expect();
    let session = Session::expect();
    let toasts = Toasts::expect();
    let entry = Entry::new();
    let saving = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Sentence>);

    // The server's settings come late at a first load; what is typed meanwhile wins.
    let touched = StoredValue::new(false);
    Effect::new(move || {
        if let Some(settings) = provider.settings().get()
            && !touched.get_value()
        {
            touched.set_value(true);
            entry.fill(&settings);
            entry.test(provider);
        }
    });

    let preset = Memo::new(move |_| preset_by_id(entry.preset.get()));
    let address_error = Memo::new(move |_| {
        let error = entry.address.with(|address| check_address(address));
        error.filter(|_| entry.checked.get()).map(str::to_owned)
    });
    let models = Memo::new(move |_| entry.connection.with(Connection::models));
    let testing = Memo::new(move |_| entry.connection.with(|test| *test == Connection::Testing));
    let absent = Memo::new(move |_| session.server().get() == Server::Absent);
    let has_key = Memo::new(move |_| {
        provider
            .settings()
            .get()
            .is_some_and(|settings| settings.has_key)
    });

    let save = move || {
        if saving.get_untracked() || absent.get_untracked() || !entry.check() {
            return;
        }
        saving.set(true);
        refusal.set(None);
        touched.set_value(true);
        let body = entry.body();
        spawn_local(async move {
            match provider.save(body).await {
                Ok(settings) => {
                    toasts.info(if settings.model.is_empty() {
                        "Saved. Choose a model to build with it.".to_owned()
                    } else {
                        format!("Saved. {} writes your apps now.", settings.model)
                    });
                    if entry.key.try_get_untracked().is_some() {
                        entry.fill(&settings);
                    }
                }
                Err(sentence) => {
                    refusal.try_set(Some(sentence));
                }
            }
            saving.try_set(false);
        });
    };

    let providers = PRESETS
        .iter()
        .map(|preset| Choice::new(preset.id, preset.name))
        .collect::<Vec<_>>();
    view! {
        <form
            class="settings-body"
            // The form says itself what is wrong, in its own words.
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <Show when=move || absent.get()>
                <Notice
                    kind=NoticeKind::Warning
                    title="The Cumulet server can't be reached"
                    detail="It keeps these settings, so they can be changed once it runs again."
                />
            </Show>
            <Select
                id="provider"
                label="Provider"
                value=Signal::derive(move || entry.preset.get().to_owned())
                choices=providers
                on_change=move |id: String| {
                    touched.set_value(true);
                    entry.choose_preset(&id);
                }
            />
            <TextField
                id="address"
                label="Address"
                kind="url"
                code=true
                placeholder="http://localhost:11434"
                value=entry.address
                hint=Signal::derive(move || Some(preset.get().hint.to_owned()))
                error=address_error
                on_input=move |text: String| {
                    touched.set_value(true);
                    entry.address.set(text);
                    entry.outdate();
                }
            />
            <KeyField entry=entry has_key=has_key key_hint=Signal::derive(move || preset.get().key_hint)/>
            <div class="settings-test">
                <Button busy=testing disabled=absent on_press=move || entry.test(provider)>
                    "Test connection"
                </Button>
                <ConnectionResult connection=entry.connection.into() model=entry.model.into()/>
            </div>
            <ModelField model=entry.model models=models/>
            {move || {
                refusal
                    .get()
                    .map(|sentence| {
                        view! {
                            <Notice kind=NoticeKind::Danger title=sentence.what detail=sentence.next/>
                        }
                    })
            }}
            <div class="settings-actions">
                <Button variant=ButtonVariant::Primary submit=true busy=saving disabled=absent>
                    "Save"
                </Button>
            </div>
        </form>
    }
}

/// The key: it can be set, replaced or removed, but never be seen again.
#[component]
fn KeyField(entry: Entry, has_key: Memo<bool>, key_hint: Signal<&'static str>) -> impl IntoView {
    let kept = Memo::new(move |_| has_key.get() && !entry.forget_key.get());
    let hint = Signal::derive(move || {
        Some(if kept.get() {
            "A key is kept on the machine of your Cumulet server. Type a new one to replace it."
                .to_owned()
        } else {
            format!(
                "{} It is kept on the machine of your Cumulet server and never shown again.",
                key_hint.get()
            )
        })
    });
    let placeholder = Signal::derive(move || {
        Some(
            if kept.get() {
                "••••••••••••"
            } else {
                ""
            }
            .to_owned(),
        )
    });
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
