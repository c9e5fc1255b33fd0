-- How far $4 steps by points go from ($1, $2), not below $3.
SELECT o.risk_score, o.created_at
FROM orders AS o
WHERE o.risk_score >= $3 AND o.risk_score > 0 AND (o.risk_score, o.created_at) <= ($1, $2)
ORDER BY o.risk_score DESC, o.created_at DESC LIMIT 1 OFFSET $4
