INSERT INTO payout_fees (id, speed, fee, effective_from, author, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (speed, effective_from) DO NOTHING
