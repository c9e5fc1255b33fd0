SELECT id, bank_code AS word, account_no_enc, holder_enc, account_no_hmac FROM payouts WHERE id > $1 ORDER BY id LIMIT $2
