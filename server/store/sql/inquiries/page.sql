-- Newest first; below a moment and, within it, a key.
SELECT id, name_enc, phone_enc, body_enc, state, created_at, revision, note_enc, handled_by, handled_at
FROM inquiries WHERE state = $1 AND (created_at < $2 OR (created_at = $2 AND id < $3))
ORDER BY created_at DESC, id DESC LIMIT $4
