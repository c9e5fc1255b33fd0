UPDATE outbox
SET state = 'claimed', claim_epoch = claim_epoch + 1, attempts = attempts + 1, claimed_by = $2, lease_until = $4
WHERE id = $1 AND state = 'ready' AND next_attempt_at <= $3
AND NOT EXISTS (SELECT 1 FROM lane_pauses AS p WHERE p.lane = outbox.lane)
RETURNING kind, subject_id, claim_epoch, attempts, created_at
