-- Each walk along the audit log's chain: who asked for it, how far it came and what it found.
CREATE TABLE audit_checks (
    id UUID NOT NULL PRIMARY KEY,
    actor TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'sound', 'broken', 'failed')),
    checked BIGINT NOT NULL,
    head_seq BIGINT NOT NULL,
    faults_json JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX audit_checks_created ON audit_checks (created_at);
