-- Changing the keys while the shop is open: what a rotation has done so far, and what it needs where nothing was sealed.

-- What a number's keyed hash is made from, sealed: kept when the number itself is erased, so that a number stays sold
-- under the next lookup key too.
ALTER TABLE order_items ADD COLUMN pin_digest_enc BYTEA;
-- Whom a hold is about, so that it can be found under the next lookup key.
ALTER TABLE legal_holds ADD COLUMN phone_enc BYTEA;

CREATE TABLE key_rotations (
    id UUID NOT NULL PRIMARY KEY,
    data_key BIGINT NOT NULL,
    lookup_key BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'replaced')),
    round BIGINT NOT NULL CHECK (round > 0),
    revision BIGINT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    finished_at BIGINT,
    CHECK ((state IN ('done', 'replaced')) = (finished_at IS NOT NULL))
);
CREATE INDEX key_rotations_began ON key_rotations (began_at, id);
-- One at a time to the same keys; beginning one to others ends it.
CREATE UNIQUE INDEX key_rotations_one_open ON key_rotations (data_key, lookup_key) WHERE finished_at IS NULL;

-- How far it is in each table, in this round. `position` is the key of the last row seen.
CREATE TABLE key_walks (
    rotation_id UUID NOT NULL REFERENCES key_rotations (id),
    part TEXT NOT NULL,
    place BIGINT NOT NULL,
    position BYTEA,
    total BIGINT,
    seen BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    stuck BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'walking', 'done')),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (rotation_id, part)
);
