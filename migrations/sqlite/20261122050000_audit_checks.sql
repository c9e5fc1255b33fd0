-- Each walk along the audit log's chain: who asked for it, how far it came and what it found.
CREATE TABLE audit_checks (
    id BLOB NOT NULL PRIMARY KEY,
    actor TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'sound', 'broken', 'failed')),
    checked INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    faults_json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_checks_created ON audit_checks (created_at);
