-- The risk desk: the book of rules as versions, what was known of each order when it was judged, and the block list.

ALTER TABLE orders ADD COLUMN device_hmac BYTEA;
-- Counted by device when an order is judged; shown as linked by device and by address.
CREATE INDEX orders_device_created ON orders (device_hmac, created_at) WHERE device_hmac IS NOT NULL;
CREATE INDEX orders_address_created ON orders (address_hmac, created_at);

-- What made a rule hit: by which subject, what was found, and its bound.
ALTER TABLE risk_flags ADD COLUMN subject TEXT CHECK (subject IN ('phone', 'account', 'device', 'address'));
ALTER TABLE risk_flags ADD COLUMN seen BIGINT;
ALTER TABLE risk_flags ADD COLUMN bound BIGINT;

CREATE TABLE risk_books (
    id UUID NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL UNIQUE CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_force', 'retired', 'withdrawn')),
    based_on BIGINT,
    book_json JSONB NOT NULL,
    author TEXT NOT NULL,
    author_id UUID,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_id UUID,
    decided_at BIGINT
);
-- Orders are judged by one book.
CREATE UNIQUE INDEX risk_books_one_in_force ON risk_books (state) WHERE state = 'in_force';

-- Asked before an order is redeemed and before it is paid: an order without its row is neither.
CREATE TABLE order_risk (
    order_id UUID NOT NULL PRIMARY KEY REFERENCES orders (id),
    lane TEXT NOT NULL CHECK (lane IN ('auto', 'review', 'hold')),
    asked TEXT NOT NULL CHECK (asked IN ('off', 'due', 'done', 'failed')),
    score BIGINT NOT NULL,
    book_version BIGINT,
    facts_json JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    judged_at BIGINT NOT NULL,
    cleared_at BIGINT,
    cleared_by TEXT,
    cleared_id UUID,
    cleared_reason TEXT
);
-- The orders of the last month, for trying a new book.
CREATE INDEX order_risk_created ON order_risk (created_at, order_id);
-- Orders from before there were rules go on as they did.
INSERT INTO order_risk (order_id, lane, asked, score, facts_json, created_at, judged_at)
SELECT id, 'auto', 'off', risk_score, 'null', created_at, created_at FROM orders;

CREATE TABLE risk_blocks (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'account', 'device', 'address')),
    value_hmac BYTEA NOT NULL,
    value_enc BYTEA,
    masked TEXT NOT NULL,
    reason TEXT NOT NULL,
    until_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    author TEXT NOT NULL,
    author_id UUID,
    created_at BIGINT NOT NULL,
    lifted_at BIGINT,
    lifted_by TEXT,
    lifted_id UUID,
    lift_reason TEXT
);
CREATE UNIQUE INDEX risk_blocks_one_live ON risk_blocks (kind, value_hmac) WHERE lifted_at IS NULL;
CREATE INDEX risk_blocks_created ON risk_blocks (created_at, id);
