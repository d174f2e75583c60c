-- Documents of the apps' collections. The browsers' own copies come first:
-- this is the replica that they exchange changes with.

CREATE TABLE documents (
    app_id     TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    id         TEXT NOT NULL,
    -- Number of the change among all changes of the app's documents.
    revision   INTEGER NOT NULL,
    -- JSON; without it the document was removed, and browsers have yet to hear.
    content    TEXT,
    PRIMARY KEY (app_id, collection, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX documents_by_revision ON documents (app_id, revision);

-- Copies that were begun anew since their app was made: browsers do so too.
CREATE TABLE document_epochs (
    app_id TEXT PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    epoch  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
