SELECT id, order_id, brand, qty, amount, masked, created_at FROM live_feed WHERE created_at <= $1 ORDER BY created_at DESC LIMIT $2
