SELECT id, code, status, total_payable, item_count, risk_score, created_at FROM orders
WHERE phone_hmac IN ($1, $2) AND id <> $3 ORDER BY created_at DESC, id DESC LIMIT $4
