DELETE FROM quotes
WHERE id IN (
    SELECT q.id FROM quotes AS q
    WHERE q.valid_until < $1 AND NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.quote_id = q.id)
    ORDER BY q.valid_until LIMIT $2
)
