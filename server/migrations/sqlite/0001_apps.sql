-- Apps, their history and conversations, and the one provider setting.

CREATE TABLE apps (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    template   TEXT,
    revision   INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    -- Deleted apps stay for a while, so that a slip of the finger can be undone.
    deleted_ms INTEGER
) STRICT;

CREATE INDEX apps_by_update ON apps (updated_ms DESC) WHERE deleted_ms IS NULL;

-- File texts by their SHA-256: a revision costs what it changes, and a text
-- that comes back costs nothing.
CREATE TABLE blobs (
    hash    BLOB PRIMARY KEY,
    content TEXT NOT NULL,
    bytes   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revisions (
    app_id     TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    revision   INTEGER NOT NULL,
    author     TEXT NOT NULL,
    message    TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (app_id, revision)
) STRICT, WITHOUT ROWID;

-- What a revision changed. A file's text at revision n is its newest row up to
-- n; a row without hash deletes the file. The key's order serves that look-up.
CREATE TABLE changes (
    app_id   TEXT NOT NULL,
    path     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    hash     BLOB REFERENCES blobs (hash),
    PRIMARY KEY (app_id, path, revision),
    FOREIGN KEY (app_id, revision) REFERENCES revisions (app_id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX changes_by_revision ON changes (app_id, revision);
CREATE INDEX changes_by_hash ON changes (hash);

CREATE TABLE messages (
    -- Order of messages that carry the same time.
    sequence   INTEGER PRIMARY KEY,
    app_id     TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    id         TEXT NOT NULL,
    role       TEXT NOT NULL,
    content    TEXT NOT NULL,
    files      TEXT NOT NULL,
    state      TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (app_id, id)
) STRICT;

-- At most one row.
CREATE TABLE provider (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    kind     TEXT NOT NULL,
    base_url TEXT NOT NULL,
    model    TEXT NOT NULL,
    api_key  TEXT
) STRICT;
