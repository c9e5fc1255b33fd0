SELECT id, reason, score, subject, seen, bound, created_at FROM risk_flags WHERE order_id = $1 ORDER BY created_at, reason
