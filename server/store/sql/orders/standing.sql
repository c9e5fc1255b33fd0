-- How many orders stand where, states that come to an end left out: those grow for ever.
SELECT status, COUNT(*) AS orders, MIN(created_at) AS oldest FROM orders
WHERE status IN ('submitted', 'verifying', 'locking', 'settled', 'paying', 'held') GROUP BY status
