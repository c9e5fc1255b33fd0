SELECT id, kind, phone_enc, state, note, created_at, done_at FROM person_requests WHERE phone_hmac IN ($1, $2) ORDER BY created_at DESC LIMIT 20
