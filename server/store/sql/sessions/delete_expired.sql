DELETE FROM web_sessions
WHERE id_hash IN (SELECT id_hash FROM web_sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
