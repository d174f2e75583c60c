//! Documents of the apps' collections.

use std::collections::BTreeMap;

use protocol::data::DocumentVersion;

use super::{Error, Tx, signed, unsigned};

type DocumentRow = (String, String, i64, Option<String>);

/// What the documents of one collection take.
#[derive(Debug, Clone, Copy, Default)]
pub struct CollectionSize {
    /// Documents.
    pub documents: usize,
    /// Their JSON, in characters.
    pub chars: usize,
}

impl Tx {
    /// The newest revision among an app's documents, 0 without any.
    pub async fn documents_revision(&mut self, app_id: &str) -> Result<u64, Error> {
        let (newest,) = sqlx::query_as::<_, (i64,)>(
            "SELECT coalesce(max(revision), 0) FROM documents WHERE app_id = ?",
        )
        .bind(app_id)
        .fetch_one(&mut *self.0)
        .await?;
        unsigned(newest, "documents.revision")
    }

    /// The number of an app's copy, if it was begun anew since the app was made.
    pub async fn documents_epoch(&mut self, app_id: &str) -> Result<Option<u64>, Error> {
        let row = sqlx::query_as::<_, (i64,)>("SELECT epoch FROM document_epochs WHERE app_id = ?")
            .bind(app_id)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|(epoch,)| unsigned(epoch, "document_epochs.epoch"))
            .transpose()
    }

    /// Number of removals that are kept of an app.
    pub async fn count_removals(&mut self, app_id: &str) -> Result<u64, Error> {
        let (count,) = sqlx::query_as::<_, (i64,)>(
            "SELECT count(*) FROM documents WHERE app_id = ? AND content IS NULL",
        )
        .bind(app_id)
        .fetch_one(&mut *self.0)
        .await?;
        unsigned(count, "count of removals")
    }

    /// Forgets an app's removals, and gives its copy a number that no browser knows.
    pub async fn begin_documents_anew(&mut self, app_id: &str, epoch: u64) -> Result<(), Error> {
        sqlx::query("DELETE FROM documents WHERE app_id = ? AND content IS NULL")
            .bind(app_id)
            .execute(&mut *self.0)
            .await?;
        sqlx::query(
            "INSERT INTO document_epochs (app_id, epoch) VALUES (?, ?)
             ON CONFLICT (app_id) DO UPDATE SET epoch = excluded.epoch",
        )
        .bind(app_id)
        .bind(signed(epoch))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// A document or its removal.
    pub async fn document(
        &mut self,
        app_id: &str,
        collection: &str,
        id: &str,
    ) -> Result<Option<DocumentVersion>, Error> {
        let row = sqlx::query_as::<_, DocumentRow>(
            "SELECT collection, id, revision, content FROM documents
             WHERE app_id = ? AND collection = ? AND id = ?",
        )
        .bind(app_id)
        .bind(collection)
        .bind(id)
        .fetch_optional(&mut *self.0)
        .await?;
        row.map(to_version).transpose()
    }

    /// Documents and removals after a revision, oldest first.
    pub async fn documents_since(
        &mut self,
        app_id: &str,
        since: u64,
        limit: usize,
    ) -> Result<Vec<DocumentVersion>, Error> {
        let rows = sqlx::query_as::<_, DocumentRow>(
            "SELECT collection, id, revision, content FROM documents
             WHERE app_id = ? AND revision > ? ORDER BY revision LIMIT ?",
        )
        .bind(app_id)
        .bind(signed(since))
        .bind(signed(limit as u64))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(to_version).collect()
    }

    /// What an app's collections take, by name; removals take nothing.
    pub async fn collection_sizes(
        &mut self,
        app_id: &str,
    ) -> Result<BTreeMap<String, CollectionSize>, Error> {
        let rows = sqlx::query_as::<_, (String, i64, i64)>(
            "SELECT collection, count(*), sum(length(content)) FROM documents
             WHERE app_id = ? AND content IS NOT NULL GROUP BY collection",
        )
        .bind(app_id)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter()
            .map(|(collection, documents, chars)| {
                let size = CollectionSize {
                    documents: size(documents)?,
                    chars: size(chars)?,
                };
                Ok((collection, size))
            })
            .collect()
    }

    /// Adds a document or its removal, or replaces what was there.
    pub async fn put_document(
        &mut self,
        app_id: &str,
        version: &DocumentVersion,
    ) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO documents (app_id, collection, id, revision, content)
             VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (app_id, collection, id) DO UPDATE SET
                 revision = excluded.revision, content = excluded.content",
        )
        .bind(app_id)
        .bind(&version.collection)
        .bind(&version.id)
        .bind(signed(version.revision))
        .bind(version.text.as_deref())
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}

fn to_version((collection, id, revision, text): DocumentRow) -> Result<DocumentVersion, Error> {
    Ok(DocumentVersion {
        collection,
        id,
        revision: unsigned(revision, "documents.revision")?,
        text,
    })
}

fn size(value: i64) -> Result<usize, Error> {
    usize::try_from(value).map_err(|_| Error::Corrupt("documents.content"))
}
