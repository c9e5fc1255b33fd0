-- Settings that people change: guarded by their revision, with who changed them last.
ALTER TABLE settings ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE settings ADD COLUMN changed_by TEXT;
