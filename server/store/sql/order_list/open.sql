-- The states stand in every arm: SQLite takes a partial index for an OR only then.
SELECT order_id, status, COUNT(*) AS items FROM order_items
WHERE /*or*/(status IN ('unknown_verify', 'unknown_lock', 'manual') AND order_id = $1)/*or*/
GROUP BY order_id, status
