UPDATE payouts SET account_no_enc = $1, holder_enc = $1, account_no_hmac = $2
WHERE order_id IN (SELECT id FROM orders WHERE erased_at = $3)
