-- One living block of a value.
INSERT INTO risk_blocks (id, kind, value_hmac, value_enc, masked, reason, until_at, revision, author, author_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10)
ON CONFLICT DO NOTHING
