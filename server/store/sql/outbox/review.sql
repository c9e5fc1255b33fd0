UPDATE outbox SET state = 'review', done_at = $3, lease_until = NULL, last_error_code = $4 WHERE id = $1 AND state = 'claimed' AND claim_epoch = $2
