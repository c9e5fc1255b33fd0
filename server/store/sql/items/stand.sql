SELECT status, COUNT(*) AS items FROM order_items WHERE order_id = $1 GROUP BY status
