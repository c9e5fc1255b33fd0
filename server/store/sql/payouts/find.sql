SELECT id, order_id, amount, fee, status, revision, bank_code, account_no_enc, holder_enc, hold_reason, not_before, next_check_at, created_at, executed_at, updated_at
FROM payouts WHERE id = $1
