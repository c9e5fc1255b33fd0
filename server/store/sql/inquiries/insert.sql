INSERT INTO inquiries (id, name_enc, phone_enc, phone_hmac, body_enc, state, address_hmac, created_at)
VALUES ($1, $2, $3, $4, $5, 'open', $6, $7)
