-- What was paid of a brand since then, by face.
SELECT face_value, COUNT(*) AS vouchers FROM order_items
WHERE brand = $1 AND paid_at >= $2 AND face_value IS NOT NULL GROUP BY face_value ORDER BY face_value
