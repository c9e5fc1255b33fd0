SELECT id, kind, phone_enc, state, note, created_at, done_at FROM person_requests WHERE state = 'open' ORDER BY created_at LIMIT $1
