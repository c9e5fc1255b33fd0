SELECT id, state, name_enc, phone_enc, body_enc, created_at FROM inquiries WHERE phone_hmac IN ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3
