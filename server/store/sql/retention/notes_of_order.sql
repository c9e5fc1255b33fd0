UPDATE order_notes SET body_enc = $2 WHERE order_id = $1
