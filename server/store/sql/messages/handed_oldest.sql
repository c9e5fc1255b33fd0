SELECT id, client_key, kind, subject_id, channel, phone_enc, body_enc, state, done_code, created_at, handed_at, done_at
FROM messages WHERE state = 'handed' AND (created_at > $1 OR (created_at = $1 AND id > $2)) ORDER BY created_at, id LIMIT $3
