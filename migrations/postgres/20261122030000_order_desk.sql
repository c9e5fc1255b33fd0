-- The order's page and the manual desk: what people wrote, who is working on which voucher, and what proves its result.

-- Only ever added to. The text may tell of a person, so it is sealed.
CREATE TABLE order_notes (
    id UUID NOT NULL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    user_id UUID NOT NULL REFERENCES users (id),
    body_enc BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX order_notes_order ON order_notes (order_id, created_at);

-- One voucher, one person, until the lease ends.
CREATE TABLE manual_claims (
    item_id UUID NOT NULL PRIMARY KEY REFERENCES order_items (id),
    user_id UUID NOT NULL REFERENCES users (id),
    claimed_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);
CREATE INDEX manual_claims_user ON manual_claims (user_id, lease_until);

-- A picture or a paper that shows what the issuer said. It may show a number, so it is sealed.
CREATE TABLE manual_proofs (
    id UUID NOT NULL PRIMARY KEY,
    item_id UUID NOT NULL REFERENCES order_items (id),
    user_id UUID NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('png', 'jpeg', 'pdf')),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    hash BYTEA NOT NULL,
    name_enc BYTEA NOT NULL,
    body_enc BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX manual_proofs_item ON manual_proofs (item_id, created_at);

-- What waits for a person, the longest waiting first.
CREATE INDEX order_items_for_people ON order_items (created_at, id) WHERE status IN ('manual', 'unknown_lock');
