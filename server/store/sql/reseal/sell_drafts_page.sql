SELECT id, '' AS word, data_enc FROM sell_drafts WHERE id > $1 ORDER BY id LIMIT $2
