SELECT id, reason, score FROM risk_flags WHERE order_id = $1 ORDER BY created_at, reason
