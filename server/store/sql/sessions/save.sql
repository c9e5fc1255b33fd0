-- Never an upsert: a request that ends after the logout must not bring the session back.
UPDATE web_sessions SET user_id = $3, data_enc = $4, expires_at = $5, step_up_at = $6, epoch = $7, last_seen_at = $2
WHERE id_hash = $1 AND expires_at > $2 AND absolute_expires_at > $2
