SELECT id, '' AS word, phone_enc, phone_hmac FROM legal_holds WHERE id > $1 ORDER BY id LIMIT $2
