-- What people were told to look at: a matter is told once, again after hours, and once more when it is over.
CREATE TABLE alert_matters (
    matter TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    told_at INTEGER,
    over_at INTEGER
) STRICT;

-- One row: who tells, until when nobody else does, and how the last tries went.
CREATE TABLE alert_post (
    name TEXT NOT NULL PRIMARY KEY CHECK (name = 'webhook'),
    worker TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    last_good_at INTEGER,
    last_bad_at INTEGER,
    last_code TEXT
) STRICT;
INSERT INTO alert_post (name, worker, lease_until, next_at, failures) VALUES ('webhook', '', 0, 0, 0);
