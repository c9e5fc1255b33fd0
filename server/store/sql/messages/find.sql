SELECT id, client_key, kind, subject_id, channel, phone_enc, body_enc, state, done_code, created_at, handed_at, done_at
FROM messages WHERE id = $1
