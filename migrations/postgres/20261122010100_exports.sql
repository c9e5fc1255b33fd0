-- Tables handed out as files: asked for by one person, written in the background, gone after a day.
CREATE TABLE exports (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('orders')),
    format TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
    query TEXT NOT NULL,
    columns TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    unmasked BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
    attempt BIGINT NOT NULL,
    total_rows BIGINT,
    done_rows BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    chunks BIGINT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX exports_user ON exports (user_id, created_at);
CREATE INDEX exports_expires ON exports (expires_at) WHERE state <> 'expired';

-- The file, sealed piece by piece. A try that was cut leaves pieces of its own number, which nobody reads.
CREATE TABLE export_chunks (
    export_id UUID NOT NULL REFERENCES exports (id),
    attempt BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    data_enc BYTEA NOT NULL,
    PRIMARY KEY (export_id, attempt, seq)
);
