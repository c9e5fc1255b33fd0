-- Tables handed out as files: asked for by one person, written in the background, gone after a day.
CREATE TABLE exports (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('orders')),
    format TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
    query TEXT NOT NULL,
    columns TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    unmasked INTEGER NOT NULL CHECK (unmasked IN (0, 1)),
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
    attempt INTEGER NOT NULL,
    total_rows INTEGER,
    done_rows INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    error TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX exports_user ON exports (user_id, created_at);
CREATE INDEX exports_expires ON exports (expires_at) WHERE state <> 'expired';

-- The file, sealed piece by piece. A try that was cut leaves pieces of its own number, which nobody reads.
CREATE TABLE export_chunks (
    export_id BLOB NOT NULL REFERENCES exports (id),
    attempt INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    data_enc BLOB NOT NULL,
    PRIMARY KEY (export_id, attempt, seq)
) STRICT;
