SELECT id, family AS word, pin_enc, companion_enc, pin_digest_enc, pin_hmac FROM order_items WHERE id > $1 ORDER BY id LIMIT $2
