UPDATE manual_proofs SET name_enc = $2, body_enc = $2 WHERE item_id = $1
