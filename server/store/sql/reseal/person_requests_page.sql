SELECT id, '' AS word, phone_enc, phone_hmac FROM person_requests WHERE id > $1 ORDER BY id LIMIT $2
