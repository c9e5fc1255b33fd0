SELECT id, '' AS word, totp_enc FROM users WHERE id > $1 ORDER BY id LIMIT $2
