SELECT id, '' AS word, name_enc, phone_enc, body_enc, note_enc, phone_hmac FROM inquiries WHERE id > $1 ORDER BY id LIMIT $2
