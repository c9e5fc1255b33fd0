SELECT id, order_id, item_id, kind, detail_json, created_at
FROM order_events WHERE order_id = $1 ORDER BY created_at, id
