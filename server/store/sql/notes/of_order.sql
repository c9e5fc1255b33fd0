SELECT id, order_id, user_id, body_enc, created_at FROM order_notes WHERE order_id = $1 ORDER BY created_at, id
