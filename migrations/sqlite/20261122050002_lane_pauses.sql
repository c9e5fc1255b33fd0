-- Lanes people have stopped: nothing in them is claimed until somebody lets them go on.
CREATE TABLE lane_pauses (
    lane TEXT NOT NULL PRIMARY KEY CHECK (lane IN ('verify', 'lock', 'settle', 'payout', 'message', 'housekeeping')),
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX partner_calls_party ON partner_calls (party, finished_at);
