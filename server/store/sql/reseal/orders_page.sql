SELECT id, bank_code AS word, name_enc, phone_enc, account_no_enc, holder_enc, address_enc, phone_hmac, account_no_hmac, address_hmac FROM orders WHERE id > $1 ORDER BY id LIMIT $2
