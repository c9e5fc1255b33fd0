INSERT INTO person_requests (id, kind, phone_enc, phone_hmac, state, created_at) VALUES ($1, $2, $3, $4, 'open', $5)
