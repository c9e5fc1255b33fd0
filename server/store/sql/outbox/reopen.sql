-- A person lets work that was left to people be tried again. Its claims are numbered on.
UPDATE outbox SET state = 'ready', next_attempt_at = $3, done_at = NULL, attempts = 0 WHERE id = $1 AND state = 'review' AND claim_epoch = $2
