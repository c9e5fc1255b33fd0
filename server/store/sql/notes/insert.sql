INSERT INTO order_notes (id, order_id, user_id, body_enc, created_at) VALUES ($1, $2, $3, $4, $5)
