-- Free, lapsed, or one's own: then it is taken (again). Somebody else's living claim writes nothing.
INSERT INTO manual_claims (item_id, user_id, claimed_at, lease_until) VALUES ($1, $2, $3, $4)
ON CONFLICT (item_id) DO UPDATE
SET claimed_at = CASE WHEN manual_claims.user_id = excluded.user_id AND manual_claims.lease_until > excluded.claimed_at THEN manual_claims.claimed_at ELSE excluded.claimed_at END,
    user_id = excluded.user_id, lease_until = excluded.lease_until
WHERE manual_claims.user_id = excluded.user_id OR manual_claims.lease_until <= excluded.claimed_at
