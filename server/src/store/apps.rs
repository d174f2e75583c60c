//! Apps and the history of their files.

use std::collections::BTreeMap;

use protocol::app::{AppSummary, Author, Files, RevisionSummary};
use sha2::{Digest as _, Sha256};

use super::{Error, Tx, signed, unsigned};

/// One changed file.
#[derive(Debug, Clone, Copy)]
pub struct FileChange<'a> {
    /// Project path.
    pub path: &'a str,
    /// New text; `None` deletes.
    pub content: Option<&'a str>,
}

/// A revision to insert.
#[derive(Debug, Clone, Copy)]
pub struct NewRevision<'a> {
    /// Its number.
    pub revision: u64,
    /// Who made it.
    pub author: Author,
    /// One line.
    pub message: &'a str,
    /// Milliseconds since the Unix epoch.
    pub created_ms: u64,
}

type AppRow = (String, String, Option<String>, i64, i64, i64);

const APP_COLUMNS: &str = "SELECT id, name, template, revision, created_ms, updated_ms FROM apps";

impl Tx {
    /// Apps that aren't deleted, newest change first.
    pub async fn apps(&mut self) -> Result<Vec<AppSummary>, Error> {
        let sql = format!("{APP_COLUMNS} WHERE deleted_ms IS NULL ORDER BY updated_ms DESC, id");
        let rows = sqlx::query_as::<_, AppRow>(&sql)
            .fetch_all(&mut *self.0)
            .await?;
        rows.into_iter().map(to_summary).collect()
    }

    /// An app that isn't deleted.
    pub async fn app(&mut self, id: &str) -> Result<Option<AppSummary>, Error> {
        let sql = format!("{APP_COLUMNS} WHERE id = ? AND deleted_ms IS NULL");
        let row = sqlx::query_as::<_, AppRow>(&sql)
            .bind(id)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(to_summary).transpose()
    }

    /// Adds an app. Its id must be free: see [`Tx::purge_app`].
    pub async fn insert_app(&mut self, app: &AppSummary) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO apps (id, name, template, revision, created_ms, updated_ms)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&app.id)
        .bind(&app.name)
        .bind(&app.template)
        .bind(signed(app.revision))
        .bind(signed(app.created_ms))
        .bind(signed(app.updated_ms))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Writes name, revision and time of the last change.
    pub async fn update_app(&mut self, app: &AppSummary) -> Result<(), Error> {
        sqlx::query("UPDATE apps SET name = ?, revision = ?, updated_ms = ? WHERE id = ?")
            .bind(&app.name)
            .bind(signed(app.revision))
            .bind(signed(app.updated_ms))
            .bind(&app.id)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Marks an app as deleted (`Some`: when) or brings it back (`None`).
    /// Says whether there was anything to mark.
    pub async fn set_deleted(&mut self, id: &str, deleted_ms: Option<u64>) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE apps SET deleted_ms = ?2 WHERE id = ?1 AND (deleted_ms IS NULL) = (?2 IS NOT NULL)",
        )
        .bind(id)
        .bind(deleted_ms.map(signed))
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Removes a deleted app for good.
    pub async fn purge_app(&mut self, id: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM apps WHERE id = ? AND deleted_ms IS NOT NULL")
            .bind(id)
            .execute(&mut *self.0)
            .await?;
        self.purge_blobs().await
    }

    /// Removes for good what was deleted before `before_ms`.
    pub async fn purge_apps(&mut self, before_ms: u64) -> Result<u64, Error> {
        let done = sqlx::query("DELETE FROM apps WHERE deleted_ms < ?")
            .bind(signed(before_ms))
            .execute(&mut *self.0)
            .await?;
        if done.rows_affected() > 0 {
            self.purge_blobs().await?;
        }
        Ok(done.rows_affected())
    }

    async fn purge_blobs(&mut self) -> Result<(), Error> {
        sqlx::query(
            "DELETE FROM blobs
             WHERE NOT EXISTS (SELECT 1 FROM changes WHERE changes.hash = blobs.hash)",
        )
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Files of an app as they were at a revision.
    pub async fn files(&mut self, id: &str, revision: u64) -> Result<Files, Error> {
        let rows = sqlx::query_as::<_, (String, String)>(
            "SELECT changes.path, blobs.content
             FROM changes JOIN blobs ON blobs.hash = changes.hash
             WHERE changes.app_id = ?1 AND changes.revision = (
                 SELECT max(newest.revision) FROM changes AS newest
                 WHERE newest.app_id = ?1 AND newest.path = changes.path AND newest.revision <= ?2)",
        )
        .bind(id)
        .bind(signed(revision))
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows.into_iter().collect())
    }

    /// Adds a revision with its changes.
    pub async fn insert_revision(
        &mut self,
        id: &str,
        revision: NewRevision<'_>,
        changes: &[FileChange<'_>],
    ) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO revisions (app_id, revision, author, message, created_ms)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(signed(revision.revision))
        .bind(author_text(revision.author))
        .bind(revision.message)
        .bind(signed(revision.created_ms))
        .execute(&mut *self.0)
        .await?;
        for change in changes {
            let hash = match change.content {
                Some(content) => Some(self.insert_blob(content).await?),
                None => None,
            };
            sqlx::query("INSERT INTO changes (app_id, path, revision, hash) VALUES (?, ?, ?, ?)")
                .bind(id)
                .bind(change.path)
                .bind(signed(revision.revision))
                .bind(hash)
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }

    async fn insert_blob(&mut self, content: &str) -> Result<Vec<u8>, Error> {
        let hash = Sha256::digest(content.as_bytes()).to_vec();
        sqlx::query(
            "INSERT INTO blobs (hash, content, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(&hash)
        .bind(content)
        .bind(signed(content.len() as u64))
        .execute(&mut *self.0)
        .await?;
        Ok(hash)
    }

    /// The newest revisions of an app, newest first.
    pub async fn revisions(&mut self, id: &str, limit: u32) -> Result<Vec<RevisionSummary>, Error> {
        let rows = sqlx::query_as::<_, (i64, String, String, i64)>(
            "SELECT revision, author, message, created_ms FROM revisions
             WHERE app_id = ? ORDER BY revision DESC LIMIT ?",
        )
        .bind(id)
        .bind(limit)
        .fetch_all(&mut *self.0)
        .await?;
        let oldest = rows.last().map_or(0, |row| row.0);
        let mut paths: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let changed = sqlx::query_as::<_, (i64, String)>(
            "SELECT revision, path FROM changes
             WHERE app_id = ? AND revision >= ? ORDER BY revision, path",
        )
        .bind(id)
        .bind(oldest)
        .fetch_all(&mut *self.0)
        .await?;
        for (revision, path) in changed {
            paths.entry(revision).or_default().push(path);
        }
        rows.into_iter()
            .map(|(revision, author, message, created_ms)| {
                Ok(RevisionSummary {
                    revision: unsigned(revision, "revisions.revision")?,
                    author: parse_author(&author)?,
                    message,
                    paths: paths.remove(&revision).unwrap_or_default(),
                    created_ms: unsigned(created_ms, "revisions.created_ms")?,
                })
            })
            .collect()
    }
}

fn to_summary(row: AppRow) -> Result<AppSummary, Error> {
    let (id, name, template, revision, created_ms, updated_ms) = row;
    Ok(AppSummary {
        id,
        name,
        template,
        revision: unsigned(revision, "apps.revision")?,
        created_ms: unsigned(created_ms, "apps.created_ms")?,
        updated_ms: unsigned(updated_ms, "apps.updated_ms")?,
    })
}

fn author_text(author: Author) -> &'static str {
    match author {
        Author::Person => "person",
        Author::Model => "model",
        Author::Template => "template",
    }
}

fn parse_author(text: &str) -> Result<Author, Error> {
    match text {
        "person" => Ok(Author::Person),
        "model" => Ok(Author::Model),
        "template" => Ok(Author::Template),
        _ => Err(Error::Corrupt("revisions.author")),
    }
}
