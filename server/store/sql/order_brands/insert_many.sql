INSERT INTO order_brands (order_id, brand, items, face, created_at)
VALUES ($1, $2, $3, $4, $5)
