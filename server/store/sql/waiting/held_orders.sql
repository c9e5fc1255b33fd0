SELECT COUNT(*) FROM orders WHERE status = 'held'
