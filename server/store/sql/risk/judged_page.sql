-- Newest first, from a place on: what a new book is tried on.
SELECT order_risk.order_id, order_risk.created_at, order_risk.facts_json, order_risk.lane, orders.status
FROM order_risk JOIN orders ON orders.id = order_risk.order_id
WHERE order_risk.created_at >= $1 AND (order_risk.created_at, order_risk.order_id) < ($2, $3)
ORDER BY order_risk.created_at DESC, order_risk.order_id DESC LIMIT $4
