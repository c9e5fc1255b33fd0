-- The risk desk: the book of rules as versions, what was known of each order when it was judged, and the block list.

ALTER TABLE orders ADD COLUMN device_hmac BLOB;
-- Counted by device when an order is judged; shown as linked by device and by address.
CREATE INDEX orders_device_created ON orders (device_hmac, created_at) WHERE device_hmac IS NOT NULL;
CREATE INDEX orders_address_created ON orders (address_hmac, created_at);

-- What made a rule hit: by which subject, what was found, and its bound.
ALTER TABLE risk_flags ADD COLUMN subject TEXT CHECK (subject IN ('phone', 'account', 'device', 'address'));
ALTER TABLE risk_flags ADD COLUMN seen INTEGER;
ALTER TABLE risk_flags ADD COLUMN bound INTEGER;

CREATE TABLE risk_books (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_force', 'retired', 'withdrawn')),
    based_on INTEGER,
    book_json TEXT NOT NULL,
    author TEXT NOT NULL,
    author_id BLOB,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    decided_by TEXT,
    decided_id BLOB,
    decided_at INTEGER
) STRICT;
-- Orders are judged by one book.
CREATE UNIQUE INDEX risk_books_one_in_force ON risk_books (state) WHERE state = 'in_force';

-- Asked before an order is redeemed and before it is paid: an order without its row is neither.
CREATE TABLE order_risk (
    order_id BLOB NOT NULL PRIMARY KEY REFERENCES orders (id),
    lane TEXT NOT NULL CHECK (lane IN ('auto', 'review', 'hold')),
    asked TEXT NOT NULL CHECK (asked IN ('off', 'due', 'done', 'failed')),
    score INTEGER NOT NULL,
    book_version INTEGER,
    facts_json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    judged_at INTEGER NOT NULL,
    cleared_at INTEGER,
    cleared_by TEXT,
    cleared_id BLOB,
    cleared_reason TEXT
) STRICT;
-- The orders of the last month, for trying a new book.
CREATE INDEX order_risk_created ON order_risk (created_at, order_id);
-- Orders from before there were rules go on as they did.
INSERT INTO order_risk (order_id, lane, asked, score, facts_json, created_at, judged_at)
SELECT id, 'auto', 'off', risk_score, 'null', created_at, created_at FROM orders;

CREATE TABLE risk_blocks (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'account', 'device', 'address')),
    value_hmac BLOB NOT NULL,
    value_enc BLOB,
    masked TEXT NOT NULL,
    reason TEXT NOT NULL,
    until_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    author TEXT NOT NULL,
    author_id BLOB,
    created_at INTEGER NOT NULL,
    lifted_at INTEGER,
    lifted_by TEXT,
    lifted_id BLOB,
    lift_reason TEXT
) STRICT;
CREATE UNIQUE INDEX risk_blocks_one_live ON risk_blocks (kind, value_hmac) WHERE lifted_at IS NULL;
CREATE INDEX risk_blocks_created ON risk_blocks (created_at, id);
