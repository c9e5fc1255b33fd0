-- Legal holds that were lifted or ended are kept for a time of their own too.
ALTER TABLE legal_holds ADD COLUMN erased_at INTEGER;
CREATE INDEX legal_holds_kept ON legal_holds (ends_at) WHERE erased_at IS NULL;
