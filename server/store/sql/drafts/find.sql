SELECT id, data_enc, revision, expires_at FROM sell_drafts WHERE token_hash = $1 AND expires_at > $2
