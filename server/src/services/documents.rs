//! Documents of apps' collections: the server's copy, with which browsers
//! exchange changes. No change is lost: one that was made on another revision
//! than the server's is left for its browser to put together with that.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::data::{DocumentRevision, DocumentVersion, Exchange, Exchanged};
use protocol::limits::{
    APP_MAX_COLLECTIONS, COLLECTION_MAX_DOCUMENTS, DATA_MAX_BYTES, DATA_MAX_NAME_CHARS,
    DOCUMENT_MAX_CHARS, DOCUMENT_MAX_DEPTH, DOCUMENT_MAX_ID_CHARS, EXCHANGE_MAX_CHARS,
    EXCHANGE_MAX_DOCUMENTS,
};
use serde_json::Value;

use super::Error;
use super::rules::cut;
use crate::clock::Clock;
use crate::store::{CollectionSize, Store, Tx};

/// Removals kept of one app, so that its browsers hear of them. With more, the
/// copy is begun anew without them.
const MAX_REMOVALS: u64 = 10_000;

/// The documents service.
#[derive(Clone)]
pub struct Documents {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Documents {
    /// Works on a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Takes a browser's changes and gives what changed since it asked last.
    pub async fn exchange(&self, app_id: &str, request: Exchange) -> Result<Exchanged, Error> {
        if request.changes.len() > EXCHANGE_MAX_DOCUMENTS {
            return Err(Error::too_large(
                format!(
                    "{} changes came at once; the limit is {EXCHANGE_MAX_DOCUMENTS}",
                    request.changes.len()
                ),
                "Send them in several requests.",
            ));
        }
        for change in &request.changes {
            check(change)?;
        }
        let mut tx = if request.changes.is_empty() {
            self.store.read().await?
        } else {
            self.store.write().await?
        };
        let app = tx.app(app_id).await?.ok_or_else(|| Error::no_app(app_id))?;
        let newest = tx.documents_revision(app_id).await?;
        let mut epoch = tx.documents_epoch(app_id).await?.unwrap_or(app.created_ms);
        let is_same = request.epoch == epoch && request.since <= newest;
        let since = if is_same { request.since } else { 0 };
        let (mut documents, more) = page(
            tx.documents_since(app_id, since, EXCHANGE_MAX_DOCUMENTS + 1)
                .await?,
        );
        let changes = if is_same { request.changes } else { Vec::new() };
        let removes = changes.iter().any(|change| change.text.is_none());
        let outcome = take(&mut tx, app_id, newest, changes).await?;
        if removes && tx.count_removals(app_id).await? > MAX_REMOVALS {
            epoch = self.clock.now_ms().max(epoch + 1);
            tx.begin_documents_anew(app_id, epoch).await?;
        }
        tx.commit().await?;
        let heard = match documents.last() {
            Some(last) if more => last.revision,
            _ => outcome.newest,
        };
        for theirs in outcome.in_the_way {
            let is_there = |known: &DocumentVersion| {
                known.collection == theirs.collection && known.id == theirs.id
            };
            if !documents.iter().any(is_there) {
                documents.push(theirs);
            }
        }
        Ok(Exchanged {
            epoch,
            since: heard,
            documents,
            taken: outcome.taken,
            refused: outcome.refused,
            more,
        })
    }
}

/// What became of changes.
#[derive(Default)]
struct Outcome {
    /// The newest revision now.
    newest: u64,
    taken: Vec<DocumentRevision>,
    refused: Vec<DocumentRevision>,
    in_the_way: Vec<DocumentVersion>,
}

async fn take(
    tx: &mut Tx,
    app_id: &str,
    newest: u64,
    changes: Vec<DocumentVersion>,
) -> Result<Outcome, Error> {
    let mut outcome = Outcome {
        newest,
        ..Outcome::default()
    };
    if changes.is_empty() {
        return Ok(outcome);
    }
    let mut sizes = tx.collection_sizes(app_id).await?;
    for mut change in changes {
        if !is_document(&change) {
            outcome.refused.push(named(&change));
            continue;
        }
        let kept = tx
            .document(app_id, &change.collection, &change.id)
            .await?
            .unwrap_or_else(|| DocumentVersion {
                revision: 0,
                text: None,
                ..change.clone()
            });
        if kept.text == change.text {
            outcome.taken.push(named(&kept));
        } else if kept.revision != change.revision {
            outcome.in_the_way.push(kept);
        } else if !make_room(&mut sizes, &change, kept.text.as_deref()) {
            outcome.refused.push(named(&kept));
        } else {
            outcome.newest += 1;
            change.revision = outcome.newest;
            tx.put_document(app_id, &change).await?;
            outcome.taken.push(named(&change));
        }
    }
    Ok(outcome)
}

/// Counts a change, if it is within the limits.
fn make_room(
    sizes: &mut BTreeMap<String, CollectionSize>,
    change: &DocumentVersion,
    before: Option<&str>,
) -> bool {
    let collections = sizes.values().filter(|size| size.documents > 0).count();
    let all_chars: usize = sizes.values().map(|size| size.chars).sum();
    let size = sizes.entry(change.collection.clone()).or_default();
    let chars_before = before.map_or(0, |text| text.chars().count());
    let chars = (change.text.as_ref()).map_or(0, |text| text.chars().count());
    if before.is_none() && change.text.is_some() {
        let is_first = size.documents == 0;
        if (is_first && collections >= APP_MAX_COLLECTIONS)
            || size.documents >= COLLECTION_MAX_DOCUMENTS
        {
            return false;
        }
    }
    if chars > chars_before && all_chars - chars_before + chars > DATA_MAX_BYTES {
        return false;
    }
    size.documents += usize::from(change.text.is_some());
    size.documents -= usize::from(before.is_some());
    size.chars = size.chars + chars - chars_before;
    true
}

/// As many as go into one answer, and whether there are more.
fn page(mut documents: Vec<DocumentVersion>) -> (Vec<DocumentVersion>, bool) {
    let mut room = EXCHANGE_MAX_CHARS;
    let fitting = documents
        .iter()
        .take(EXCHANGE_MAX_DOCUMENTS)
        .take_while(|document| {
            let bytes = document.text.as_deref().map_or(0, str::len);
            let fits = bytes <= room || room == EXCHANGE_MAX_CHARS;
            room = room.saturating_sub(bytes);
            fits
        })
        .count();
    let more = fitting < documents.len();
    documents.truncate(fitting);
    (documents, more)
}

fn named(version: &DocumentVersion) -> DocumentRevision {
    DocumentRevision {
        collection: version.collection.clone(),
        id: version.id.clone(),
        revision: version.revision,
    }
}

/// Refuses what no browser of ours sends.
fn check(change: &DocumentVersion) -> Result<(), Error> {
    let help = "Load the page again.";
    if change.collection.encode_utf16().count() > DATA_MAX_NAME_CHARS {
        let message = format!(
            "the collection's name is longer than {DATA_MAX_NAME_CHARS} characters: {}",
            cut(&change.collection, 40)
        );
        return Err(Error::invalid(message, help));
    }
    if change.id.is_empty() || change.id.encode_utf16().count() > DOCUMENT_MAX_ID_CHARS {
        let message = format!(
            "a document's id has 1 to {DOCUMENT_MAX_ID_CHARS} characters: {}",
            cut(&change.id, 40)
        );
        return Err(Error::invalid(message, help));
    }
    Ok(())
}

/// Whether it is what a browser may keep: a removal, or a JSON object with its
/// id that is within the limits.
fn is_document(change: &DocumentVersion) -> bool {
    let Some(text) = &change.text else {
        return true;
    };
    if text.encode_utf16().count() > DOCUMENT_MAX_CHARS {
        return false;
    }
    let Ok(Value::Object(fields)) = serde_json::from_str(text) else {
        return false;
    };
    fields.get("id").and_then(Value::as_str) == Some(&change.id)
        && fields.values().all(|value| is_flat(value, 2))
}

/// Whether objects and lists are nested no deeper than the limit; the document itself is at 1.
fn is_flat(value: &Value, depth: usize) -> bool {
    match value {
        Value::Object(fields) => {
            depth <= DOCUMENT_MAX_DEPTH && fields.values().all(|inner| is_flat(inner, depth + 1))
        }
        Value::Array(items) => {
            depth <= DOCUMENT_MAX_DEPTH && items.iter().all(|inner| is_flat(inner, depth + 1))
        }
        _ => true,
    }
}
