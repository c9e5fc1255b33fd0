INSERT INTO legal_holds (id, phone_hmac, reason, actor, created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)
