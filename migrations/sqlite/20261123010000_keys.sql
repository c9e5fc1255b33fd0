-- Changing the keys while the shop is open: what a rotation has done so far, and what it needs where nothing was sealed.

-- What a number's keyed hash is made from, sealed: kept when the number itself is erased, so that a number stays sold
-- under the next lookup key too.
ALTER TABLE order_items ADD COLUMN pin_digest_enc BLOB;
-- Whom a hold is about, so that it can be found under the next lookup key.
ALTER TABLE legal_holds ADD COLUMN phone_enc BLOB;

CREATE TABLE key_rotations (
    id BLOB NOT NULL PRIMARY KEY,
    data_key INTEGER NOT NULL,
    lookup_key INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'replaced')),
    round INTEGER NOT NULL CHECK (round > 0),
    revision INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    finished_at INTEGER,
    CHECK ((state IN ('done', 'replaced')) = (finished_at IS NOT NULL))
) STRICT;
CREATE INDEX key_rotations_began ON key_rotations (began_at, id);
-- One at a time to the same keys; beginning one to others ends it.
CREATE UNIQUE INDEX key_rotations_one_open ON key_rotations (data_key, lookup_key) WHERE finished_at IS NULL;

-- How far it is in each table, in this round. `position` is the key of the last row seen.
CREATE TABLE key_walks (
    rotation_id BLOB NOT NULL REFERENCES key_rotations (id),
    part TEXT NOT NULL,
    place INTEGER NOT NULL,
    position BLOB,
    total INTEGER,
    seen INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    stuck INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'walking', 'done')),
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (rotation_id, part)
) STRICT;
