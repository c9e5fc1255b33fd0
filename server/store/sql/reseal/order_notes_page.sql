SELECT id, '' AS word, body_enc FROM order_notes WHERE id > $1 ORDER BY id LIMIT $2
