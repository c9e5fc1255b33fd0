UPDATE payouts SET account_no_hmac = $1 WHERE order_id IN (SELECT id FROM orders WHERE closed_at = $2)
