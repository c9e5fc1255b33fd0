SELECT user_id, data_enc, created_at, last_seen_at, expires_at, absolute_expires_at, address_hmac, agent_hmac, step_up_at, epoch
FROM web_sessions WHERE id_hash = $1 AND kind = $3 AND expires_at > $2 AND absolute_expires_at > $2
