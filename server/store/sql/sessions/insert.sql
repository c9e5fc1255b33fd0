INSERT INTO web_sessions (id_hash, user_id, data_enc, created_at, last_seen_at, expires_at, absolute_expires_at, address_hmac, agent_hmac, step_up_at, kind, epoch)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (id_hash) DO NOTHING
