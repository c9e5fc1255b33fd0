-- Those the risk rules or the risk desk stopped; what others hold waits at its own page.
SELECT COUNT(*) FROM orders WHERE status = 'held' AND hold_reason >= 'risk_' AND hold_reason < 'risk`'
