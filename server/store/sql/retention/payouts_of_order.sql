UPDATE payouts SET account_no_enc = $2, holder_enc = $2, account_no_hmac = $3 WHERE order_id = $1
