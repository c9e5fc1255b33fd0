SELECT id, item_id, user_id, kind, bytes, hash, name_enc, created_at FROM manual_proofs WHERE id = $1
