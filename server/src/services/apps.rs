//! Apps: creating, changing, naming, deleting, and their history.

use std::sync::Arc;

use protocol::app::{
    App, AppSummary, Author, ChangeFiles, Changed, CreateApp, Files, RevisionSummary,
};

use super::Error;
use super::rules::{check_file_path, check_files, check_id, check_name, cut};
use crate::clock::Clock;
use crate::ids::IdGen;
use crate::store::{FileChange, NewRevision, Store};

/// Longest line of the history, in characters; the rest is cut off.
const MAX_REVISION_MESSAGE_CHARS: usize = 200;
/// Revisions in one list. Older ones stay reachable by number.
const MAX_LISTED_REVISIONS: u32 = 500;
/// How long a deleted app can be brought back: 30 days.
const KEEP_DELETED_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// The apps service.
#[derive(Clone)]
pub struct Apps {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGen>,
}

impl Apps {
    /// Works on a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn IdGen>) -> Self {
        Self { store, clock, ids }
    }

    /// All apps, newest change first.
    pub async fn list(&self) -> Result<Vec<AppSummary>, Error> {
        Ok(self.store.read().await?.apps().await?)
    }

    /// One app with its files.
    pub async fn get(&self, id: &str) -> Result<App, Error> {
        let mut tx = self.store.read().await?;
        let summary = tx.app(id).await?.ok_or_else(|| Error::no_app(id))?;
        let files = tx.files(id, summary.revision).await?;
        Ok(App { summary, files })
    }

    /// Makes an app at revision 1. An id that a deleted app had is free again.
    pub async fn create(&self, request: CreateApp) -> Result<App, Error> {
        let id = match request.id {
            Some(id) => {
                check_id("the app's id", &id)?;
                id
            }
            None => self.ids.next_id(),
        };
        let name = check_name(&request.name)?;
        if let Some(template) = &request.template {
            check_id("the template's id", template)?;
        }
        check_files(&request.files)?;

        let now_ms = self.clock.now_ms();
        let summary = AppSummary {
            id,
            name,
            template: request.template,
            revision: 1,
            created_ms: now_ms,
            updated_ms: now_ms,
        };
        let mut tx = self.store.write().await?;
        if tx.app(&summary.id).await?.is_some() {
            return Err(Error::Conflict {
                message: format!("there is an app `{}` already", summary.id),
                help: "Open that app, or create one with another id.".to_owned(),
            });
        }
        tx.purge_app(&summary.id).await?;
        tx.insert_app(&summary).await?;
        let revision = NewRevision {
            revision: 1,
            author: if summary.template.is_some() {
                Author::Template
            } else {
                Author::Person
            },
            message: "Created",
            created_ms: now_ms,
        };
        let changes: Vec<_> = request
            .files
            .iter()
            .map(|(path, content)| FileChange {
                path,
                content: Some(content),
            })
            .collect();
        tx.insert_revision(&summary.id, revision, &changes).await?;
        tx.commit().await?;
        Ok(App {
            summary,
            files: request.files,
        })
    }

    /// Gives an app another name. Its files and revision stay as they are.
    pub async fn rename(&self, id: &str, name: &str) -> Result<AppSummary, Error> {
        let name = check_name(name)?;
        let mut tx = self.store.write().await?;
        let mut app = tx.app(id).await?.ok_or_else(|| Error::no_app(id))?;
        app.name = name;
        app.updated_ms = self.clock.now_ms();
        tx.update_app(&app).await?;
        tx.commit().await?;
        Ok(app)
    }

    /// Deletes an app; [`Apps::restore`] brings it back for 30 days.
    pub async fn delete(&self, id: &str) -> Result<(), Error> {
        let mut tx = self.store.write().await?;
        if !tx.set_deleted(id, Some(self.clock.now_ms())).await? {
            return Err(Error::no_app(id));
        }
        Ok(tx.commit().await?)
    }

    /// Brings a deleted app back, history and conversation included.
    pub async fn restore(&self, id: &str) -> Result<AppSummary, Error> {
        let mut tx = self.store.write().await?;
        // An app that isn't deleted is left alone: asking twice is no error.
        tx.set_deleted(id, None).await?;
        let app = tx.app(id).await?.ok_or_else(|| Error::no_app(id))?;
        tx.commit().await?;
        Ok(app)
    }

    /// Removes for good what was deleted more than 30 days ago.
    pub async fn purge_deleted(&self) -> Result<u64, Error> {
        let before_ms = self.clock.now_ms().saturating_sub(KEEP_DELETED_MS);
        let mut tx = self.store.write().await?;
        let purged = tx.purge_apps(before_ms).await?;
        tx.commit().await?;
        Ok(purged)
    }

    /// Changes files as a new revision. A change that changes nothing makes none.
    pub async fn change(&self, id: &str, request: ChangeFiles) -> Result<Changed, Error> {
        for path in request.changes.keys() {
            check_file_path(path)?;
        }
        let mut tx = self.store.write().await?;
        let mut app = tx.app(id).await?.ok_or_else(|| Error::no_app(id))?;
        if app.revision != request.base_revision {
            return Err(Error::Conflict {
                message: format!(
                    "the app is at revision {}, the change was made for revision {}",
                    app.revision, request.base_revision
                ),
                help: "Load the app again and repeat the change.".to_owned(),
            });
        }
        let mut files = tx.files(id, app.revision).await?;
        let mut changes = Vec::new();
        for (path, content) in &request.changes {
            let content = content.as_deref();
            if files.get(path).map(String::as_str) == content {
                continue;
            }
            changes.push(FileChange { path, content });
            match content {
                Some(content) => files.insert(path.clone(), content.to_owned()),
                None => files.remove(path),
            };
        }
        if changes.is_empty() {
            return Ok(Changed {
                revision: app.revision,
                updated_ms: app.updated_ms,
            });
        }
        check_files(&files)?;

        app.revision += 1;
        app.updated_ms = self.clock.now_ms();
        let line = request.message.lines().next().unwrap_or_default();
        let message = cut(line, MAX_REVISION_MESSAGE_CHARS);
        let revision = NewRevision {
            revision: app.revision,
            author: request.author,
            message: &message,
            created_ms: app.updated_ms,
        };
        tx.insert_revision(id, revision, &changes).await?;
        tx.update_app(&app).await?;
        tx.commit().await?;
        Ok(Changed {
            revision: app.revision,
            updated_ms: app.updated_ms,
        })
    }

    /// The history, newest first, at most 500 entries.
    pub async fn revisions(&self, id: &str) -> Result<Vec<RevisionSummary>, Error> {
        let mut tx = self.store.read().await?;
        tx.app(id).await?.ok_or_else(|| Error::no_app(id))?;
        Ok(tx.revisions(id, MAX_LISTED_REVISIONS).await?)
    }

    /// Files as they were at a revision.
    pub async fn files_at(&self, id: &str, revision: u64) -> Result<Files, Error> {
        let mut tx = self.store.read().await?;
        let app = tx.app(id).await?.ok_or_else(|| Error::no_app(id))?;
        if !(1..=app.revision).contains(&revision) {
            return Err(Error::NotFound {
                message: format!("the app `{id}` has no revision {revision}"),
                help: format!("Its revisions go from 1 to {}.", app.revision),
            });
        }
        Ok(tx.files(id, revision).await?)
    }
}
