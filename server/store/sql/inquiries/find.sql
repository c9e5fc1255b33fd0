SELECT id, name_enc, phone_enc, body_enc, state, created_at, revision, note_enc, handled_by, handled_at
FROM inquiries WHERE id = $1
