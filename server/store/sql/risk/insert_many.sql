INSERT INTO risk_flags (id, order_id, reason, score, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (order_id, reason) DO NOTHING
