INSERT INTO order_events (id, order_id, item_id, kind, detail_json, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
