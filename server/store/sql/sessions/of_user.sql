SELECT id_hash, data_enc, created_at, last_seen_at
FROM web_sessions WHERE user_id = $1 AND kind = 'desk' AND expires_at > $2 AND absolute_expires_at > $2
ORDER BY last_seen_at DESC, id_hash
