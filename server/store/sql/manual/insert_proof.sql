INSERT INTO manual_proofs (id, item_id, user_id, kind, bytes, hash, name_enc, body_enc, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
