//! TypeScript beside the build: what it knows goes to the editor, and what it
//! finds wrong is listed when the person asks. Neither holds up the preview.

use leptos::prelude::*;
use protocol::app::Files;
use protocol::asset::media_type;

use super::Handle;
use super::compiler::Changes;
use super::spawn;
use crate::message::Sentence;
use crate::platform::assets::Assets;
use crate::platform::clock::sleep_ms;
use crate::platform::types::{TypeFinding, TypesClient};

/// Pause after a change before all files are checked again, in milliseconds.
const RECHECK_MS: u32 = 1_000;

/// How far the check of all files is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CheckStatus {
    /// Nobody asked.
    Never,
    /// TypeScript is on its way.
    Loading,
    /// Under way.
    Checking,
    /// Done: the findings are those of the files as they are.
    Done,
    /// It couldn't be done, for the reason given.
    Failed(Sentence),
}

/// Handle to TypeScript.
pub(crate) type Types = Handle<TypesStore>;

/// What stands behind [`Types`].
pub(crate) struct TypesStore {
    check: RwSignal<CheckStatus>,
    findings: RwSignal<Vec<TypeFinding>>,
    /// Why the worker is gone, while it is.
    failure: StoredValue<Option<String>>,
    is_ready: StoredValue<bool>,
    client: StoredValue<Option<TypesClient>, LocalStorage>,
    /// Files of the ready kit that the project uses.
    kit: StoredValue<Files>,
    /// Rises with every check, and when its answer is no longer wanted.
    round: StoredValue<u64>,
    /// Rises with every change.
    edits: StoredValue<u64>,
    assets: StoredValue<Result<Assets, String>>,
}

impl Types {
    pub(super) fn new(assets: Result<Assets, String>) -> Self {
        Handle::keep(TypesStore {
            check: RwSignal::new(CheckStatus::Never),
            findings: RwSignal::new(Vec::new()),
            failure: StoredValue::new(None),
            is_ready: StoredValue::new(false),
            client: StoredValue::new_local(None),
            kit: StoredValue::new(Files::new()),
            round: StoredValue::new(0),
            edits: StoredValue::new(0),
            assets: StoredValue::new(assets),
        })
    }

    /// The page's TypeScript.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// How far the check of all files is.
    pub(crate) fn check_status(self) -> Signal<CheckStatus> {
        self.check.into()
    }

    /// What the last check found.
    pub(crate) fn findings(self) -> Signal<Vec<TypeFinding>> {
        self.findings.into()
    }

    /// Loads TypeScript when the browser has nothing else to do.
    pub(crate) fn start_when_idle(self) {
        if let Some(client) = self.client.get_value() {
            client.start_when_idle();
        }
    }

    /// What the editor asks; `files` gives the open project's files.
    ///
    /// # Errors
    /// A sentence, when the editor's module can't be loaded.
    pub(super) async fn client(self, files: impl Fn() -> Files) -> Result<TypesClient, String> {
        if let Some(client) = self.client.get_value() {
            return Ok(client);
        }
        let assets = self.assets.get_value()?;
        let heard = move |status: String, reason| self.heard(&status, reason);
        let made =
            TypesClient::create(&assets.editor, &assets.types_worker, &assets.types, heard).await?;
        // Another caller may have been faster.
        if let Some(client) = self.client.get_value() {
            return Ok(client);
        }
        made.open(&texts(&files()));
        made.set_extra(&self.kit.with_value(texts));
        self.client.set_value(Some(made.clone()));
        Ok(made)
    }

    /// Another project, or none.
    pub(super) fn open(self, files: &Files) {
        self.round.update_value(|round| *round += 1);
        self.check.set(CheckStatus::Never);
        self.findings.set(Vec::new());
        if let Some(client) = self.client.get_value() {
            client.open(&texts(files));
        }
    }

    /// The project uses these files of the ready kit.
    pub(super) fn set_kit(self, files: Files) {
        if let Some(client) = self.client.get_value() {
            client.set_extra(&texts(&files));
        }
        self.kit.set_value(files);
    }

    /// Files changed. Findings that are shown are renewed when the changes come to rest.
    pub(super) fn change(self, changes: &Changes) {
        let Some(client) = self.client.get_value() else {
            return;
        };
        let texts: Changes = changes
            .iter()
            .filter(|(path, _)| media_type(path).is_none())
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect();
        client.change(&serde_json::to_string(&texts).unwrap_or_default());
        self.edits.update_value(|edits| *edits += 1);
        let edits = self.edits.get_value();
        if self.check.get_untracked() == CheckStatus::Never {
            return;
        }
        spawn(async move {
            sleep_ms(RECHECK_MS).await;
            let is_wanted = matches!(
                self.check.get_untracked(),
                CheckStatus::Done | CheckStatus::Checking
            );
            if self.edits.get_value() == edits && is_wanted {
                self.run(client).await;
            }
        });
    }

    /// Checks all files; `files` as in [`Types::client`].
    pub(super) fn check(self, files: impl Fn() -> Files + 'static) {
        self.check.set(CheckStatus::Loading);
        spawn(async move {
            match self.client(files).await {
                Ok(client) => self.run(client).await,
                Err(reason) => self.check.set(CheckStatus::Failed(unavailable(&reason))),
            }
        });
    }

    async fn run(self, client: TypesClient) {
        self.round.update_value(|round| *round += 1);
        let round = self.round.get_value();
        self.check.set(if self.is_ready.get_value() {
            CheckStatus::Checking
        } else {
            CheckStatus::Loading
        });
        let found = client.check_all().await;
        if self.round.get_value() != round {
            return;
        }
        if let Some(found) = found {
            self.findings.set(found);
            self.check.set(CheckStatus::Done);
        } else {
            let reason = self.failure.get_value();
            let reason = reason.unwrap_or_else(|| "it had no answer".to_owned());
            self.check.set(CheckStatus::Failed(unavailable(&reason)));
        }
    }

    fn heard(self, status: &str, reason: String) {
        self.is_ready.set_value(status == "ready");
        self.failure
            .set_value((status == "failed").then_some(reason));
        let waits = self.check.get_untracked() == CheckStatus::Loading;
        if status == "ready" && waits {
            self.check.set(CheckStatus::Checking);
        }
    }
}

/// The files that aren't binary, as JSON.
fn texts(files: &Files) -> String {
    let texts: std::collections::BTreeMap<&String, &String> = files
        .iter()
        .filter(|(path, _)| media_type(path).is_none())
        .collect();
    // Maps of texts always have a JSON form.
    serde_json::to_string(&texts).unwrap_or_default()
}

fn unavailable(reason: &str) -> Sentence {
    Sentence {
        what: format!("Types couldn't be checked: {reason}."),
        next: Some("Check the connection, then try again. The app runs without it.".to_owned()),
    }
}
