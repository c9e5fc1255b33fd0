INSERT INTO risk_flags (id, order_id, reason, score, subject, seen, bound, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (order_id, reason) DO NOTHING
