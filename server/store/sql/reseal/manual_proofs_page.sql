SELECT id, '' AS word, name_enc, body_enc FROM manual_proofs WHERE id > $1 ORDER BY id LIMIT $2
