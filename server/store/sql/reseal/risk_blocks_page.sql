SELECT id, kind AS word, value_enc, value_hmac FROM risk_blocks WHERE id > $1 ORDER BY id LIMIT $2
