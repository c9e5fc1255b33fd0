INSERT INTO payouts (id, order_id, amount, fee, status, revision, bank_code, account_no_enc, account_no_hmac, holder_enc, hold_reason, not_before, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $12)
