INSERT INTO live_feed (id, order_id, brand, qty, amount, masked, status, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (order_id) DO NOTHING
