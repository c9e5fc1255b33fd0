-- How far $4 steps by amount go from ($1, $2), not below $3.
SELECT o.total_payable, o.created_at
FROM orders AS o
WHERE o.total_payable >= $3 AND (o.total_payable, o.created_at) <= ($1, $2)
ORDER BY o.total_payable DESC, o.created_at DESC LIMIT 1 OFFSET $4
