SELECT s.step_up_at
FROM web_sessions s
WHERE s.id_hash = $1 AND s.user_id = $2 AND s.epoch = $3 AND s.kind = 'desk' AND s.expires_at > $4 AND s.absolute_expires_at > $4
