-- What people were told to look at: a matter is told once, again after hours, and once more when it is over.
CREATE TABLE alert_matters (
    matter TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    told_at BIGINT,
    over_at BIGINT
);

-- One row: who tells, until when nobody else does, and how the last tries went.
CREATE TABLE alert_post (
    name TEXT NOT NULL PRIMARY KEY CHECK (name = 'webhook'),
    worker TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    last_good_at BIGINT,
    last_bad_at BIGINT,
    last_code TEXT
);
INSERT INTO alert_post (name, worker, lease_until, next_at, failures) VALUES ('webhook', '', 0, 0, 0);
