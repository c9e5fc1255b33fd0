UPDATE web_sessions SET last_seen_at = $2, expires_at = $3
WHERE id_hash = $1 AND last_seen_at <= $4 AND expires_at > $2 AND absolute_expires_at > $2
