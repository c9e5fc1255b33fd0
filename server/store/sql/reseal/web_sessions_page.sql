SELECT id_hash, '' AS word, data_enc FROM web_sessions WHERE id_hash > $1 ORDER BY id_hash LIMIT $2
