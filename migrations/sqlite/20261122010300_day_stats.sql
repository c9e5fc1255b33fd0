-- What the dashboard shows of a day, counted once and read often.
CREATE TABLE day_stats (
    day TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('begun', 'quoted', 'proved', 'orders', 'items', 'paid', 'rejected')),
    brand TEXT NOT NULL,
    reason TEXT NOT NULL,
    number INTEGER NOT NULL,
    won INTEGER NOT NULL,
    counted_at INTEGER NOT NULL,
    PRIMARY KEY (day, measure, brand, reason)
) STRICT;

-- How far sales in the making came, each step once. Names nobody: the key is a keyed hash of the sale's own.
CREATE TABLE sale_steps (
    step TEXT NOT NULL CHECK (step IN ('begun', 'quoted', 'proved')),
    sale BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (step, sale)
) STRICT;
CREATE INDEX sale_steps_created ON sale_steps (step, created_at);

-- Work a person must look at; what is ready and what is claimed have theirs.
CREATE INDEX outbox_review ON outbox (lane) WHERE state = 'review';
