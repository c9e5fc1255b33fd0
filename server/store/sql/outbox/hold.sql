-- Still ours? Also gives the holder a fresh lease.
UPDATE outbox SET lease_until = $4 WHERE id = $1 AND state = 'claimed' AND claim_epoch = $2 AND lease_until > $3
