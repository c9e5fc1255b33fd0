SELECT id, kind, phone_enc, state, note, created_at, done_at FROM person_requests WHERE id = $1
