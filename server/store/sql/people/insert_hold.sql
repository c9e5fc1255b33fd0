INSERT INTO legal_holds (id, phone_hmac, phone_enc, reason, actor, created_at, ends_at) VALUES ($1, $2, $7, $3, $4, $5, $6)
