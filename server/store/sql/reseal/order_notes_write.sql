UPDATE order_notes SET body_enc = $2
WHERE id = (SELECT id FROM order_notes WHERE id = $1 /*skip locked*/) AND body_enc IS NOT DISTINCT FROM $3
