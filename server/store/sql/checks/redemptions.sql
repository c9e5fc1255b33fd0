SELECT a.reference, a.state AS attempt, a.face, i.id AS item_id, i.brand, i.status AS item, i.face_value, o.code
FROM order_items i JOIN orders o ON o.id = i.order_id LEFT JOIN lock_attempts a ON a.item_id = i.id
ORDER BY o.code, i.position, a.attempt_no
