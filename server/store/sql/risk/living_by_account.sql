-- Those that a new block must stop.
SELECT id FROM orders
WHERE account_no_hmac IN ($1, $2) AND status IN ('submitted', 'verifying', 'locking', 'settled', 'paying') AND id > $3 ORDER BY id LIMIT $4
