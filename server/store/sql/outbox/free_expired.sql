-- A lease that ran out belongs to a dead or stalled worker. The epoch stays; the next claim raises it.
UPDATE outbox SET state = 'ready', next_attempt_at = $1, lease_until = NULL, last_error_code = 'lease_expired'
WHERE state = 'claimed' AND lease_until <= $1
RETURNING id, lane
