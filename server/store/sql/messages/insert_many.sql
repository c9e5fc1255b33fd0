INSERT INTO messages (id, client_key, kind, subject_id, unique_key, channel, phone_enc, phone_hmac, body_enc, state, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (unique_key) DO NOTHING
RETURNING id
