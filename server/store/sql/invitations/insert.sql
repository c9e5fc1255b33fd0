INSERT INTO invitations (token_hash, user_id, purpose, actor, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
