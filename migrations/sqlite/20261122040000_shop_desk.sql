-- The shop's desk: drafts that another person puts to work, texts that know their author, inquiries with their answer.

-- One row per draft of a brand, its rates, the fees or a document. `base` is the subject's version it was made from.
CREATE TABLE shop_drafts (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('brand', 'rates', 'fees', 'document')),
    subject TEXT NOT NULL,
    base INTEGER NOT NULL CHECK (base >= 0),
    body_json TEXT NOT NULL,
    effective_from INTEGER,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'published', 'withdrawn')),
    author BLOB NOT NULL REFERENCES users (id),
    ended_by BLOB REFERENCES users (id),
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK (state <> 'published' OR ended_by IS NOT NULL),
    CHECK (state <> 'published' OR ended_by <> author)
) STRICT;
-- A person has one open draft of a thing; several people may have one each.
CREATE UNIQUE INDEX shop_drafts_one_open ON shop_drafts (kind, subject, author) WHERE state = 'open';
CREATE INDEX shop_drafts_subject ON shop_drafts (kind, subject, updated_at);

ALTER TABLE announcements ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE announcements ADD COLUMN author TEXT NOT NULL DEFAULT 'seed';

ALTER TABLE documents ADD COLUMN author TEXT NOT NULL DEFAULT 'seed';
ALTER TABLE documents ADD COLUMN publisher TEXT NOT NULL DEFAULT 'seed';

ALTER TABLE inquiries ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE inquiries ADD COLUMN note_enc BLOB;
ALTER TABLE inquiries ADD COLUMN handled_by TEXT;
ALTER TABLE inquiries ADD COLUMN handled_at INTEGER;
CREATE INDEX inquiries_state_created ON inquiries (state, created_at);

-- What was bought of a brand since a day, by face: written when a voucher is paid, so that taking orders costs nothing more.
CREATE INDEX order_items_paid ON order_items (brand, paid_at, face_value) WHERE paid_at IS NOT NULL;
