INSERT INTO sell_drafts (id, token_hash, data_enc, revision, created_at, updated_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
