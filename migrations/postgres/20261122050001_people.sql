-- What is kept of a person, for how long, and what stops its erasing.

-- Taken out of every look-up at the person's wish while the law still keeps the row.
ALTER TABLE orders ADD COLUMN closed_at BIGINT;
ALTER TABLE orders ADD COLUMN erased_at BIGINT;
ALTER TABLE order_items ADD COLUMN pin_erased_at BIGINT;
ALTER TABLE messages ADD COLUMN erased_at BIGINT;
ALTER TABLE inquiries ADD COLUMN erased_at BIGINT;
CREATE INDEX orders_kept ON orders (created_at) WHERE erased_at IS NULL;
CREATE INDEX order_items_kept ON order_items (created_at) WHERE pin_erased_at IS NULL;
CREATE INDEX messages_kept ON messages (created_at) WHERE erased_at IS NULL;
CREATE INDEX inquiries_kept ON inquiries (created_at) WHERE erased_at IS NULL;
CREATE INDEX messages_phone ON messages (phone_hmac, created_at);
CREATE INDEX inquiries_phone ON inquiries (phone_hmac, created_at);

-- While one is in force nothing of this phone is erased.
CREATE TABLE legal_holds (
    id UUID NOT NULL PRIMARY KEY,
    phone_hmac BYTEA NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    lifted_at BIGINT,
    lifted_by TEXT,
    CHECK (ends_at > created_at)
);
CREATE INDEX legal_holds_phone ON legal_holds (phone_hmac);

-- What a person asked for by their proved phone.
CREATE TABLE person_requests (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('export', 'erase')),
    phone_enc BYTEA NOT NULL,
    phone_hmac BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused')),
    note TEXT,
    actor TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX person_requests_phone ON person_requests (phone_hmac, created_at);
-- One open wish of a kind at a time.
CREATE UNIQUE INDEX person_requests_one_open ON person_requests (phone_hmac, kind) WHERE state = 'open';

-- Each month somebody looks over who read whose data, and says so.
CREATE TABLE privacy_reviews (
    id UUID NOT NULL PRIMARY KEY,
    month TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT NOT NULL,
    views BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX privacy_reviews_month ON privacy_reviews (month, created_at);
