INSERT INTO order_items (id, order_id, position, brand, family, status, revision, pin_enc, pin_hmac, companion_enc, claimed_face, rate_bp, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
