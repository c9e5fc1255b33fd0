SELECT p.id, p.item_id, p.user_id, p.kind, p.bytes, p.hash, p.name_enc, p.created_at
FROM manual_proofs p JOIN order_items i ON i.id = p.item_id WHERE i.order_id = $1 ORDER BY p.created_at, p.id
