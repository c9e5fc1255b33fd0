SELECT id, '' AS word, phone_enc, body_enc, phone_hmac FROM messages WHERE id > $1 ORDER BY id LIMIT $2
